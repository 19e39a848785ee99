#include "descriptors.h"

#include <stdlib.h>

// The window in arrays of the length that oneDNN's prototypes name.
typedef struct {
  dnnl_dims_t stride, gaps, before, after;
} window;

static window window_of(const zoo_convolution_shape *s) {
  window w = {0};
  for (int axis = 0; axis < 3; axis++) {
    w.stride[axis] = s->stride[axis];
    w.gaps[axis] = s->dilation[axis] - 1;  // oneDNN counts a dilation as the gap between taps
    w.before[axis] = s->padding_before[axis];
    w.after[axis] = s->padding_after[axis];
  }
  return w;
}

static dnnl_status_t caller_scratchpad(dnnl_primitive_attr_t *attr) {
  dnnl_status_t status = dnnl_primitive_attr_create(attr);
  if (status == dnnl_success) status = dnnl_primitive_attr_set_scratchpad_mode(*attr, dnnl_scratchpad_mode_user);
  return status;
}

#if DNNL_VERSION_MAJOR >= 3

dnnl_status_t zoo_md_create(zoo_owned_md *out, int axes, const int64_t *sizes, dnnl_format_tag_t tag) {
  return dnnl_memory_desc_create_with_tag(out, axes, sizes, dnnl_f32, tag);
}

dnnl_status_t zoo_md_create_part(zoo_owned_md *out, zoo_md whole, const int64_t *sizes, const int64_t *offsets) {
  return dnnl_memory_desc_create_submemory(out, whole, sizes, offsets);
}

void zoo_md_free(zoo_owned_md md) {
  if (md) dnnl_memory_desc_destroy(md);
}

dnnl_status_t zoo_pd_forward(dnnl_primitive_desc_t *out, dnnl_engine_t engine, const zoo_convolution_shape *s,
                             const zoo_descriptors *d) {
  window w = window_of(s);
  dnnl_primitive_attr_t attr = NULL;
  dnnl_status_t status = caller_scratchpad(&attr);
  if (status == dnnl_success)
    status = dnnl_convolution_forward_primitive_desc_create(
        out, engine, dnnl_forward_training, dnnl_convolution_direct, d->input, d->weights, d->bias, d->output, w.stride,
        w.gaps, w.before, w.after, attr);
  if (attr) dnnl_primitive_attr_destroy(attr);
  return status;
}

dnnl_status_t zoo_pd_backward_data(dnnl_primitive_desc_t *out, dnnl_engine_t engine, const zoo_convolution_shape *s,
                                   const zoo_descriptors *d, zoo_pd forward) {
  window w = window_of(s);
  dnnl_primitive_attr_t attr = NULL;
  dnnl_status_t status = caller_scratchpad(&attr);
  if (status == dnnl_success)
    status = dnnl_convolution_backward_data_primitive_desc_create(
        out, engine, dnnl_convolution_direct, d->input, d->weights, d->output, w.stride,
        w.gaps, w.before, w.after, forward, attr);
  if (attr) dnnl_primitive_attr_destroy(attr);
  return status;
}

dnnl_status_t zoo_pd_backward_weights(dnnl_primitive_desc_t *out, dnnl_engine_t engine,
                                      const zoo_convolution_shape *s, const zoo_descriptors *d, zoo_pd forward) {
  window w = window_of(s);
  dnnl_primitive_attr_t attr = NULL;
  dnnl_status_t status = caller_scratchpad(&attr);
  if (status == dnnl_success)
    status = dnnl_convolution_backward_weights_primitive_desc_create(
        out, engine, dnnl_convolution_direct, d->input, d->weights, d->bias, d->output, w.stride,
        w.gaps, w.before, w.after, forward, attr);
  if (attr) dnnl_primitive_attr_destroy(attr);
  return status;
}

#else

// Hands on a descriptor that was filled in, or frees it.
static dnnl_status_t filled(zoo_owned_md *out, dnnl_memory_desc_t *md, dnnl_status_t status) {
  if (status == dnnl_success) {
    *out = md;
  } else {
    free(md);
  }
  return status;
}

dnnl_status_t zoo_md_create(zoo_owned_md *out, int axes, const int64_t *sizes, dnnl_format_tag_t tag) {
  dnnl_memory_desc_t *md = calloc(1, sizeof *md);
  if (!md) return dnnl_out_of_memory;
  return filled(out, md, dnnl_memory_desc_init_by_tag(md, axes, sizes, dnnl_f32, tag));
}

dnnl_status_t zoo_md_create_part(zoo_owned_md *out, zoo_md whole, const int64_t *sizes, const int64_t *offsets) {
  dnnl_memory_desc_t *md = calloc(1, sizeof *md);
  if (!md) return dnnl_out_of_memory;
  return filled(out, md, dnnl_memory_desc_init_submemory(md, whole, sizes, offsets));
}

void zoo_md_free(zoo_owned_md md) { free(md); }

static dnnl_status_t describe(dnnl_primitive_desc_t *out, dnnl_engine_t engine, const dnnl_convolution_desc_t *c,
                              zoo_pd forward) {
  dnnl_primitive_attr_t attr = NULL;
  dnnl_status_t status = caller_scratchpad(&attr);
  if (status == dnnl_success) status = dnnl_primitive_desc_create(out, c, attr, engine, forward);
  if (attr) dnnl_primitive_attr_destroy(attr);
  return status;
}

dnnl_status_t zoo_pd_forward(dnnl_primitive_desc_t *out, dnnl_engine_t engine, const zoo_convolution_shape *s,
                             const zoo_descriptors *d) {
  window w = window_of(s);
  dnnl_convolution_desc_t c;
  dnnl_status_t status = dnnl_dilated_convolution_forward_desc_init(
      &c, dnnl_forward_training, dnnl_convolution_direct, d->input, d->weights, d->bias, d->output, w.stride,
      w.gaps, w.before, w.after);
  return status == dnnl_success ? describe(out, engine, &c, NULL) : status;
}

dnnl_status_t zoo_pd_backward_data(dnnl_primitive_desc_t *out, dnnl_engine_t engine, const zoo_convolution_shape *s,
                                   const zoo_descriptors *d, zoo_pd forward) {
  window w = window_of(s);
  dnnl_convolution_desc_t c;
  dnnl_status_t status = dnnl_dilated_convolution_backward_data_desc_init(
      &c, dnnl_convolution_direct, d->input, d->weights, d->output, w.stride,
      w.gaps, w.before, w.after);
  return status == dnnl_success ? describe(out, engine, &c, forward) : status;
}

dnnl_status_t zoo_pd_backward_weights(dnnl_primitive_desc_t *out, dnnl_engine_t engine,
                                      const zoo_convolution_shape *s, const zoo_descriptors *d, zoo_pd forward) {
  window w = window_of(s);
  dnnl_convolution_desc_t c;
  dnnl_status_t status = dnnl_dilated_convolution_backward_weights_desc_init(
      &c, dnnl_convolution_direct, d->input, d->weights, d->bias, d->output, w.stride,
      w.gaps, w.before, w.after);
  return status == dnnl_success ? describe(out, engine, &c, forward) : status;
}

#endif

dnnl_status_t zoo_pd_reorder(dnnl_primitive_desc_t *out, dnnl_engine_t engine, zoo_md from, zoo_md to) {
  return dnnl_reorder_primitive_desc_create(out, from, engine, to, engine, NULL);
}
