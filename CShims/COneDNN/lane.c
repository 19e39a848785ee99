#include <stdlib.h>
#include <string.h>

#include "convolution.h"

// The memory handles of one pass.
typedef struct {
  dnnl_memory_t input, output;    // as the pass takes them
  dnnl_memory_t input_middle;     // the input's place, where padding is written out
  dnnl_memory_t packed, scratchpad;
} pass_memory;

struct zoo_lane {
  const zoo_convolution *convolution;  // borrowed: outlives the lane
  dnnl_stream_t stream;
  dnnl_memory_t input, output, bias, plain;  // as they lie
  pass_memory pass[PASSES];
  int64_t reorders;
};

static dnnl_status_t create_memory(dnnl_memory_t *out, zoo_md md, dnnl_engine_t cpu) {
  return md ? dnnl_memory_create(out, md, cpu, DNNL_MEMORY_NONE) : dnnl_success;
}

static dnnl_status_t create_pass_memory(pass_memory *m, const zoo_convolution *c, int which, dnnl_engine_t cpu) {
  const zoo_pass *pass = &c->pass[which];
  if (!pass->pd) return dnnl_success;
  const struct {
    dnnl_memory_t *out;
    zoo_md md;
  } wanted[] = {
      {&m->input, pass->input.md ? pass->input.md : c->lying.input},
      {&m->output, pass->output.md ? pass->output.md : c->lying.output},
      {&m->input_middle, pass->input.middle},
      {&m->packed, zoo_packed_md(c, which)},
      {&m->scratchpad, dnnl_primitive_desc_query_md(pass->pd, dnnl_query_scratchpad_md, 0)},
  };
  dnnl_status_t status = dnnl_success;
  for (size_t i = 0; i < sizeof wanted / sizeof *wanted && status == dnnl_success; i++)
    status = create_memory(wanted[i].out, wanted[i].md, cpu);
  return status;
}

int zoo_lane_create(zoo_engine *engine, const zoo_convolution *c, zoo_lane **out, char *message) {
  zoo_lane *lane = calloc(1, sizeof *lane);
  if (!lane) return zoo_fail(message, "lane", dnnl_out_of_memory);
  lane->convolution = c;
  dnnl_status_t status = dnnl_stream_create(&lane->stream, engine->cpu, dnnl_stream_default_flags);
  if (status == dnnl_success) status = create_memory(&lane->input, c->lying.input, engine->cpu);
  if (status == dnnl_success) status = create_memory(&lane->output, c->lying.output, engine->cpu);
  if (status == dnnl_success) status = create_memory(&lane->bias, c->lying.bias, engine->cpu);
  if (status == dnnl_success) status = create_memory(&lane->plain, c->plain, engine->cpu);
  for (int which = FORWARD; which < PASSES && status == dnnl_success; which++)
    status = create_pass_memory(&lane->pass[which], c, which, engine->cpu);
  if (status != dnnl_success) {
    zoo_lane_destroy(lane);
    return zoo_fail(message, "lane", status);
  }
  *out = lane;
  return 0;
}

static void destroy_memory(dnnl_memory_t memory) {
  if (memory) dnnl_memory_destroy(memory);
}

void zoo_lane_destroy(zoo_lane *lane) {
  if (!lane) return;
  for (int which = FORWARD; which < PASSES; which++) {
    const pass_memory *m = &lane->pass[which];
    destroy_memory(m->input);
    destroy_memory(m->output);
    destroy_memory(m->input_middle);
    destroy_memory(m->packed);
    destroy_memory(m->scratchpad);
  }
  destroy_memory(lane->input);
  destroy_memory(lane->output);
  destroy_memory(lane->bias);
  destroy_memory(lane->plain);
  if (lane->stream) dnnl_stream_destroy(lane->stream);
  free(lane);
}

int64_t zoo_lane_reorders(const zoo_lane *lane) { return lane->reorders; }

typedef struct {
  int argument;
  dnnl_memory_t memory;  // NULL: left out
  const void *data;
} binding;

static dnnl_status_t execute(zoo_lane *lane, dnnl_primitive_t primitive, const binding *bindings, int count) {
  dnnl_exec_arg_t arguments[6];
  int used = 0;
  if (!primitive) return dnnl_invalid_arguments;
  for (int i = 0; i < count; i++) {
    if (!bindings[i].memory) continue;
    dnnl_status_t status = dnnl_memory_set_data_handle(bindings[i].memory, (void *)bindings[i].data);
    if (status != dnnl_success) return status;
    arguments[used++] = (dnnl_exec_arg_t){bindings[i].argument, bindings[i].memory};
  }
  dnnl_status_t status = dnnl_primitive_execute(primitive, lane->stream, used, arguments);
  return status == dnnl_success ? dnnl_stream_wait(lane->stream) : status;
}

static dnnl_status_t copy(zoo_lane *lane, dnnl_primitive_t primitive, dnnl_memory_t from, const void *source, dnnl_memory_t to,
                          void *target) {
  const binding b[] = {{DNNL_ARG_FROM, from, source}, {DNNL_ARG_TO, to, target}};
  return execute(lane, primitive, b, 2);
}

static int pack(zoo_lane *lane, int which, const float *plain, float *packed, char *message) {
  dnnl_status_t status =
      copy(lane, lane->convolution->pack[which], lane->plain, plain, lane->pass[which].packed, packed);
  return status == dnnl_success ? 0 : zoo_fail(message, "packing weights", status);
}

