// HDF5 files in memory through the HDF5 library, behind an opaque handle: nothing outside this folder sees hdf5.h.
//
// A file is opened from its bytes and finished to bytes, so the library touches no path, takes no locks and leaves nothing
// half-written. Paths inside a file are "a/b/c" from its root, "" is the root; soft and external links are not followed,
// and no filter is loaded from outside the library. Functions return ZOO_HDF5_OK or say in zoo_hdf5_message what is
// wrong; the library itself never prints. Debian's library may be called from several threads at once.
#ifndef ZOO_HDF5_H
#define ZOO_HDF5_H
#include <stdint.h>

#define ZOO_HDF5_MAX_RANK 32

typedef enum {
  ZOO_HDF5_OK = 0,
  ZOO_HDF5_ABSENT,  // nothing of that name
  ZOO_HDF5_FAILED,
} zoo_hdf5_status;

typedef enum { ZOO_HDF5_NOTHING = 0, ZOO_HDF5_GROUP, ZOO_HDF5_DATASET } zoo_hdf5_kind;

typedef struct zoo_hdf5 zoo_hdf5;  // an open file

// Opens a copy of a file's bytes, or makes an empty file. `*out` is NULL only where memory is out; it is closed by the
// caller after a failure too.
zoo_hdf5_status zoo_hdf5_open(const void *bytes, int64_t count, zoo_hdf5 **out);
zoo_hdf5_status zoo_hdf5_create(zoo_hdf5 **out);
void zoo_hdf5_close(zoo_hdf5 *file);

// What the last failure was about; lives as long as the file.
const char *zoo_hdf5_message(const zoo_hdf5 *file);

zoo_hdf5_kind zoo_hdf5_kind_of(zoo_hdf5 *file, const char *path);

// The names in a group, sorted, each ended by a zero byte; freed with zoo_hdf5_free.
zoo_hdf5_status zoo_hdf5_children(zoo_hdf5 *file, const char *path, char **names, int64_t *count);

// The strings of an attribute, of fixed or variable length, scalar or a list, each ended by a zero byte; freed with
// zoo_hdf5_free. A list without elements may be of any type.
zoo_hdf5_status zoo_hdf5_strings(zoo_hdf5 *file, const char *path, const char *attribute, char **strings,
                                 int64_t *count);

// The sizes of a dataset of floats of 2, 4 or 8 bytes.
zoo_hdf5_status zoo_hdf5_shape(zoo_hdf5 *file, const char *path, int32_t *rank, int64_t sizes[ZOO_HDF5_MAX_RANK]);

// All values of such a dataset; `count` is the product of its sizes.
zoo_hdf5_status zoo_hdf5_read(zoo_hdf5 *file, const char *path, float *values, int64_t count);

// Writing: groups on the way to a path are made. Strings come behind each other, each ended by a zero byte, and are
// stored with a fixed length; `count` < 0 stores a scalar.
zoo_hdf5_status zoo_hdf5_make_group(zoo_hdf5 *file, const char *path);
zoo_hdf5_status zoo_hdf5_write_strings(zoo_hdf5 *file, const char *path, const char *attribute, const char *strings,
                                       int64_t count);
zoo_hdf5_status zoo_hdf5_write(zoo_hdf5 *file, const char *path, int32_t rank, const int64_t *sizes,
                               const float *values);

// The bytes of the file: their number, and a copy.
zoo_hdf5_status zoo_hdf5_image_size(zoo_hdf5 *file, int64_t *count);
zoo_hdf5_status zoo_hdf5_image(zoo_hdf5 *file, void *bytes, int64_t count);

void zoo_hdf5_free(void *memory);

#endif
