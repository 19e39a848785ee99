// Attributes that hold strings.
#include <stdlib.h>
#include <string.h>

#include "internal.h"

// Attributes are small: Keras cuts longer lists into several.
enum { MAX_STRINGS = 1 << 16 };

// Puts strings behind each other; `raw` holds pointers where they are of variable length, else `width` bytes each.
static char *join(const char *raw, int64_t count, int is_variable, size_t width, H5T_str_t padding) {
  size_t total = 1;
  for (int pass = 0;; pass++) {
    char *joined = pass ? malloc(total) : NULL;
    if (pass && !joined) return NULL;
    size_t used = 0;
    for (int64_t i = 0; i < count; i++) {
      const char *text = is_variable ? ((char *const *)raw)[i] : raw + (size_t)i * width;
      const char *end = !text || is_variable ? NULL : memchr(text, 0, width);
      size_t length = !text ? 0 : is_variable ? strlen(text) : end ? (size_t)(end - text) : width;
      if (!is_variable && padding == H5T_STR_SPACEPAD)
        while (length && text[length - 1] == ' ') length--;
      if (pass && length) memcpy(joined + used, text, length);
      if (pass) joined[used + length] = 0;
      used += length + 1;
    }
    if (pass) return joined;
    total += used;
  }
}

static zoo_hdf5_status read_strings(zoo_hdf5 *file, hid_t attribute, char **strings, int64_t *count) {
  hid_t type = H5Aget_type(attribute), space = H5Aget_space(attribute), memory = H5I_INVALID_HID;
  char *raw = NULL;
  int is_variable = 0, is_read = 0;
  zoo_hdf5_status status = ZOO_HDF5_OK;
  H5S_class_t class = space >= 0 ? H5Sget_simple_extent_type(space) : H5S_NO_CLASS;
  hssize_t number = class == H5S_NULL ? 0 : space >= 0 ? H5Sget_simple_extent_npoints(space) : -1;
  if (type < 0 || number < 0) {
    status = zoo_hdf5_fail(file, NULL);
  } else if (number > 0 && H5Tget_class(type) != H5T_STRING) {
    status = zoo_hdf5_fail(file, "not text");
  } else if (number > MAX_STRINGS) {
    status = zoo_hdf5_fail(file, "too many strings");
  } else if (number > 0) {
    is_variable = H5Tis_variable_str(type) > 0;
    size_t width = is_variable ? sizeof(char *) : H5Tget_size(type);
    // The elements stand in the file.
    if (width == 0 || (hssize_t)width > file->bytes / number) {
      status = zoo_hdf5_fail(file, "longer than the file");
    } else if (!(raw = calloc((size_t)number, width))) {
      status = zoo_hdf5_fail(file, "out of memory");
    } else {
      memory = H5Tcopy(type);
      is_read = memory >= 0 && H5Aread(attribute, memory, raw) >= 0;
      if (!is_read) status = zoo_hdf5_fail(file, NULL);
      else if (!(*strings = join(raw, number, is_variable, width, H5Tget_strpad(type))))
        status = zoo_hdf5_fail(file, "out of memory");
    }
  }
  if (status == ZOO_HDF5_OK) *count = number;
  if (is_read && is_variable) H5Dvlen_reclaim(memory, space, H5P_DEFAULT, raw);
  free(raw);
  if (memory >= 0) H5Tclose(memory);
  if (type >= 0) H5Tclose(type);
  if (space >= 0) H5Sclose(space);
  return status;
}

zoo_hdf5_status zoo_hdf5_strings(zoo_hdf5 *file, const char *path, const char *attribute, char **strings,
                                 int64_t *count) {
  zoo_hdf5_begin(file);
  *strings = NULL;
  *count = 0;
  hid_t object = zoo_hdf5_object(file, path);
  if (object < 0) return ZOO_HDF5_ABSENT;
  zoo_hdf5_status status = ZOO_HDF5_ABSENT;
  if (H5Aexists(object, attribute) > 0) {
    hid_t opened = H5Aopen(object, attribute, H5P_DEFAULT);
    if (opened < 0) {
      status = zoo_hdf5_fail(file, NULL);
    } else {
      status = read_strings(file, opened, strings, count);
      H5Aclose(opened);
    }
  }
  H5Oclose(object);
  return status;
}

zoo_hdf5_status zoo_hdf5_write_strings(zoo_hdf5 *file, const char *path, const char *attribute, const char *strings,
                                       int64_t count) {
  zoo_hdf5_begin(file);
  size_t number = count < 0 ? 1 : (size_t)count, width = 1;
  const char *text = strings;
  for (size_t i = 0; i < number; i++, text += strlen(text) + 1)
    if (strlen(text) > width) width = strlen(text);
  // One string at least, so that there is an address even for an empty list.
  char *padded = calloc(number + 1, width);
  if (!padded) return zoo_hdf5_fail(file, "out of memory");
  text = strings;
  for (size_t i = 0; i < number; i++, text += strlen(text) + 1) memcpy(padded + i * width, text, strlen(text));
  hsize_t sizes = number;
  hid_t object = zoo_hdf5_object(file, path), type = H5Tcopy(H5T_C_S1);
  hid_t space = count < 0 ? H5Screate(H5S_SCALAR) : H5Screate_simple(1, &sizes, NULL);
  hid_t made = H5I_INVALID_HID;
  // As NumPy's "S": zeros fill up, and the longest string has none behind it.
  if (object >= 0 && space >= 0 && H5Tset_size(type, width) >= 0 && H5Tset_strpad(type, H5T_STR_NULLPAD) >= 0)
    made = H5Acreate2(object, attribute, type, space, H5P_DEFAULT, H5P_DEFAULT);
  int is_written = made >= 0 && H5Awrite(made, type, padded) >= 0;
  zoo_hdf5_status status = is_written ? ZOO_HDF5_OK : zoo_hdf5_fail(file, NULL);
  if (made >= 0) H5Aclose(made);
  if (space >= 0) H5Sclose(space);
  if (type >= 0) H5Tclose(type);
  if (object >= 0) H5Oclose(object);
  free(padded);
  return status;
}
