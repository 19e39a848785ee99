// Files as a whole: from bytes, to bytes, and what lies where.
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "internal.h"

#ifdef H5_HAVE_ROS3_VFD
// The archive's own would bring its driver for files in clouds, and libcurl with it; nobody opens such a file here.
hid_t H5FD_ros3_init(void) { return H5I_INVALID_HID; }
#endif

static herr_t silence(void) { return H5Eset_auto2(H5E_DEFAULT, NULL, NULL); }

void zoo_hdf5_begin(zoo_hdf5 *file) {
  silence();
  H5Eclear2(H5E_DEFAULT);
  file->message[0] = 0;
}

static herr_t innermost(unsigned n, const H5E_error2_t *error, void *message) {
  if (n == 0 && error->desc) snprintf(message, sizeof((zoo_hdf5){0}.message), "%s", error->desc);
  return 0;
}

zoo_hdf5_status zoo_hdf5_fail(zoo_hdf5 *file, const char *text) {
  if (text) {
    snprintf(file->message, sizeof file->message, "%s", text);
  } else {
    // Upward: the call that failed first comes first.
    H5Ewalk2(H5E_DEFAULT, H5E_WALK_UPWARD, innermost, file->message);
    if (!file->message[0]) snprintf(file->message, sizeof file->message, "the HDF5 library refuses it");
  }
  H5Eclear2(H5E_DEFAULT);
  return ZOO_HDF5_FAILED;
}

// A file that lives in memory; `image` may be NULL for an empty one.
static zoo_hdf5_status make(const void *image, int64_t count, zoo_hdf5 **out) {
  zoo_hdf5 *file = *out = calloc(1, sizeof **out);
  if (!file) return ZOO_HDF5_FAILED;
  file->file = H5I_INVALID_HID;
  file->bytes = count;
  zoo_hdf5_begin(file);
  // Filters and other plugins from outside the library are code that a file could choose.
  H5PLset_loading_state(0);
  // Files in memory are told apart by their names: two of one name would be one file.
  char name[32];
  snprintf(name, sizeof name, "%p", (void *)file);
  hid_t access = H5Pcreate(H5P_FILE_ACCESS);
  if (access >= 0 && H5Pset_fapl_core(access, 1 << 20, 0) >= 0 && H5Pset_fclose_degree(access, H5F_CLOSE_STRONG) >= 0) {
    if (!image)
      file->file = H5Fcreate(name, H5F_ACC_TRUNC, H5P_DEFAULT, access);
    else if (H5Pset_file_image(access, (void *)image, (size_t)count) >= 0)
      file->file = H5Fopen(name, H5F_ACC_RDONLY, access);
  }
  zoo_hdf5_status status = file->file >= 0 ? ZOO_HDF5_OK : zoo_hdf5_fail(file, NULL);
  if (access >= 0) H5Pclose(access);
  return status;
}

zoo_hdf5_status zoo_hdf5_open(const void *bytes, int64_t count, zoo_hdf5 **out) { return make(bytes, count, out); }

zoo_hdf5_status zoo_hdf5_create(zoo_hdf5 **out) { return make(NULL, 0, out); }

void zoo_hdf5_close(zoo_hdf5 *file) {
  if (!file) return;
  silence();
  if (file->file >= 0) H5Fclose(file->file);
  free(file);
}

const char *zoo_hdf5_message(const zoo_hdf5 *file) { return file->message; }

void zoo_hdf5_free(void *memory) { free(memory); }

// Goes down a path one hard link at a time.
hid_t zoo_hdf5_object(zoo_hdf5 *file, const char *path) {
  hid_t here = H5Oopen(file->file, "/", H5P_DEFAULT);
  while (here >= 0) {
    while (*path == '/') path++;
    if (!*path) break;
    size_t length = strcspn(path, "/");
    char name[1024];
    H5L_info_t link;
    hid_t next = H5I_INVALID_HID;
    // "." would lead back here for ever.
    if (length < sizeof name && H5Iget_type(here) == H5I_GROUP) {
      memcpy(name, path, length);
      name[length] = 0;
      if (strcmp(name, ".") && H5Lexists(here, name, H5P_DEFAULT) > 0 &&
          H5Lget_info(here, name, &link, H5P_DEFAULT) >= 0 && link.type == H5L_TYPE_HARD)
        next = H5Oopen(here, name, H5P_DEFAULT);
    }
    H5Oclose(here);
    here = next;
    path += length;
  }
  return here;
}

zoo_hdf5_kind zoo_hdf5_kind_of(zoo_hdf5 *file, const char *path) {
  zoo_hdf5_begin(file);
  hid_t object = zoo_hdf5_object(file, path);
  if (object < 0) return ZOO_HDF5_NOTHING;
  H5I_type_t type = H5Iget_type(object);
  H5Oclose(object);
  return type == H5I_GROUP ? ZOO_HDF5_GROUP : type == H5I_DATASET ? ZOO_HDF5_DATASET : ZOO_HDF5_NOTHING;
}

zoo_hdf5_status zoo_hdf5_children(zoo_hdf5 *file, const char *path, char **names, int64_t *count) {
  zoo_hdf5_begin(file);
  *names = NULL;
  *count = 0;
  hid_t group = zoo_hdf5_object(file, path);
  if (group < 0) return ZOO_HDF5_ABSENT;
  zoo_hdf5_status status = ZOO_HDF5_OK;
  H5G_info_t info;
  size_t used = 0;
  if (H5Iget_type(group) != H5I_GROUP)
    status = zoo_hdf5_fail(file, "not a group");
  else if (H5Gget_info(group, &info) < 0)
    status = zoo_hdf5_fail(file, NULL);
  // A link takes more than a byte of its file.
  else if (info.nlinks > (hsize_t)file->bytes)
    status = zoo_hdf5_fail(file, "more names than the file has room for");
  for (hsize_t i = 0; status == ZOO_HDF5_OK && i < info.nlinks; i++) {
    char name[1024];
    ssize_t length =
        H5Lget_name_by_idx(group, ".", H5_INDEX_NAME, H5_ITER_INC, i, name, sizeof name, H5P_DEFAULT);
    char *more = length < 0 || length >= (ssize_t)sizeof name ? NULL : realloc(*names, used + (size_t)length + 1);
    if (!more) {
      status = zoo_hdf5_fail(file, length < 0 ? NULL : "a name that is too long");
      break;
    }
    *names = more;
    memcpy(more + used, name, (size_t)length + 1);
    used += (size_t)length + 1;
    *count += 1;
  }
  H5Oclose(group);
  if (status != ZOO_HDF5_OK) {
    free(*names);
    *names = NULL;
    *count = 0;
  }
  return status;
}

zoo_hdf5_status zoo_hdf5_image_size(zoo_hdf5 *file, int64_t *count) {
  zoo_hdf5_begin(file);
  if (H5Fflush(file->file, H5F_SCOPE_GLOBAL) < 0) return zoo_hdf5_fail(file, NULL);
  ssize_t size = H5Fget_file_image(file->file, NULL, 0);
  if (size < 0) return zoo_hdf5_fail(file, NULL);
  *count = size;
  return ZOO_HDF5_OK;
}

zoo_hdf5_status zoo_hdf5_image(zoo_hdf5 *file, void *bytes, int64_t count) {
  zoo_hdf5_begin(file);
  return H5Fget_file_image(file->file, bytes, (size_t)count) == count ? ZOO_HDF5_OK : zoo_hdf5_fail(file, NULL);
}
