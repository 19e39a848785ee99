#include "pass.h"

#include <string.h>

const char *zoo_pass_name(const zoo_pass *pass) {
  const char *name = "-";
  if (pass->pd) dnnl_primitive_desc_query(pass->pd, dnnl_query_impl_info_str, 0, (void *)&name);
  return name;
}

static int is_slow(const zoo_pass *pass) { return !strncmp(zoo_pass_name(pass), "ref", 3); }

size_t zoo_operand_bytes(const zoo_operand *operand) {
  return operand->md ? (dnnl_memory_desc_get_size(operand->md) + 63) / 64 * 64 : 0;
}

static dnnl_status_t describe(dnnl_primitive_desc_t *pd, int which, dnnl_engine_t engine, const zoo_convolution_shape *shape,
                              const zoo_descriptors *d) {
  dnnl_primitive_desc_t forward = NULL;
  dnnl_status_t status = zoo_pd_forward(&forward, engine, shape, d);
  if (status != dnnl_success) return status;
  if (which == FORWARD) {
    *pd = forward;
    return status;
  }
  status = which == DATA ? zoo_pd_backward_data(pd, engine, shape, d, forward)
                         : zoo_pd_backward_weights(pd, engine, shape, d, forward);
  dnnl_primitive_desc_destroy(forward);
  return status;
}

static dnnl_status_t create_input(zoo_owned_md *md, const zoo_convolution_shape *s, dnnl_format_tag_t tag) {
  const int64_t sizes[5] = {1, s->input_channels, s->input[0], s->input[1], s->input[2]};
  return zoo_md_create(md, 5, sizes, tag);
}

// Channels last, on both sides.
static dnnl_status_t lay_channels_last(zoo_pass *pass, int which, dnnl_engine_t engine, const zoo_convolution_shape *s,
                                       const zoo_descriptors *lying) {
  const int64_t output[5] = {1, s->output_channels, s->output[0], s->output[1], s->output[2]};
  dnnl_status_t status = create_input(&pass->input.md, s, dnnl_ndhwc);
  if (status == dnnl_success) status = zoo_md_create(&pass->output.md, 5, output, dnnl_ndhwc);
  zoo_descriptors d = *lying;
  d.input = pass->input.md;
  d.output = pass->output.md;
  return status == dnnl_success ? describe(&pass->pd, which, engine, s, &d) : status;
}

static int64_t positive(int64_t voxels) { return voxels > 0 ? voxels : 0; }

// The input's padding written out as zeros around it.
static dnnl_status_t write_padding(zoo_pass *pass, int which, dnnl_engine_t engine, const zoo_convolution_shape *s,
                                   const zoo_descriptors *lying) {
  zoo_convolution_shape wide = *s;
  const int64_t sizes[5] = {1, s->input_channels, s->input[0], s->input[1], s->input[2]};
  int64_t front[5] = {0};
  for (int axis = 0; axis < 3; axis++) {
    front[2 + axis] = positive(s->padding_before[axis]);
    wide.input[axis] += front[2 + axis] + positive(s->padding_after[axis]);
    wide.padding_before[axis] -= front[2 + axis];
    wide.padding_after[axis] -= positive(s->padding_after[axis]);  // below 0: voxels that strides leave over
  }
  dnnl_status_t status = create_input(&pass->input.md, &wide, dnnl_nCdhw16c);
  if (status == dnnl_success) status = zoo_md_create_part(&pass->input.middle, pass->input.md, sizes, front);
  zoo_descriptors d = *lying;
  d.input = pass->input.md;
  return status == dnnl_success ? describe(&pass->pd, which, engine, &wide, &d) : status;
}

// Takes `other` in the place of a slower pass if it is there and fast; frees what is not taken.
static void replace(zoo_pass *pass, zoo_pass *other, dnnl_status_t status) {
  if (status == dnnl_success && !is_slow(other)) {
    zoo_pass slow = *pass;
    *pass = *other;
    *other = slow;
  }
  zoo_pass_destroy(other);
}

// The primitive that copies between the tensor as it lies and as the pass takes it.
static dnnl_status_t create_copy(zoo_operand *operand, dnnl_engine_t engine, zoo_md lying, int is_read) {
  if (!operand->md) return dnnl_success;
  zoo_md own = operand->middle ? operand->middle : operand->md;
  dnnl_primitive_desc_t pd = NULL;
  dnnl_status_t status = is_read ? zoo_pd_reorder(&pd, engine, lying, own) : zoo_pd_reorder(&pd, engine, own, lying);
  if (status == dnnl_success) status = dnnl_primitive_create(&operand->copy, pd);
  if (pd) dnnl_primitive_desc_destroy(pd);
  return status;
}

dnnl_status_t zoo_pass_create(zoo_pass *pass, int which, dnnl_engine_t engine, const zoo_convolution_shape *shape,
                              const zoo_descriptors *lying) {
  dnnl_status_t status = describe(&pass->pd, which, engine, shape, lying);
  if (status != dnnl_success) return status;
  if (is_slow(pass) && which == WEIGHTS && !shape->plain_input) {
    zoo_pass padded = {0};
    replace(pass, &padded, write_padding(&padded, which, engine, shape, lying));
  }
  if (is_slow(pass)) {
    zoo_pass last = {0};
    replace(pass, &last, lay_channels_last(&last, which, engine, shape, lying));
  }
  status = dnnl_primitive_create(&pass->primitive, pass->pd);
  if (status == dnnl_success) status = create_copy(&pass->input, engine, lying->input, which != DATA);
  if (status == dnnl_success) status = create_copy(&pass->output, engine, lying->output, which != FORWARD);
  return status;
}

static void destroy_operand(zoo_operand *operand) {
  if (operand->copy) dnnl_primitive_destroy(operand->copy);
  zoo_md_free(operand->middle);
  zoo_md_free(operand->md);
}

void zoo_pass_destroy(zoo_pass *pass) {
  destroy_operand(&pass->input);
  destroy_operand(&pass->output);
  if (pass->primitive) dnnl_primitive_destroy(pass->primitive);
  if (pass->pd) dnnl_primitive_desc_destroy(pass->pd);
  *pass = (zoo_pass){0};
}
