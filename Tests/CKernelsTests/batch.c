// CShims/CBatch against plain loops in double: every table this processor runs, tensors kept as f32 and as bf16, on buffers of
// exactly the size they may touch. scripts/sanitize builds and runs it under sanitizers. Exit code 0 only if everything holds.
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "zoo_batch.h"
#include "zoo_kernels.h"

enum { LANES = 16 };
static int failures = 0;

static void *bytes(int64_t count) {
  void *p = aligned_alloc(64, ((size_t)count + 63) / 64 * 64);
  if (!p) exit(2);
  return p;
}

static float *floats(int64_t count) {
  float *p = bytes(count * 4);
  for (int64_t i = 0; i < count; i++) p[i] = (float)rand() / (float)RAND_MAX * 2 - 1;
  return p;
}

static float *copy(const float *from, int64_t count) { return memcpy(bytes(count * 4), from, (size_t)count * 4); }

static float round_bf16(float f) {
  uint32_t bits;
  memcpy(&bits, &f, sizeof bits);
  bits = (bits + 0x7FFF + (bits >> 16 & 1)) & 0xFFFF0000;
  memcpy(&f, &bits, sizeof f);
  return f;
}

// Random values kept as `type`.
static void *tensor(int type, int64_t count) {
  float *values = floats(count);
  if (type == ZOO_F32) return values;
  uint16_t *kept = bytes(count * 2);
  for (int64_t i = 0; i < count; i++) {
    const float f = round_bf16(values[i]);
    uint32_t bits;
    memcpy(&bits, &f, sizeof bits);
    kept[i] = (uint16_t)(bits >> 16);
  }
  free(values);
  return kept;
}

// What is kept at index i.
static float look(int type, const void *kept, int64_t i) {
  if (type == ZOO_F32) return ((const float *)kept)[i];
  const uint32_t bits = (uint32_t)((const uint16_t *)kept)[i] << 16;
  float f;
  memcpy(&f, &bits, sizeof f);
  return f;
}

static const char *table, *at;
static void expect(const char *what, double actual, double expected, double tolerance) {
  if (fabs(actual - expected) <= tolerance) return;
  if (failures++ < 20) printf("%s, %s, %s: %.9g, expected %.9g within %.2g\n", table, at, what, actual, expected, tolerance);
}

// What a source gives.
static float *seen(const zoo_source *s, int64_t channels) {
  float *a = bytes(channels * s->voxels * 4);
  for (int64_t b = 0; b < channels / LANES; b++)
    zoo_kernels_select()->read(s, b, 0, s->voxels, a + b * s->voxels * LANES);
  return a;
}

// Σ and Σ|·| of products, and the error that summing them in f32 may make.
typedef struct {
  double sum, magnitude;
} total;
static void add_product(total *t, double a, double b) {
  t->sum += a * b;
  t->magnitude += fabs(a * b);
}
static double slack(total t, int kept_as) { return 1e-6 * t.magnitude + (kept_as == ZOO_BF16 ? fabs(t.sum) / 250 : 0) + 1e-7; }

static int64_t volume(const int64_t *n) { return n[0] * n[1] * n[2]; }
static int64_t place(int64_t c, int64_t v, int64_t voxels) { return (c / LANES * voxels + v) * LANES + c % LANES; }

// The input voxel that output voxel o sees through a tap, or −1.
static int64_t neighbour(const zoo_batch_shape *s, int64_t o, int64_t tap) {
  int64_t voxel = 0;
  const int64_t below[3] = {s->output[1] * s->output[2], s->output[2], 1}, taps[3] = {s->kernel[1] * s->kernel[2], s->kernel[2], 1};
  for (int a = 0; a < 3; a++) {
    const int64_t from = o / below[a] % s->output[a] * s->stride[a] + tap / taps[a] % s->kernel[a] * s->dilation[a] - s->padding[a];
    if (from < 0 || from >= s->input[a]) return -1;
    voxel = voxel * s->input[a] + from;
  }
  return voxel;
}

// A group of samples with all that surrounds the convolution.
typedef struct {
  const zoo_batch *k;
  const zoo_batch_shape *s;
  int type, bf16;
  int64_t in, out, I, O, S, taps;
  float *w, *scale, *shift, *slope, *rest, *mean, *bias;
  float **a, **z;             // [sample]: what sources give, rounded as the table multiplies
  zoo_source *inputs, *gradients;
  void *input_rows, *gradient_rows, *scratch;
} group;

