#include "padded.h"

#include <string.h>

enum { LANES = 16 };

static int64_t positive(int64_t voxels) { return voxels > 0 ? voxels : 0; }

static int is_slow(dnnl_primitive_desc_t pd) {
  const char *name = "";
  dnnl_primitive_desc_query(pd, dnnl_query_impl_info_str, 0, (void *)&name);
  return !strncmp(name, "ref", 3);
}

void zoo_padded_replace(dnnl_primitive_desc_t *weights, zoo_padded *padded, dnnl_engine_t engine,
                        const zoo_convolution_shape *shape, const zoo_descriptors *d) {
  if (shape->plain_input || !is_slow(*weights)) return;
  zoo_padded wide = {.shape = *shape};
  for (int axis = 0; axis < 3; axis++) {
    wide.shape.input[axis] += positive(shape->padding_before[axis]) + positive(shape->padding_after[axis]);
    wide.shape.padding_before[axis] -= positive(shape->padding_before[axis]);
    wide.shape.padding_after[axis] -= positive(shape->padding_after[axis]);  // below 0: voxels that strides leave over
  }
  const int64_t *axes = wide.shape.input;
  int64_t sizes[5] = {1, shape->input_channels, axes[0], axes[1], axes[2]};
  dnnl_primitive_desc_t forward = NULL, fast = NULL;
  zoo_descriptors all = *d;
  dnnl_status_t status = zoo_md_create(&wide.input, 5, sizes, dnnl_nCdhw16c);
  all.input = wide.input;
  if (status == dnnl_success) status = zoo_pd_forward(&forward, engine, &wide.shape, &all);
  if (status == dnnl_success) status = zoo_pd_backward_weights(&fast, engine, &wide.shape, &all, forward);
  if (status == dnnl_success && !is_slow(fast)) {
    dnnl_primitive_desc_destroy(*weights);
    *weights = fast;
    *padded = wide;
  } else {  // no harm done: the slow pass stays
    if (fast) dnnl_primitive_desc_destroy(fast);
    zoo_padded_free(&wide);
  }
  if (forward) dnnl_primitive_desc_destroy(forward);
}

void zoo_padded_free(zoo_padded *padded) { zoo_md_free(padded->input); }

size_t zoo_padded_bytes(const zoo_padded *padded) {
  return padded->input ? dnnl_memory_desc_get_size(padded->input) : 0;
}

void zoo_padded_write(const zoo_padded *padded, const zoo_convolution_shape *shape, const float *input, float *out) {
  const int64_t *from = shape->input, *to = padded->shape.input;
  const int64_t front[3] = {positive(shape->padding_before[0]), positive(shape->padding_before[1]),
                            positive(shape->padding_before[2])};
  const size_t row = (size_t)from[2] * LANES;
  memset(out, 0, zoo_padded_bytes(padded));
  for (int64_t block = 0; block < shape->input_channels / LANES; block++)
    for (int64_t z = 0; z < from[0]; z++)
      for (int64_t y = 0; y < from[1]; y++) {
        int64_t target = ((block * to[0] + front[0] + z) * to[1] + front[1] + y) * to[2] + front[2];
        int64_t source = ((block * from[0] + z) * from[1] + y) * from[2];
        memcpy(out + target * LANES, input + source * LANES, row * sizeof(float));
      }
}