int zoo_lane_pack_forward(zoo_lane *lane, const float *plain, float *packed, char *message) {
  return pack(lane, FORWARD, plain, packed, message);
}

int zoo_lane_pack_data(zoo_lane *lane, const float *plain, float *packed, char *message) {
  return pack(lane, DATA, plain, packed, message);
}

int zoo_lane_unpack_gradient(zoo_lane *lane, const float *packed, float *plain, char *message) {
  dnnl_status_t status =
      copy(lane, lane->convolution->pack[WEIGHTS], lane->pass[WEIGHTS].packed, packed, lane->plain, plain);
  return status == dnnl_success ? 0 : zoo_fail(message, "unpacking a gradient", status);
}

// What a pass reads: the tensor itself, or a copy of it at the front of the room, which then begins behind it.
static dnnl_status_t read_operand(zoo_lane *lane, const zoo_operand *operand, dnnl_memory_t lying, dnnl_memory_t own,
                                  const float **data, char **room) {
  const size_t size = zoo_operand_bytes(operand);
  if (!size) return dnnl_success;
  if (operand->middle) memset(*room, 0, size);
  dnnl_status_t status = copy(lane, operand->copy, lying, *data, own, *room);
  *data = (const float *)*room;
  *room += size;
  lane->reorders++;
  return status;
}

// What a pass writes: the tensor itself, or room for a copy of it.
static float *written_operand(const zoo_operand *operand, float *data, char **room) {
  const size_t size = zoo_operand_bytes(operand);
  if (!size) return data;
  float *own = (float *)*room;
  *room += size;
  return own;
}

// Copies what a pass wrote to where it belongs.
static dnnl_status_t deliver_operand(zoo_lane *lane, const zoo_operand *operand, dnnl_memory_t own, const float *from,
                                     dnnl_memory_t lying, float *data) {
  if (from == data) return dnnl_success;
  lane->reorders++;
  return copy(lane, operand->copy, own, from, lying, data);
}

int zoo_lane_forward(zoo_lane *lane, const float *input, const float *packed, const float *bias, float *output, void *scratch,
                     char *message) {
  const zoo_pass *pass = &lane->convolution->pass[FORWARD];
  const pass_memory *m = &lane->pass[FORWARD];
  char *room = scratch;
  dnnl_status_t status = read_operand(lane, &pass->input, lane->input, m->input, &input, &room);
  float *own = written_operand(&pass->output, output, &room);
  const binding b[] = {{DNNL_ARG_SRC, m->input, input},
                       {DNNL_ARG_WEIGHTS, m->packed, packed},
                       {DNNL_ARG_BIAS, lane->bias, bias},
                       {DNNL_ARG_DST, m->output, own},
                       {DNNL_ARG_SCRATCHPAD, m->scratchpad, room}};
  if (status == dnnl_success) status = execute(lane, pass->primitive, b, 5);
  if (status == dnnl_success) status = deliver_operand(lane, &pass->output, m->output, own, lane->output, output);
  return status == dnnl_success ? 0 : zoo_fail(message, "convolution", status);
}

int zoo_lane_backward_data(zoo_lane *lane, const float *output_gradient, const float *packed, float *input_gradient,
                           void *scratch, char *message) {
  const zoo_pass *pass = &lane->convolution->pass[DATA];
  const pass_memory *m = &lane->pass[DATA];
  char *room = scratch;
  dnnl_status_t status = read_operand(lane, &pass->output, lane->output, m->output, &output_gradient, &room);
  float *own = written_operand(&pass->input, input_gradient, &room);
  const binding b[] = {{DNNL_ARG_DIFF_DST, m->output, output_gradient},
                       {DNNL_ARG_WEIGHTS, m->packed, packed},
                       {DNNL_ARG_DIFF_SRC, m->input, own},
                       {DNNL_ARG_SCRATCHPAD, m->scratchpad, room}};
  if (status == dnnl_success) status = execute(lane, pass->primitive, b, 4);
  if (status == dnnl_success) status = deliver_operand(lane, &pass->input, m->input, own, lane->input, input_gradient);
  return status == dnnl_success ? 0 : zoo_fail(message, "convolution, data gradient", status);
}

int zoo_lane_backward_weights(zoo_lane *lane, const float *input, const float *output_gradient, float *packed_gradient,
                              float *bias_gradient, void *scratch, char *message) {
  const zoo_pass *pass = &lane->convolution->pass[WEIGHTS];
  const pass_memory *m = &lane->pass[WEIGHTS];
  char *room = scratch;
  dnnl_memory_t target = m->input_middle ? m->input_middle : m->input;
  dnnl_status_t status = read_operand(lane, &pass->input, lane->input, target, &input, &room);
  if (status == dnnl_success)
    status = read_operand(lane, &pass->output, lane->output, m->output, &output_gradient, &room);
  const binding b[] = {{DNNL_ARG_SRC, m->input, input},
                       {DNNL_ARG_DIFF_DST, m->output, output_gradient},
                       {DNNL_ARG_DIFF_WEIGHTS, m->packed, packed_gradient},
                       {DNNL_ARG_DIFF_BIAS, lane->bias, bias_gradient},
                       {DNNL_ARG_SCRATCHPAD, m->scratchpad, room}};
  if (status == dnnl_success) status = execute(lane, pass->primitive, b, 5);
  return status == dnnl_success ? 0 : zoo_fail(message, "convolution, weight gradient", status);
}
