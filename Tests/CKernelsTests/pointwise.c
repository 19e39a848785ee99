// CShims/CPointwise against plain loops in double: every table this processor runs, tensors kept as f32 and as bf16, on buffers of
// exactly the size they may touch. scripts/sanitize builds and runs it under sanitizers. Exit code 0 only if everything holds.
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "zoo_kernels.h"
#include "zoo_pointwise.h"

enum { LANES = 16 };
static int failures = 0;

static void *bytes(size_t count) {
  void *p = aligned_alloc(64, (count + 63) / 64 * 64);
  if (!p) exit(2);
  return p;
}

static float *floats(int64_t count) {
  float *p = bytes((size_t)count * sizeof *p);
  for (int64_t i = 0; i < count; i++) p[i] = (float)rand() / (float)RAND_MAX * 2 - 1;
  return p;
}

static float round_bf16(float f) {
  uint32_t bits;
  memcpy(&bits, &f, sizeof bits);
  bits = (bits + 0x7FFF + (bits >> 16 & 1)) & 0xFFFF0000;
  memcpy(&f, &bits, sizeof f);
  return f;
}

// Random values kept as `type`, and what they are.
typedef struct {
  int type;
  int64_t count;
  void *kept;
  float *values;
} tensor;

static void look(tensor *t) {
  if (t->type == ZOO_F32) memcpy(t->values, t->kept, (size_t)t->count * sizeof *t->values);
  for (int64_t i = 0; t->type == ZOO_BF16 && i < t->count; i++) {
    uint32_t bits = (uint32_t)((const uint16_t *)t->kept)[i] << 16;
    memcpy(t->values + i, &bits, sizeof bits);
  }
}

static tensor random_tensor(int type, int64_t count) {
  tensor t = {type, count, bytes((size_t)count * (type == ZOO_F32 ? 4 : 2)), floats(count)};
  if (type == ZOO_F32) memcpy(t.kept, t.values, (size_t)count * sizeof(float));
  for (int64_t i = 0; type == ZOO_BF16 && i < count; i++) {
    float f = round_bf16(t.values[i]);
    uint32_t wide;
    memcpy(&wide, &f, sizeof wide);
    ((uint16_t *)t.kept)[i] = (uint16_t)(wide >> 16);
  }
  look(&t);
  return t;
}

static void drop(tensor t) { free(t.kept), free(t.values); }

static const char *table, *at;
static void expect(const char *what, double actual, double expected, double tolerance) {
  if (fabs(actual - expected) <= tolerance) return;
  if (failures++ < 20) printf("%s, %s, %s: %.9g, expected %.9g within %.2g\n", table, at, what, actual, expected, tolerance);
}

