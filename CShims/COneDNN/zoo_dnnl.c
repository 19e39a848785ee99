#define _GNU_SOURCE
#include "zoo_dnnl.h"

#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "descriptors.h"
#include "padded.h"

struct zoo_engine {
  dnnl_engine_t cpu;
};

enum { FORWARD, DATA, WEIGHTS, PACK_FORWARD, PACK_DATA, UNPACK, PRIMITIVES };

struct zoo_convolution {
  zoo_convolution_shape shape;
  zoo_descriptors d;
  zoo_owned_md plain;  // (O, I, D, H, W), with groups (G, O/G, I/G, D, H, W)
  zoo_padded padded;   // what the weight gradient reads, where that is faster
  dnnl_primitive_desc_t pd[PRIMITIVES];
  dnnl_primitive_t primitive[PRIMITIVES];
  char names[192];
};

enum {
  INPUT,
  PADDED_INPUT,
  OUTPUT,
  WEIGHTS_FORWARD,
  WEIGHTS_DATA,
  GRADIENT,
  BIAS,
  PLAIN,
  SCRATCH_FORWARD,
  SCRATCH_DATA,
  SCRATCH_WEIGHTS,
  MEMORIES
};

struct zoo_lane {
  const zoo_convolution *convolution;  // borrowed: outlives the lane
  dnnl_stream_t stream;
  dnnl_memory_t memory[MEMORIES];
  int64_t reorders;
};

static int fail(char *message, const char *what, dnnl_status_t status) {
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
  if (!engine) return fail(message, "engine", dnnl_out_of_memory);
  dnnl_status_t status = dnnl_engine_create(&engine->cpu, dnnl_cpu, 0);
  if (status != dnnl_success) {
    free(engine);
    return fail(message, "engine", status);
  }
  *out = engine;
  return 0;
}

void zoo_engine_destroy(zoo_engine *engine) {
  if (!engine) return;
  dnnl_engine_destroy(engine->cpu);
  free(engine);
}

static zoo_md query(dnnl_primitive_desc_t pd, dnnl_query_t what) { return dnnl_primitive_desc_query_md(pd, what, 0); }

static dnnl_status_t describe_memory(zoo_convolution *c) {
  const zoo_convolution_shape *s = &c->shape;
  int64_t g = s->groups;
  int64_t input[5] = {1, s->input_channels, s->input[0], s->input[1], s->input[2]};
  int64_t output[5] = {1, s->output_channels, s->output[0], s->output[1], s->output[2]};
  int64_t grouped[6] = {g, s->output_channels / g, s->input_channels / g, s->kernel[0], s->kernel[1], s->kernel[2]};
  int64_t bias[1] = {s->output_channels};
  int axes = g > 1 ? 6 : 5;
  const int64_t *weights = g > 1 ? grouped : grouped + 1;
  dnnl_status_t status = zoo_md_create(&c->d.input, 5, input, s->plain_input ? dnnl_ncdhw : dnnl_nCdhw16c);
  if (status == dnnl_success) status = zoo_md_create(&c->d.output, 5, output, dnnl_nCdhw16c);
  if (status == dnnl_success) status = zoo_md_create(&c->d.weights, axes, weights, dnnl_format_tag_any);
  if (status == dnnl_success) status = zoo_md_create(&c->plain, axes, weights, g > 1 ? dnnl_goidhw : dnnl_oidhw);
  if (status == dnnl_success && s->has_bias) status = zoo_md_create(&c->d.bias, 1, bias, dnnl_a);
  return status;
}

static dnnl_status_t describe_passes(zoo_convolution *c, dnnl_engine_t cpu, int passes) {
  dnnl_status_t status = zoo_pd_forward(&c->pd[FORWARD], cpu, &c->shape, &c->d);
  if (status == dnnl_success)
    status = zoo_pd_reorder(&c->pd[PACK_FORWARD], cpu, c->plain, query(c->pd[FORWARD], dnnl_query_weights_md));
  if (status == dnnl_success && (passes & ZOO_BACKWARD_DATA)) {
    status = zoo_pd_backward_data(&c->pd[DATA], cpu, &c->shape, &c->d, c->pd[FORWARD]);
    if (status == dnnl_success)
      status = zoo_pd_reorder(&c->pd[PACK_DATA], cpu, c->plain, query(c->pd[DATA], dnnl_query_weights_md));
  }
  if (status == dnnl_success && (passes & ZOO_BACKWARD_WEIGHTS)) {
    status = zoo_pd_backward_weights(&c->pd[WEIGHTS], cpu, &c->shape, &c->d, c->pd[FORWARD]);
    if (status == dnnl_success) {
      zoo_padded_replace(&c->pd[WEIGHTS], &c->padded, cpu, &c->shape, &c->d);
      status = zoo_pd_reorder(&c->pd[UNPACK], cpu, query(c->pd[WEIGHTS], dnnl_query_diff_weights_md), c->plain);
    }
  }
  return status;
}

