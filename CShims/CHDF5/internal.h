// What the files of this folder share.
#ifndef ZOO_HDF5_INTERNAL_H
#define ZOO_HDF5_INTERNAL_H
#include "zoo_hdf5.h"

// Debian keeps the header of its serial library here, so that the parallel ones fit beside it.
#if !__has_include(<hdf5/serial/hdf5.h>)
#error "HDF5 is missing: apt-get install libhdf5-dev"
#endif
#include <hdf5/serial/hdf5.h>

struct zoo_hdf5 {
  hid_t file;
  int64_t bytes;  // of the image it was opened from
  char message[256];
};

// Every entry starts here: the calling thread's HDF5 stays silent, and an earlier failure is forgotten.
void zoo_hdf5_begin(zoo_hdf5 *file);

// Notes a failure in plain words, or the library's own where `text` is NULL.
zoo_hdf5_status zoo_hdf5_fail(zoo_hdf5 *file, const char *text);

// Opens what lies at a path by hard links alone; negative where there is nothing.
hid_t zoo_hdf5_object(zoo_hdf5 *file, const char *path);

#endif