// What a source gives, as a table multiplies it.
static float *operands(const zoo_source *s, int64_t channels, int bf16) {
  float *a = bytes((size_t)(channels * s->voxels) * sizeof *a);
  for (int64_t b = 0; b < channels / LANES; b++)
    zoo_kernels_select()->read(s, b, 0, s->voxels, a + b * s->voxels * LANES);
  for (int64_t i = 0; bf16 && i < channels * s->voxels; i++) a[i] = round_bf16(a[i]);
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

#define AT(c, v) (((c) / LANES * V + (v)) * LANES + (c) % LANES)

static void forward(const zoo_pointwise *k, int bf16, const zoo_pointwise_shape *s, const zoo_source *input, const float *w,
                    int type) {
  const int64_t V = s->voxels, I = s->input_channels, O = s->output_channels;
  tensor y = random_tensor(type, O * V), shared = random_tensor(type, O * V);
  float *bias = floats(O), *a = operands(input, I, bf16);
  void *packed = bytes(k->packed_bytes(s)), *scratch = bytes(k->scratch_bytes(s));
  zoo_tally *tallies = calloc((size_t)(O / LANES), sizeof *tallies);
  zoo_moment *moments = calloc((size_t)O, sizeof *moments);
  zoo_target target = {.values = y.kept, .shift = bias, .tallies = tallies, .voxels = V, .type = type};
  k->pack_forward(s, w, packed);
  k->forward(s, input, packed, &target, 0, 1, scratch);
  zoo_kernels_select()->moments(tallies, O / LANES, moments);
  look(&y);
  for (int64_t o = 0; o < O; o += 5) {
    double sum = 0;
    for (int64_t v = 0; v < V; v++) {
      total t = {bias[o], 0};
      for (int64_t i = 0; i < I; i++) add_product(&t, a[AT(i, v)], bf16 ? round_bf16(w[o * I + i]) : w[o * I + i]);
      expect("output", y.values[AT(o, v)], t.sum, slack(t, type));
      sum += y.values[AT(o, v)];
    }
    expect("mean", moments[o].mean, sum / (double)V, 1e-5);
  }
  for (int parts = 2; parts <= 7; parts += 5) {
    target.values = shared.kept;
    target.tallies = NULL;
    for (int part = 0; part < parts; part++) k->forward(s, input, packed, &target, part, parts, scratch);
    look(&shared);
    if (memcmp(y.values, shared.values, (size_t)y.count * sizeof(float))) expect("parts differ", parts, 1, 0);
  }
  drop(y), drop(shared), free(bias), free(a), free(packed), free(scratch), free(tallies), free(moments);
}

static void check_weights(const zoo_pointwise_shape *s, const float *a, const zoo_source *dz, const float *z, const float *before,
                          const float *gradient, const float *bias_before, const float *bias_gradient, int accumulates) {
  const int64_t V = s->voxels, I = s->input_channels, O = s->output_channels;
  float *exact = operands(dz, O, 0);
  for (int64_t o = 0; o < O; o += 3) {
    for (int64_t i = o % 7; i < I; i += 7) {
      total t = {0, 0};
      for (int64_t v = 0; v < V; v++) add_product(&t, z[AT(o, v)], a[AT(i, v)]);
      t.sum += accumulates ? before[o * I + i] : 0;
      expect("weight gradient", gradient[o * I + i], t.sum, slack(t, ZOO_F32));
    }
    total t = {accumulates ? bias_before[o] : 0, 0};
    for (int64_t v = 0; v < V; v++) add_product(&t, exact[AT(o, v)], 1);
    expect("bias gradient", bias_gradient[o], t.sum, slack(t, ZOO_F32));
  }
  free(exact);
}

static void check_data(const zoo_pointwise_shape *s, const zoo_sink *sink, const float *x, const float *z, const float *w,
                       int bf16, const float *before, const float *g) {
  const int64_t V = s->voxels, I = s->input_channels, O = s->output_channels;
  for (int64_t i = 0; i < I; i += 3) {
    total first = {0, 0}, second = {0, 0};
    for (int64_t v = 0; v < V; v++) {
      total t = {0, 0};
      for (int64_t o = 0; o < O; o++) add_product(&t, z[AT(o, v)], bf16 ? round_bf16(w[o * I + i]) : w[o * I + i]);
      double u = (double)sink->scale[i] * x[AT(i, v)] + sink->shift[i], d = u > 0 ? t.sum : 0;
      add_product(&first, d, 1);
      add_product(&second, d, x[AT(i, v)] - sink->mean[i]);
      t.sum = before[AT(i, v)] + sink->scale[i] * d;
      if (fabs(u) > 1e-6) expect("input gradient", g[AT(i, v)], t.sum, slack(t, sink->type));
    }
    expect("sum", sink->sums[i], first.sum, 4 * slack(first, ZOO_F32));
    expect("centred sum", sink->sums[I + i], second.sum, 4 * slack(second, ZOO_F32));
  }
}

static void backward(const zoo_pointwise *k, int bf16, const zoo_pointwise_shape *s, const zoo_source *input, const float *x,
                     const float *w, int type, int accumulates) {
  const int64_t V = s->voxels, I = s->input_channels, O = s->output_channels;
  tensor dy = random_tensor(type, O * V), y = random_tensor(type, O * V), g = random_tensor(type, I * V);
  float *scale = floats(O), *slope = floats(O), *rest = floats(O), *mean = floats(I);
  const zoo_source dz = {.x = dy.kept, .z = y.kept, .scale = scale, .slope = slope, .shift = rest, .voxels = V, .type = type};
  float *gradient = floats(O * I), *bias = floats(O), *before = floats(O * I), *bias_before = floats(O), *g_before = floats(I * V);
  memcpy(before, gradient, (size_t)(O * I) * sizeof(float));
  memcpy(bias_before, bias, (size_t)O * sizeof(float));
  memcpy(g_before, g.values, (size_t)(I * V) * sizeof(float));
  double *sums = calloc((size_t)(2 * I), sizeof *sums);
  const zoo_sink sink = {.g = g.kept, .x = input->x, .scale = input->scale, .shift = input->shift, .mean = mean, .sums = sums,
                         .places = I, .voxels = V, .type = type, .activation = ZOO_RELU, .accumulates = 1};
  void *packed = bytes(k->packed_bytes(s)), *scratch = bytes(k->scratch_bytes(s));
  float *a = operands(input, I, bf16), *z = operands(&dz, O, bf16);
  k->pack_data(s, w, packed);
  k->backward(s, input, &dz, packed, &sink, gradient, bias, accumulates, scratch);
  look(&g);
  check_weights(s, a, &dz, z, before, gradient, bias_before, bias, accumulates);
  check_data(s, &sink, x, z, w, bf16, g_before, g.values);

  memcpy(before, gradient, (size_t)(O * I) * sizeof(float));
  memcpy(gradient, w, (size_t)(O * I) * sizeof(float));
  k->backward(s, input, &dz, NULL, NULL, gradient, NULL, 0, scratch);
  if (!accumulates && memcmp(before, gradient, (size_t)(O * I) * sizeof(float))) expect("weights alone differ", 1, 0, 0);
  drop(dy), drop(y), drop(g), free(scale), free(slope), free(rest), free(mean), free(gradient), free(bias), free(before);
  free(bias_before), free(g_before), free(sums), free(packed), free(scratch), free(a), free(z);
}

int main(void) {
  const zoo_pointwise_shape shapes[] = {{1, 16, 16},   {2, 80, 48},  {27, 224, 80}, {64, 64, 64},  {65, 96, 64},
                                        {343, 48, 80}, {130, 16, 224}, {343, 80, 16}, {1000, 48, 32}, {66, 224, 224}};
  const zoo_pointwise *tables[] = {zoo_pointwise_select(8, 0), zoo_pointwise_select(16, 0), zoo_pointwise_select(16, 1)};
  for (int kind = 0; kind < 3; kind++)
    for (size_t n = 0; tables[kind] && n < sizeof shapes / sizeof *shapes; n++)
      for (int type = ZOO_F32; type <= ZOO_BF16; type++) {
        const zoo_pointwise_shape *s = shapes + n;
        char text[80];
        snprintf(text, sizeof text, "%d voxels, %d to %d channels as %s", (int)s->voxels, (int)s->input_channels,
                 (int)s->output_channels, type == ZOO_BF16 ? "bf16" : "f32");
        at = text, table = tables[kind]->name;
        tensor x = random_tensor(type, s->input_channels * s->voxels);
        float *scale = floats(s->input_channels), *shift = floats(s->input_channels);
        float *w = floats(s->input_channels * s->output_channels);
        const zoo_source input = {.x = x.kept, .scale = scale, .shift = shift, .voxels = s->voxels, .type = type,
                                  .activation = ZOO_RELU};
        const int bf16 = strstr(table, "bf16") != NULL;
        forward(tables[kind], bf16, s, &input, w, type);
        backward(tables[kind], bf16, s, &input, x.values, w, type, (int)n % 2);
        drop(x), free(scale), free(shift), free(w);
      }
  printf("pointwise convolutions, best %s: %s\n", tables[2] ? tables[2]->name : tables[1] ? tables[1]->name : "none",
         failures ? "FAILED" : "all hold");
  return failures != 0;
}