static float *operands(const group *g, const zoo_source *source, int64_t channels) {
  float *a = seen(source, channels);
  for (int64_t i = 0; g->bf16 && i < channels * source->voxels; i++) a[i] = round_bf16(a[i]);
  return a;
}

static group make_group(const zoo_batch *k, int bf16, const zoo_batch_shape *s, int type) {
  group g = {.k = k, .s = s, .type = type, .bf16 = bf16, .in = volume(s->input), .out = volume(s->output),
             .I = s->input_channels, .O = s->output_channels, .S = s->samples, .taps = volume(s->kernel)};
  g.w = floats(g.O * g.I * g.taps), g.bias = floats(g.O), g.mean = floats(g.I);
  g.scale = floats(g.I), g.shift = floats(g.I), g.slope = floats(g.O), g.rest = floats(g.O);
  g.a = calloc((size_t)g.S, sizeof *g.a), g.z = calloc((size_t)g.S, sizeof *g.z);
  g.inputs = calloc((size_t)g.S, sizeof *g.inputs), g.gradients = calloc((size_t)g.S, sizeof *g.gradients);
  g.input_rows = bytes(k->input_bytes(s)), g.gradient_rows = bytes(k->output_bytes(s)), g.scratch = bytes(k->scratch_bytes(s));
  for (int64_t n = 0; n < g.S; n++) {
    g.inputs[n] = (zoo_source){.x = tensor(type, g.I * g.in), .scale = g.scale, .shift = g.shift, .voxels = g.in, .type = type,
                               .activation = ZOO_RELU};
    g.gradients[n] = (zoo_source){.x = tensor(type, g.O * g.out), .z = tensor(type, g.O * g.out), .scale = NULL,
                                  .slope = g.slope, .shift = g.rest, .voxels = g.out, .type = type};
    k->gather_input(s, g.inputs + n, n, g.input_rows);
    k->gather_gradient(s, g.gradients + n, n, g.gradient_rows);
    g.a[n] = operands(&g, g.inputs + n, g.I), g.z[n] = operands(&g, g.gradients + n, g.O);
  }
  return g;
}

static void drop(group *g) {
  for (int64_t n = 0; n < g->S; n++)
    free((void *)g->inputs[n].x), free((void *)g->gradients[n].x), free((void *)g->gradients[n].z), free(g->a[n]), free(g->z[n]);
  free(g->w), free(g->scale), free(g->shift), free(g->slope), free(g->rest), free(g->mean), free(g->bias), free(g->a), free(g->z);
  free(g->inputs), free(g->gradients), free(g->input_rows), free(g->gradient_rows), free(g->scratch);
}

static float weight(const group *g, int64_t o, int64_t i, int64_t tap) {
  const float w = g->w[(o * g->I + i) * g->taps + tap];
  return g->bf16 ? round_bf16(w) : w;
}

static void check_forward(const group *g, const zoo_target *targets) {
  for (int64_t n = 0; n < g->S; n++) {
    zoo_moment *moments = calloc((size_t)g->O, sizeof *moments);
    zoo_kernels_select()->moments(targets[n].tallies, g->O / LANES, moments);
    for (int64_t o = n % 3; o < g->O; o += 7) {
      double sum = 0;
      for (int64_t v = 0; v < g->out; v++) {
        total t = {g->bias[o], 0};
        for (int64_t tap = 0; tap < g->taps; tap++) {
          const int64_t from = neighbour(g->s, v, tap);
          for (int64_t i = 0; from >= 0 && i < g->I; i++) add_product(&t, g->a[n][place(i, from, g->in)], weight(g, o, i, tap));
        }
        const float y = look(g->type, targets[n].values, place(o, v, g->out));
        expect("output", y, t.sum, slack(t, g->type));
        sum += y;
      }
      expect("mean", moments[o].mean, sum / (double)g->out, 1e-5);
    }
    free(moments);
  }
}

