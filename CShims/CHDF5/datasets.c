// Datasets of floats.
#include "internal.h"

// A dataset that is safe to read: floats of a usual size, in this file, in chunks of a sensible size.
static hid_t open_floats(zoo_hdf5 *file, const char *path, int64_t *sizes, int *rank, zoo_hdf5_status *status) {
  *status = ZOO_HDF5_ABSENT;
  hid_t object = zoo_hdf5_object(file, path);
  if (object < 0) return object;
  if (H5Iget_type(object) != H5I_DATASET) {
    *status = zoo_hdf5_fail(file, "not a dataset");
    H5Oclose(object);
    return H5I_INVALID_HID;
  }
  hid_t type = H5Dget_type(object), space = H5Dget_space(object), plist = H5Dget_create_plist(object);
  hsize_t extent[ZOO_HDF5_MAX_RANK] = {0}, chunk[ZOO_HDF5_MAX_RANK] = {0};
  double count = 1, chunk_count = 1;
  *status = ZOO_HDF5_OK;
  if (type < 0 || space < 0 || plist < 0)
    *status = zoo_hdf5_fail(file, NULL);
  else if (H5Tget_class(type) != H5T_FLOAT || (H5Tget_size(type) != 2 && H5Tget_size(type) != 4 && H5Tget_size(type) != 8))
    *status = zoo_hdf5_fail(file, "not float16, float32 or float64");
  else if (H5Sget_simple_extent_type(space) == H5S_NULL)
    *status = zoo_hdf5_fail(file, "holds nothing");
  else if ((*rank = H5Sget_simple_extent_ndims(space)) < 0 || *rank > ZOO_HDF5_MAX_RANK ||
           H5Sget_simple_extent_dims(space, extent, NULL) < 0)
    *status = zoo_hdf5_fail(file, NULL);
  else if (H5Pget_layout(plist) == H5D_VIRTUAL || H5Pget_external_count(plist) > 0)
    *status = zoo_hdf5_fail(file, "its values are in another file");
  else if (H5Pget_layout(plist) == H5D_CHUNKED && H5Pget_chunk(plist, ZOO_HDF5_MAX_RANK, chunk) != *rank)
    *status = zoo_hdf5_fail(file, "damaged chunks");
  for (int axis = 0; *status == ZOO_HDF5_OK && axis < *rank; axis++) {
    sizes[axis] = (int64_t)extent[axis];
    count *= (double)extent[axis];
    chunk_count *= (double)chunk[axis];
  }
  // A chunk is read whole, however little of it is wanted.
  if (*status == ZOO_HDF5_OK && *rank > 0 && chunk_count > 1 << 22 && chunk_count > 2 * count)
    *status = zoo_hdf5_fail(file, "chunks larger than the dataset");
  if (*status == ZOO_HDF5_OK && count >= 9e18) *status = zoo_hdf5_fail(file, "impossible sizes");
  if (type >= 0) H5Tclose(type);
  if (space >= 0) H5Sclose(space);
  if (plist >= 0) H5Pclose(plist);
  if (*status == ZOO_HDF5_OK) return object;
  H5Oclose(object);
  return H5I_INVALID_HID;
}

zoo_hdf5_status zoo_hdf5_shape(zoo_hdf5 *file, const char *path, int32_t *rank, int64_t sizes[ZOO_HDF5_MAX_RANK]) {
  zoo_hdf5_begin(file);
  zoo_hdf5_status status;
  int axes = 0;
  hid_t dataset = open_floats(file, path, sizes, &axes, &status);
  if (dataset >= 0) H5Oclose(dataset);
  *rank = axes;
  return status;
}

zoo_hdf5_status zoo_hdf5_read(zoo_hdf5 *file, const char *path, float *values, int64_t count) {
  zoo_hdf5_begin(file);
  zoo_hdf5_status status;
  int rank = 0;
  int64_t sizes[ZOO_HDF5_MAX_RANK], number = 1;
  hid_t dataset = open_floats(file, path, sizes, &rank, &status);
  if (dataset < 0) return status;
  for (int axis = 0; axis < rank; axis++) number *= sizes[axis];
  if (number != count)
    status = zoo_hdf5_fail(file, "wrong number of values");
  else if (count > 0 && H5Dread(dataset, H5T_NATIVE_FLOAT, H5S_ALL, H5S_ALL, H5P_DEFAULT, values) < 0)
    status = zoo_hdf5_fail(file, NULL);
  H5Oclose(dataset);
  return status;
}

// A property list of a class that makes the groups on the way, or keeps no times: the same model gives the same bytes.
static hid_t links(void) {
  hid_t list = H5Pcreate(H5P_LINK_CREATE);
  if (list >= 0) H5Pset_create_intermediate_group(list, 1);
  return list;
}

static hid_t timeless(hid_t class) {
  hid_t list = H5Pcreate(class);
  if (list >= 0) H5Pset_obj_track_times(list, 0);
  return list;
}

zoo_hdf5_status zoo_hdf5_make_group(zoo_hdf5 *file, const char *path) {
  zoo_hdf5_begin(file);
  hid_t link = links(), plist = timeless(H5P_GROUP_CREATE);
  hid_t group = H5Gcreate2(file->file, path, link, plist, H5P_DEFAULT);
  zoo_hdf5_status status = group >= 0 ? ZOO_HDF5_OK : zoo_hdf5_fail(file, NULL);
  if (group >= 0) H5Gclose(group);
  H5Pclose(link);
  H5Pclose(plist);
  return status;
}

zoo_hdf5_status zoo_hdf5_write(zoo_hdf5 *file, const char *path, int32_t rank, const int64_t *sizes,
                               const float *values) {
  zoo_hdf5_begin(file);
  if (rank < 0 || rank > ZOO_HDF5_MAX_RANK) return zoo_hdf5_fail(file, "too many axes");
  hsize_t extent[ZOO_HDF5_MAX_RANK];
  for (int axis = 0; axis < rank; axis++) extent[axis] = (hsize_t)sizes[axis];
  hid_t link = links(), plist = timeless(H5P_DATASET_CREATE);
  hid_t space = rank ? H5Screate_simple(rank, extent, NULL) : H5Screate(H5S_SCALAR);
  hid_t dataset = H5Dcreate2(file->file, path, H5T_IEEE_F32LE, space, link, plist, H5P_DEFAULT);
  int is_written = dataset >= 0 && H5Dwrite(dataset, H5T_NATIVE_FLOAT, H5S_ALL, H5S_ALL, H5P_DEFAULT, values) >= 0;
  zoo_hdf5_status status = is_written ? ZOO_HDF5_OK : zoo_hdf5_fail(file, NULL);
  if (dataset >= 0) H5Dclose(dataset);
  if (space >= 0) H5Sclose(space);
  H5Pclose(link);
  H5Pclose(plist);
  return status;
}