int zoo_convolution_create(zoo_engine *engine, const zoo_convolution_shape *shape, int passes, zoo_convolution **out,
                           char *message) {
  zoo_convolution *c = calloc(1, sizeof *c);
  if (!c) return fail(message, "convolution", dnnl_out_of_memory);
  c->shape = *shape;
  dnnl_status_t status = describe_memory(c);
  if (status == dnnl_success) status = describe_passes(c, engine->cpu, passes);
  for (int i = 0; i < PRIMITIVES && status == dnnl_success; i++)
    if (c->pd[i]) status = dnnl_primitive_create(&c->primitive[i], c->pd[i]);
  if (status != dnnl_success) {
    zoo_convolution_destroy(c);
    return fail(message, "convolution", status);
  }
  for (int i = FORWARD, used = 0; i <= WEIGHTS; i++) {
    const char *name = "-";
    if (c->pd[i]) dnnl_primitive_desc_query(c->pd[i], dnnl_query_impl_info_str, 0, (void *)&name);
    used += snprintf(c->names + used, sizeof c->names - (size_t)used, "%s%s", i ? " | " : "", name);
    if (used >= (int)sizeof c->names) break;
  }
  *out = c;
  return 0;
}

void zoo_convolution_destroy(zoo_convolution *c) {
  if (!c) return;
  for (int i = 0; i < PRIMITIVES; i++) {
    if (c->primitive[i]) dnnl_primitive_destroy(c->primitive[i]);
    if (c->pd[i]) dnnl_primitive_desc_destroy(c->pd[i]);
  }
  zoo_md_free(c->d.input);
  zoo_md_free(c->d.output);
  zoo_md_free(c->d.weights);
  zoo_md_free(c->d.bias);
  zoo_md_free(c->plain);
  zoo_padded_free(&c->padded);
  free(c);
}

static size_t bytes(dnnl_primitive_desc_t pd, dnnl_query_t what) {
  return pd ? dnnl_memory_desc_get_size(query(pd, what)) : 0;
}

size_t zoo_convolution_forward_bytes(const zoo_convolution *c) { return bytes(c->pd[FORWARD], dnnl_query_weights_md); }
size_t zoo_convolution_data_bytes(const zoo_convolution *c) { return bytes(c->pd[DATA], dnnl_query_weights_md); }
size_t zoo_convolution_gradient_bytes(const zoo_convolution *c) {
  return bytes(c->pd[WEIGHTS], dnnl_query_diff_weights_md);
}

size_t zoo_convolution_scratch_bytes(const zoo_convolution *c) {
  size_t most = 0;
  for (int i = FORWARD; i <= WEIGHTS; i++) {
    size_t size = bytes(c->pd[i], dnnl_query_scratchpad_md) + (i == WEIGHTS ? zoo_padded_bytes(&c->padded) : 0);
    if (size > most) most = size;
  }
  return most;
}

const char *zoo_convolution_names(const zoo_convolution *c) { return c->names; }

int zoo_lane_create(zoo_engine *engine, const zoo_convolution *c, zoo_lane **out, char *message) {
  zoo_lane *lane = calloc(1, sizeof *lane);
  if (!lane) return fail(message, "lane", dnnl_out_of_memory);
  lane->convolution = c;
  const struct {
    zoo_md md;
    int present;
  } wanted[MEMORIES] = {
      [INPUT] = {c->d.input, 1},
      [PADDED_INPUT] = {c->padded.input, c->padded.input != NULL},
      [OUTPUT] = {c->d.output, 1},
      [WEIGHTS_FORWARD] = {query(c->pd[FORWARD], dnnl_query_weights_md), 1},
      [WEIGHTS_DATA] = {c->pd[DATA] ? query(c->pd[DATA], dnnl_query_weights_md) : NULL, c->pd[DATA] != NULL},
      [GRADIENT] = {c->pd[WEIGHTS] ? query(c->pd[WEIGHTS], dnnl_query_diff_weights_md) : NULL, c->pd[WEIGHTS] != NULL},
      [BIAS] = {c->d.bias, c->shape.has_bias},
      [PLAIN] = {c->plain, 1},
      [SCRATCH_FORWARD] = {query(c->pd[FORWARD], dnnl_query_scratchpad_md), 1},
      [SCRATCH_DATA] = {c->pd[DATA] ? query(c->pd[DATA], dnnl_query_scratchpad_md) : NULL, c->pd[DATA] != NULL},
      [SCRATCH_WEIGHTS] = {c->pd[WEIGHTS] ? query(c->pd[WEIGHTS], dnnl_query_scratchpad_md) : NULL,
                           c->pd[WEIGHTS] != NULL},
  };
  dnnl_status_t status = dnnl_stream_create(&lane->stream, engine->cpu, dnnl_stream_default_flags);
  for (int i = 0; i < MEMORIES && status == dnnl_success; i++)
    if (wanted[i].present) status = dnnl_memory_create(&lane->memory[i], wanted[i].md, engine->cpu, DNNL_MEMORY_NONE);
  if (status != dnnl_success) {
    zoo_lane_destroy(lane);
    return fail(message, "lane", status);
  }
  *out = lane;
  return 0;
}