static void forward(const group *g) {
  void *packed = bytes(g->k->packed_bytes(g->s));
  g->k->pack_forward(g->s, g->w, packed);
  zoo_target *whole = calloc((size_t)g->S, sizeof *whole), *shared = calloc((size_t)g->S, sizeof *shared);
  for (int64_t n = 0; n < g->S; n++) {
    whole[n] = (zoo_target){.values = tensor(g->type, g->O * g->out), .shift = g->bias, .voxels = g->out, .type = g->type};
    shared[n] = whole[n];
    shared[n].values = tensor(g->type, g->O * g->out);
    whole[n].tallies = calloc((size_t)(g->O / LANES), sizeof(zoo_tally));
  }
  g->k->forward(g->s, g->input_rows, packed, whole, 0, 1, g->scratch);
  check_forward(g, whole);
  for (int64_t part = 0; part < 3; part++) g->k->forward(g->s, g->input_rows, packed, shared, part, 3, g->scratch);
  for (int64_t n = 0; n < g->S; n++) {
    if (memcmp(whole[n].values, shared[n].values, (size_t)(g->O * g->out) * (g->type == ZOO_F32 ? 4 : 2)))
      expect("outputs of parts differ", 1, 0, 0);
    free(whole[n].values), free(shared[n].values), free(whole[n].tallies);
  }
  free(whole), free(shared), free(packed);
}

// Σ z · w for all voxels of one input channel of a sample.
static void sum_data(const group *g, int64_t n, int64_t i, total *sums) {
  memset(sums, 0, (size_t)g->in * sizeof *sums);
  for (int64_t v = 0; v < g->out; v++)
    for (int64_t tap = 0; tap < g->taps; tap++) {
      const int64_t to = neighbour(g->s, v, tap);
      for (int64_t o = 0; to >= 0 && o < g->O; o++) add_product(sums + to, g->z[n][place(o, v, g->out)], weight(g, o, i, tap));
    }
}

static void data_gradient(const group *g) {
  void *packed = bytes(g->k->packed_bytes(g->s));
  g->k->pack_data(g->s, g->w, packed);
  zoo_sink *sinks = calloc((size_t)g->S, sizeof *sinks);
  void **before = calloc((size_t)g->S, sizeof *before);
  const int64_t kept = g->I * g->in * (g->type == ZOO_F32 ? 4 : 2);
  for (int64_t n = 0; n < g->S; n++) {
    before[n] = tensor(g->type, g->I * g->in);
    sinks[n] = (zoo_sink){.g = memcpy(bytes(kept), before[n], (size_t)kept), .x = g->inputs[n].x, .scale = g->scale,
                          .shift = g->shift, .mean = g->mean, .sums = calloc((size_t)(2 * g->I), sizeof(double)), .places = g->I,
                          .voxels = g->in, .type = g->type, .activation = ZOO_RELU, .accumulates = 1};
  }
  for (int64_t part = 0; part < 2; part++) g->k->data_gradient(g->s, g->gradient_rows, packed, sinks, part, 2, g->scratch);
  total *made = calloc((size_t)g->in, sizeof *made);
  for (int64_t n = 0; n < g->S; n++) {
    for (int64_t i = n % 3; i < g->I; i += 7) {
      total first = {0, 0}, second = {0, 0};
      sum_data(g, n, i, made);
      for (int64_t v = 0; v < g->in; v++) {
        const float x = look(g->type, g->inputs[n].x, place(i, v, g->in));
        const double u = (double)g->scale[i] * x + g->shift[i], d = u > 0 ? made[v].sum : 0;
        add_product(&first, d, 1), add_product(&second, d, x - g->mean[i]);
        first.magnitude += made[v].magnitude, second.magnitude += 2 * made[v].magnitude;
        total t = {look(g->type, before[n], place(i, v, g->in)) + g->scale[i] * d, made[v].magnitude};
        if (fabs(u) > 1e-6) expect("input gradient", look(g->type, sinks[n].g, place(i, v, g->in)), t.sum, slack(t, g->type));
      }
      expect("sum", sinks[n].sums[i], first.sum, slack(first, ZOO_F32));
      expect("centred sum", sinks[n].sums[g->I + i], second.sum, slack(second, ZOO_F32));
    }
    free(sinks[n].g), free(sinks[n].sums), free(before[n]);
  }
  free(made), free(sinks), free(before), free(packed);
}

