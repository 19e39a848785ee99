#define _GNU_SOURCE
#include "zoo_dnnl.h"

#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>

#include "convolution.h"

int zoo_fail(char *message, const char *what, dnnl_status_t status) {
  static const char *const texts[] = {"success", "out of memory", "invalid arguments", "not implemented"};
  const char *text = (unsigned)status < 4 ? texts[status] : "failed";
  snprintf(message, ZOO_MESSAGE_BYTES, "oneDNN: %s: %s (status %d)", what, text, (int)status);
  return status ? (int)status : -1;
}

int zoo_dnnl_version(void) {
  const dnnl_version_t *v = dnnl_version();
  return v->major * 10000 + v->minor * 100 + v->patch;
}

void zoo_dnnl_single_thread(void) {
  // Looked up at run time: libdnnl brings its OpenMP runtime along, and a build of it may have none.
  void (*set)(int) = (void (*)(int))dlsym(RTLD_DEFAULT, "omp_set_num_threads");
  if (set) set(1);
}

int zoo_engine_create(zoo_engine **out, char *message) {
  zoo_engine *engine = calloc(1, sizeof *engine);
  if (!engine) return zoo_fail(message, "engine", dnnl_out_of_memory);
  dnnl_status_t status = dnnl_engine_create(&engine->cpu, dnnl_cpu, 0);
  if (status != dnnl_success) {
    free(engine);
    return zoo_fail(message, "engine", status);
  }
  *out = engine;
  return 0;
}

void zoo_engine_destroy(zoo_engine *engine) {
  if (!engine) return;
  dnnl_engine_destroy(engine->cpu);
  free(engine);
}

static dnnl_status_t describe_memory(zoo_convolution *c) {
  const zoo_convolution_shape *s = &c->shape;
  int64_t g = s->groups;
  int64_t input[5] = {1, s->input_channels, s->input[0], s->input[1], s->input[2]};
  int64_t output[5] = {1, s->output_channels, s->output[0], s->output[1], s->output[2]};
  int64_t grouped[6] = {g, s->output_channels / g, s->input_channels / g, s->kernel[0], s->kernel[1], s->kernel[2]};
  int64_t bias[1] = {s->output_channels};
  int axes = g > 1 ? 6 : 5;
  const int64_t *weights = g > 1 ? grouped : grouped + 1;
  dnnl_status_t status = zoo_md_create(&c->lying.input, 5, input, s->plain_input ? dnnl_ncdhw : dnnl_nCdhw16c);
  if (status == dnnl_success) status = zoo_md_create(&c->lying.output, 5, output, dnnl_nCdhw16c);
  if (status == dnnl_success) status = zoo_md_create(&c->lying.weights, axes, weights, dnnl_format_tag_any);
  if (status == dnnl_success) status = zoo_md_create(&c->plain, axes, weights, g > 1 ? dnnl_goidhw : dnnl_oidhw);
  if (status == dnnl_success && s->has_bias) status = zoo_md_create(&c->lying.bias, 1, bias, dnnl_a);
  return status;
}

zoo_md zoo_packed_md(const zoo_convolution *c, int which) {
  const zoo_pass *pass = &c->pass[which];
  return pass->pd
             ? dnnl_primitive_desc_query_md(pass->pd, which == WEIGHTS ? dnnl_query_diff_weights_md : dnnl_query_weights_md, 0)
             : NULL;
}

static dnnl_status_t create_pass(zoo_convolution *c, dnnl_engine_t cpu, int which) {
  dnnl_status_t status = zoo_pass_create(&c->pass[which], which, cpu, &c->shape, &c->lying);
  if (status != dnnl_success) return status;
  zoo_md packed = zoo_packed_md(c, which);
  dnnl_primitive_desc_t pack = NULL;
  status = which == WEIGHTS ? zoo_pd_reorder(&pack, cpu, packed, c->plain) : zoo_pd_reorder(&pack, cpu, c->plain, packed);
  if (status == dnnl_success) status = dnnl_primitive_create(&c->pack[which], pack);
  if (pack) dnnl_primitive_desc_destroy(pack);
  return status;
}

int zoo_convolution_create(zoo_engine *engine, const zoo_convolution_shape *shape, int passes, zoo_convolution **out,
                           char *message) {
  static const int wanted[PASSES] = {ZOO_FORWARD, ZOO_BACKWARD_DATA, ZOO_BACKWARD_WEIGHTS};
  zoo_convolution *c = calloc(1, sizeof *c);
  if (!c) return zoo_fail(message, "convolution", dnnl_out_of_memory);
  c->shape = *shape;
  dnnl_status_t status = describe_memory(c);
  for (int which = FORWARD; which < PASSES && status == dnnl_success; which++)
    if (passes & wanted[which]) status = create_pass(c, engine->cpu, which);
  if (status != dnnl_success) {
    zoo_convolution_destroy(c);
    return zoo_fail(message, "convolution", status);
  }
  snprintf(c->names, sizeof c->names, "%s | %s | %s", zoo_pass_name(&c->pass[FORWARD]), zoo_pass_name(&c->pass[DATA]),
           zoo_pass_name(&c->pass[WEIGHTS]));
  *out = c;
  return 0;
}

void zoo_convolution_destroy(zoo_convolution *c) {
  if (!c) return;
  for (int which = FORWARD; which < PASSES; which++) {
    if (c->pack[which]) dnnl_primitive_destroy(c->pack[which]);
    zoo_pass_destroy(&c->pass[which]);
  }
  zoo_md_free(c->lying.input);
  zoo_md_free(c->lying.output);
  zoo_md_free(c->lying.weights);
  zoo_md_free(c->lying.bias);
  zoo_md_free(c->plain);
  free(c);
}

static size_t bytes(zoo_md md) { return md ? dnnl_memory_desc_get_size(md) : 0; }

size_t zoo_convolution_forward_bytes(const zoo_convolution *c) { return bytes(zoo_packed_md(c, FORWARD)); }
size_t zoo_convolution_data_bytes(const zoo_convolution *c) { return bytes(zoo_packed_md(c, DATA)); }
size_t zoo_convolution_gradient_bytes(const zoo_convolution *c) { return bytes(zoo_packed_md(c, WEIGHTS)); }

size_t zoo_convolution_scratch_bytes(const zoo_convolution *c) {
  size_t most = 0;
  for (int which = FORWARD; which < PASSES; which++) {
    const zoo_pass *pass = &c->pass[which];
    if (!pass->pd) continue;
    size_t size = zoo_operand_bytes(&pass->input) + zoo_operand_bytes(&pass->output) +
                  bytes(dnnl_primitive_desc_query_md(pass->pd, dnnl_query_scratchpad_md, 0));
    if (size > most) most = size;
  }
  return most;
}

const char *zoo_convolution_names(const zoo_convolution *c) { return c->names; }