void zoo_lane_destroy(zoo_lane *lane) {
  if (!lane) return;
  for (int i = 0; i < MEMORIES; i++)
    if (lane->memory[i]) dnnl_memory_destroy(lane->memory[i]);
  if (lane->stream) dnnl_stream_destroy(lane->stream);
  free(lane);
}

typedef struct {
  int argument, memory;
  const void *data;
} binding;

static int run(zoo_lane *lane, int which, const char *what, const binding *bindings, int count, char *message) {
  dnnl_exec_arg_t arguments[6];
  int used = 0;
  for (int i = 0; i < count; i++) {
    dnnl_memory_t memory = lane->memory[bindings[i].memory];
    if (!memory) continue;
    dnnl_status_t status = dnnl_memory_set_data_handle(memory, (void *)bindings[i].data);
    if (status != dnnl_success) return fail(message, what, status);
    arguments[used++] = (dnnl_exec_arg_t){bindings[i].argument, memory};
  }
  dnnl_primitive_t primitive = lane->convolution->primitive[which];
  if (!primitive) return fail(message, what, dnnl_invalid_arguments);
  dnnl_status_t status = dnnl_primitive_execute(primitive, lane->stream, used, arguments);
  if (status == dnnl_success) status = dnnl_stream_wait(lane->stream);
  return status == dnnl_success ? 0 : fail(message, what, status);
}

int64_t zoo_lane_reorders(const zoo_lane *lane) { return lane->reorders; }

int zoo_lane_pack_forward(zoo_lane *lane, const float *plain, float *packed, char *message) {
  const binding b[] = {{DNNL_ARG_FROM, PLAIN, plain}, {DNNL_ARG_TO, WEIGHTS_FORWARD, packed}};
  return run(lane, PACK_FORWARD, "packing weights", b, 2, message);
}

int zoo_lane_pack_data(zoo_lane *lane, const float *plain, float *packed, char *message) {
  const binding b[] = {{DNNL_ARG_FROM, PLAIN, plain}, {DNNL_ARG_TO, WEIGHTS_DATA, packed}};
  return run(lane, PACK_DATA, "packing weights", b, 2, message);
}

int zoo_lane_unpack_gradient(zoo_lane *lane, const float *packed, float *plain, char *message) {
  const binding b[] = {{DNNL_ARG_FROM, GRADIENT, packed}, {DNNL_ARG_TO, PLAIN, plain}};
  return run(lane, UNPACK, "unpacking a gradient", b, 2, message);
}

int zoo_lane_forward(zoo_lane *lane, const float *input, const float *packed, const float *bias, float *output,
                     void *scratch, char *message) {
  const binding b[] = {{DNNL_ARG_SRC, INPUT, input},
                       {DNNL_ARG_WEIGHTS, WEIGHTS_FORWARD, packed},
                       {DNNL_ARG_BIAS, BIAS, bias},
                       {DNNL_ARG_DST, OUTPUT, output},
                       {DNNL_ARG_SCRATCHPAD, SCRATCH_FORWARD, scratch}};
  return run(lane, FORWARD, "convolution", b, 5, message);
}

int zoo_lane_backward_data(zoo_lane *lane, const float *output_gradient, const float *packed, float *input_gradient,
                           void *scratch, char *message) {
  const binding b[] = {{DNNL_ARG_DIFF_DST, OUTPUT, output_gradient},
                       {DNNL_ARG_WEIGHTS, WEIGHTS_DATA, packed},
                       {DNNL_ARG_DIFF_SRC, INPUT, input_gradient},
                       {DNNL_ARG_SCRATCHPAD, SCRATCH_DATA, scratch}};
  return run(lane, DATA, "convolution, data gradient", b, 4, message);
}

int zoo_lane_backward_weights(zoo_lane *lane, const float *input, const float *output_gradient, float *packed_gradient,
                              float *bias_gradient, void *scratch, char *message) {
  const zoo_convolution *c = lane->convolution;
  const size_t padded = zoo_padded_bytes(&c->padded);  // at the front of the scratch, a multiple of 64
  if (padded) {
    zoo_padded_write(&c->padded, &c->shape, input, scratch);
    lane->reorders++;
  }
  const binding b[] = {{DNNL_ARG_SRC, padded ? PADDED_INPUT : INPUT, padded ? scratch : input},
                       {DNNL_ARG_DIFF_DST, OUTPUT, output_gradient},
                       {DNNL_ARG_DIFF_WEIGHTS, GRADIENT, packed_gradient},
                       {DNNL_ARG_DIFF_BIAS, BIAS, bias_gradient},
                       {DNNL_ARG_SCRATCHPAD, SCRATCH_WEIGHTS, (char *)scratch + padded}};
  return run(lane, WEIGHTS, "convolution, weight gradient", b, 5, message);
}