// The gradients lie `offset` floats behind a line's begin.
static void weight_gradient(const group *g, int accumulate, int64_t offset) {
  const int64_t count = g->O * g->I * g->taps;
  float *all = floats(offset + count), *gradient = all + offset, *before = copy(gradient, count);
  float *biases = floats(offset + g->O), *bias = biases + offset, *bias_before = copy(bias, g->O);
  g->k->weight_gradient(g->s, g->input_rows, g->gradient_rows, gradient, bias, accumulate, 0, 1, g->scratch);
  for (int64_t o = 0; o < g->O; o += 3) {
    for (int64_t i = o % 7; i < g->I; i += 7)
      for (int64_t tap = 0; tap < g->taps; tap++) {
        const int64_t at_weight = (o * g->I + i) * g->taps + tap;
        total t = {accumulate ? before[at_weight] : 0, 0};
        for (int64_t v = 0; v < g->out; v++) {
          const int64_t from = neighbour(g->s, v, tap);
          for (int64_t n = 0; from >= 0 && n < g->S; n++)
            add_product(&t, g->z[n][place(o, v, g->out)], g->a[n][place(i, from, g->in)]);
        }
        expect("weight gradient", gradient[at_weight], t.sum, slack(t, ZOO_F32));
      }
    total t = {accumulate ? bias_before[o] : 0, 0};
    for (int64_t n = 0; n < g->S; n++)
      for (int64_t v = 0; v < g->out; v++) add_product(&t, g->z[n][place(o, v, g->out)], 1);
    expect("bias gradient", bias[o], t.sum, slack(t, ZOO_F32));
  }
  for (int64_t part = 0; part < 3; part++)
    g->k->weight_gradient(g->s, g->input_rows, g->gradient_rows, before, NULL, accumulate, part, 3, g->scratch);
  if (memcmp(gradient, before, (size_t)count * 4)) expect("weight gradients of parts differ", 1, 0, 0);
  free(all), free(before), free(biases), free(bias_before);
}

int main(void) {
  const zoo_batch_shape shapes[] = {
      {16, 32, {2, 2, 2}, {2, 2, 2}, {3, 3, 3}, {1, 1, 1}, {1, 1, 1}, {1, 1, 1}, 13},
      {160, 48, {4, 4, 4}, {4, 4, 4}, {3, 3, 3}, {1, 1, 1}, {1, 1, 1}, {1, 1, 1}, 3},
      {48, 80, {3, 5, 2}, {3, 5, 2}, {3, 1, 2}, {1, 1, 1}, {1, 1, 1}, {1, 0, 0}, 8},
      {32, 16, {5, 4, 3}, {3, 2, 2}, {3, 3, 3}, {2, 2, 2}, {1, 1, 1}, {1, 1, 1}, 1},
      {16, 144, {4, 4, 5}, {2, 2, 3}, {1, 1, 1}, {2, 2, 2}, {1, 1, 1}, {0, 0, 0}, 3},
      {48, 16, {5, 6, 7}, {5, 6, 7}, {3, 3, 3}, {1, 1, 1}, {2, 2, 2}, {2, 2, 2}, 2},
      {64, 64, {1, 1, 1}, {1, 1, 1}, {1, 1, 1}, {1, 1, 1}, {1, 1, 1}, {0, 0, 0}, 1},
      {32, 32, {7, 2, 3}, {3, 3, 1}, {2, 3, 3}, {3, 1, 2}, {2, 1, 1}, {1, 2, 0}, 5},
  };
  const zoo_batch *tables[] = {zoo_batch_select(8, 0), zoo_batch_select(16, 0), zoo_batch_select(16, 1)};
  for (int kind = 0; kind < 3; kind++)
    for (size_t n = 0; tables[kind] && n < sizeof shapes / sizeof *shapes; n++)
      for (int type = ZOO_F32; type <= ZOO_BF16; type++) {
        char text[80];
        snprintf(text, sizeof text, "shape %d as %s", (int)n, type == ZOO_BF16 ? "bf16" : "f32");
        at = text, table = tables[kind]->name;
        if (!zoo_batch_fits(shapes + n)) expect("fits", 0, 1, 0);
        group g = make_group(tables[kind], strstr(table, "bf16") != NULL, shapes + n, type);
        forward(&g);
        data_gradient(&g);
        for (int accumulate = 0; accumulate < 2; accumulate++) weight_gradient(&g, accumulate, 5 * (int64_t)(n % 2));
        drop(&g);
      }
  printf("batch convolutions, best %s: %s\n", tables[2] ? tables[2]->name : tables[1] ? tables[1]->name : "none",
         failures ? "FAILED" : "all hold");
  return failures != 0;
}
