// CShims/CKernels and CShims/CWinograd against plain loops in double, every table this processor runs, on buffers of exactly the
// size they may touch. scripts/sanitize builds and runs it under sanitizers. Exit code 0 only if everything holds.
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "zoo_kernels.h"
#include "zoo_winograd.h"

enum { LANES = 16, BLOCKS = 2, D = 3, H = 5, W = 7, VOXELS = D * H * W, COUNT = BLOCKS * VOXELS * LANES };
static int failures = 0;

static float *floats(size_t count) {
  float *p = aligned_alloc(64, (count * sizeof *p + 63) / 64 * 64);
  if (!p) exit(2);
  for (size_t i = 0; i < count; i++) p[i] = (float)rand() / (float)RAND_MAX * 2 - 1;
  return p;
}

static void expect(const char *table, const char *what, double actual, double expected, double tolerance) {
  if (fabs(actual - expected) <= tolerance) return;
  if (failures++ < 20) printf("%s, %s: %.9g, expected %.9g\n", table, what, actual, expected);
}

// What bf16 keeps of a value: the nearest of 8 bits of precision, ties to even.
static float rounded(float value) {
  uint32_t bits;
  memcpy(&bits, &value, sizeof bits);
  bits = (bits + 0x7FFF + ((bits >> 16) & 1)) & 0xFFFF0000u;
  memcpy(&value, &bits, sizeof value);
  return value;
}

// A tensor of values as the type keeps them; `values` become what is kept.
static void *stored(int type, float *values) {
  if (type == ZOO_F32) {
    float *copy = floats(COUNT);
    memcpy(copy, values, COUNT * sizeof *copy);
    return copy;
  }
  uint16_t *halves = aligned_alloc(64, (COUNT * sizeof *halves + 63) / 64 * 64);
  if (!halves) exit(2);
  for (int i = 0; i < COUNT; i++) {
    uint32_t bits;
    values[i] = rounded(values[i]);
    memcpy(&bits, &values[i], sizeof bits);
    halves[i] = (uint16_t)(bits >> 16);
  }
  return halves;
}

static double kept(int type, const void *tensor, int at) {
  if (type == ZOO_F32) return ((const float *)tensor)[at];
  uint32_t bits = (uint32_t)((const uint16_t *)tensor)[at] << 16;
  float value;
  memcpy(&value, &bits, sizeof value);
  return value;
}

static double act(int kind, double u) {
  switch (kind) {
    case ZOO_RELU: return u > 0 ? u : 0;
    case ZOO_LEAKY_RELU: return u > 0 ? u : 0.5 * u;
    case ZOO_ELU: return u > 0 ? u : 0.5 * expm1(u);
    case ZOO_SIGMOID: return 1 / (1 + exp(-u));
    default: return u;
  }
}

static double slope(int kind, double u) {
  switch (kind) {
    case ZOO_RELU: return u > 0 ? 1 : 0;
    case ZOO_LEAKY_RELU: return u > 0 ? 1 : 0.5;
    case ZOO_ELU: return u > 0 ? 1 : 0.5 * exp(u);
    case ZOO_SIGMOID: return act(kind, u) * (1 - act(kind, u));
    default: return 1;
  }
}

// read, write, take and moments over whole tensors, in runs of 40 voxels.
static void streams(const zoo_kernels *k, int type, int kind) {
  enum { RUN = 40, PLACES = BLOCKS * LANES };
  const double step = type == ZOO_BF16 ? 1.0 / 256 : 1e-6;
  float *x = floats(COUNT), *z = floats(COUNT), *g = floats(COUNT), *da = floats(COUNT), *a = floats(COUNT);
  float *sum = floats(COUNT), *scale = floats(PLACES), *shift = floats(PLACES), *mean = floats(PLACES);
  void *kept_x = stored(type, x), *kept_z = stored(type, z), *kept_g = stored(type, g), *kept_y = stored(type, sum);
  double sums[2 * PLACES] = {0};
  zoo_tally tallies[BLOCKS];
  zoo_moment moments[PLACES];
  memset(tallies, 0, sizeof tallies);
  const zoo_source source = {.x = kept_x, .scale = scale, .shift = shift, .voxels = VOXELS, .type = type,
                             .activation = kind, .alpha = 0.5f};
  const zoo_source joined = {.x = kept_x, .z = kept_z, .scale = scale, .slope = mean, .shift = shift, .voxels = VOXELS,
                             .type = type, .activation = ZOO_IDENTITY};
  const zoo_target target = {.values = kept_y, .scale = scale, .shift = shift, .tallies = tallies, .voxels = VOXELS,
                             .type = type, .activation = kind, .alpha = 0.5f};
  const zoo_sink sink = {.g = kept_g, .x = kept_x, .scale = scale, .shift = shift, .mean = mean, .sums = sums,
                         .places = PLACES, .voxels = VOXELS, .type = type, .activation = kind, .alpha = 0.5f,
                         .accumulates = 1};
  for (int b = 0; b < BLOCKS; b++)
    for (int v = 0; v < VOXELS; v += RUN) {
      int count = VOXELS - v < RUN ? VOXELS - v : RUN, at = (b * VOXELS + v) * LANES;
      k->read(&source, b, v, count, a + at);
      k->read(&joined, b, v, count, sum + at);
      k->write(&target, b, v, count, da + at);
      k->take(&sink, b, v, count, da + at);
    }
  k->moments(tallies, BLOCKS, moments);
  for (int c = 0; c < PLACES; c++) {
    double first = 0, second = 0, total = 0, squares = 0;
    for (int v = 0; v < VOXELS; v++) {
      int at = (c / LANES * VOXELS + v) * LANES + c % LANES;
      double u = (double)scale[c] * x[at] + shift[c], d = da[at] * slope(kind, u);
      expect(k->name, "joined", sum[at], (double)scale[c] * x[at] + (double)mean[c] * z[at] + shift[c], 1e-6);
      expect(k->name, "written", kept(type, kept_y, at), act(kind, (double)scale[c] * da[at] + shift[c]), step * 2);
      if (fabs(u) > 1e-6) {
        expect(k->name, "read", a[at], act(kind, u), 1e-6);
        expect(k->name, "taken", kept(type, kept_g, at), g[at] + scale[c] * d, step * 2);
      }
      first += d;
      second += d * ((double)x[at] - mean[c]);
      total += kept(type, kept_y, at);
    }
    for (int v = 0; v < VOXELS; v++) {
      double from = kept(type, kept_y, (c / LANES * VOXELS + v) * LANES + c % LANES) - total / VOXELS;
      squares += from * from;
    }
    expect(k->name, "sum", sums[c], first, 1e-4);
    expect(k->name, "centred sum", sums[PLACES + c], second, 1e-4);
    expect(k->name, "mean", moments[c].mean, total / VOXELS, 1e-6);
    expect(k->name, "squares", moments[c].squares, squares, 1e-4);
  }
  free(x), free(z), free(g), free(da), free(a), free(sum), free(scale), free(shift), free(mean);
  free(kept_x), free(kept_z), free(kept_g), free(kept_y);
}

// bf16 rounds ties to even, and what is not a number stays so.
static void rounding(const zoo_kernels *k) {
  const float values[LANES] = {1.0f + 1.0f / 256, 1.0f + 3.0f / 256, -1.0f - 1.0f / 256, NAN, INFINITY, -INFINITY, 3e38f, -0.0f};
  const float expected[LANES] = {1.0f, 1.0f + 4.0f / 256, -1.0f, NAN, INFINITY, -INFINITY, 3e38f, -0.0f};
  uint16_t out[LANES];
  float back[LANES];
  const zoo_target target = {.values = out, .voxels = 1, .type = ZOO_BF16};
  const zoo_source source = {.x = out, .voxels = 1, .type = ZOO_BF16};
  k->write(&target, 0, 0, 1, values);
  k->read(&source, 0, 0, 1, back);
  for (int c = 0; c < LANES; c++) {
    int same = isnan(expected[c]) ? isnan(back[c]) : isinf(expected[c]) ? back[c] == expected[c]
                                                    : fabsf(back[c] - expected[c]) <= fabsf(expected[c]) / 300;
    if (c < 3) same = back[c] == expected[c];
    if (!same && failures++ < 20) printf("%s, rounding: %g, expected %g\n", k->name, back[c], expected[c]);
  }
}

// What is not a number is none after an activation or a pool, wherever it stands in a vector or a window.
static void not_numbers(const zoo_kernels *k, int kind) {
  const zoo_window window = {{1, 1, 3}, {1, 1, 1}, {1, 1, 3}, {1, 1, 3}, {0, 0, 0}, 0};
  for (int place = 0; place < 3 * LANES; place++) {
    float x[3 * LANES] __attribute__((aligned(64))), y[3 * LANES] __attribute__((aligned(64))), most[LANES];
    float dy[LANES], dx[3 * LANES] = {0};
    for (int i = 0; i < 3 * LANES; i++) x[i] = (float)(i % 5) - 2;
    for (int c = 0; c < LANES; c++) dy[c] = 1;
    x[place] = NAN;
    const zoo_source source = {.x = x, .voxels = 3, .type = ZOO_F32, .activation = kind, .alpha = 0.3f};
    const zoo_target target = {.values = y, .voxels = 3, .type = ZOO_F32, .activation = kind, .alpha = 0.3f};
    k->read(&source, 0, 0, 3, y);
    for (int i = 0; i < 3 * LANES; i++) expect(k->name, "not a number, read", isnan(y[i]), i == place, 0);
    k->write(&target, 0, 0, 3, x);
    for (int i = 0; i < 3 * LANES; i++) expect(k->name, "not a number, written", isnan(y[i]), i == place, 0);
    k->max_pool(x, most, 1, &window);
    k->max_pool_backward(x, dy, dx, 1, &window);
    expect(k->name, "not a number, pooled", isnan(most[place % LANES]), 1, 0);
    expect(k->name, "not a number, its gradient", dx[place], 1, 0);
  }
}

static void whole(const zoo_kernels *k) {
  float *x = floats(COUNT), *a = floats(COUNT), *g = floats(COUNT), *mean = floats(BLOCKS * LANES);
  k->dropout(a, 1, VOXELS, VOXELS, 0.5f, 0, 7);
  k->dropout(a, 0, 0, VOXELS, 0.5f, 1, 7);
  k->add(x, a, COUNT - 3);
  k->global_mean(x, mean, BLOCKS, VOXELS);
  k->global_mean_backward(mean, g, BLOCKS, VOXELS);
  free(x), free(a), free(g), free(mean);
}

// Both pools and their gradients by their definition; values on a coarse grid, so that greatest ones meet their like.
static void pool(const zoo_kernels *k, const zoo_window *w) {
  const int O = (int)(w->output[0] * w->output[1] * w->output[2]), out_count = BLOCKS * O * LANES;
  float *x = floats(COUNT), *dx[2] = {floats(COUNT), floats(COUNT)}, *y[2] = {floats(out_count), floats(out_count)};
  float *dy = floats(out_count);
  double *want = calloc(2 * COUNT, sizeof *want);
  if (!want) exit(2);
  for (int i = 0; i < COUNT; i++) x[i] = roundf(x[i] * 4), want[i] = dx[0][i], want[COUNT + i] = dx[1][i];
  k->average_pool(x, y[0], BLOCKS, w);
  k->max_pool(x, y[1], BLOCKS, w);
  k->average_pool_backward(dy, dx[0], BLOCKS, w);
  k->max_pool_backward(x, dy, dx[1], BLOCKS, w);
  for (int i = 0; i < out_count; i++) {
    const int block = i / (O * LANES), o = i / LANES % O, c = i % LANES;
    const int64_t at[3] = {o / (w->output[1] * w->output[2]), o / w->output[2] % w->output[1], o % w->output[2]};
    int taps[64], count = 0, first = 0;
    double sum = 0;
    for (int t = 0; t < w->kernel[0] * w->kernel[1] * w->kernel[2]; t++) {
      int64_t z = at[0] * w->stride[0] - w->padding_before[0] + t / (w->kernel[1] * w->kernel[2]);
      int64_t r = at[1] * w->stride[1] - w->padding_before[1] + t / w->kernel[2] % w->kernel[1];
      int64_t v = at[2] * w->stride[2] - w->padding_before[2] + t % w->kernel[2];
      if (z < 0 || r < 0 || v < 0 || z >= D || r >= H || v >= W) continue;
      taps[count] = (int)((block * VOXELS + (z * H + r) * W + v) * LANES + c);
      sum += x[taps[count]];
      if (x[taps[count]] > x[taps[first]]) first = count;
      count++;
    }
    const double share = 1.0 / (double)(w->counts_padding ? w->kernel[0] * w->kernel[1] * w->kernel[2] : count);
    expect(k->name, "average_pool", y[0][i], sum * share, 1e-6);
    expect(k->name, "max_pool", y[1][i], x[taps[first]], 0);
    for (int t = 0; t < count; t++) want[taps[t]] += dy[i] * share;
    want[COUNT + taps[first]] += dy[i];
  }
  for (int i = 0; i < COUNT; i++) {
    expect(k->name, "average_pool_backward", dx[0][i], want[i], 4e-6);
    expect(k->name, "max_pool_backward", dx[1][i], want[COUNT + i], 4e-6);
  }
  free(x), free(dx[0]), free(dx[1]), free(y[0]), free(y[1]), free(dy), free(want);
}

static void pools(const zoo_kernels *k) {
  const zoo_window windows[] = {
      {{D, H, W}, {2, 3, 4}, {3, 3, 3}, {2, 2, 2}, {1, 1, 1}, 0}, {{D, H, W}, {2, 3, 4}, {3, 3, 3}, {2, 2, 2}, {1, 1, 1}, 1},
      {{D, H, W}, {1, 2, 3}, {2, 2, 2}, {2, 2, 2}, {0, 0, 0}, 0}, {{D, H, W}, {3, 2, 5}, {1, 4, 4}, {1, 2, 1}, {0, 1, 1}, 0},
      {{D, H, W}, {1, 2, 2}, {2, 1, 1}, {3, 3, 4}, {0, 0, 0}, 0}};
  for (size_t i = 0; i < sizeof windows / sizeof *windows; i++) pool(k, windows + i);
}

static void layouts(const zoo_kernels *k) {
  enum { CHANNELS = 21 };
  int32_t place[CHANNELS];
  for (int c = 0; c < CHANNELS; c++) place[c] = c < 5 ? c : c + 11;
  float *plain = floats(CHANNELS * VOXELS), *x = floats(COUNT), *y = floats(COUNT), *back = floats(CHANNELS * VOXELS);
  k->to_blocks(plain, x, CHANNELS, BLOCKS, VOXELS, place);
  k->to_plain(x, back, CHANNELS, VOXELS, place);
  for (int i = 0; i < CHANNELS * VOXELS; i++) expect(k->name, "layout", back[i], plain[i], 0);
  k->softmax(x, y, CHANNELS, BLOCKS, VOXELS, place);
  k->softmax_backward(y, x, x, CHANNELS, BLOCKS, VOXELS, place);
  k->sum_slots(plain, VOXELS, VOXELS, CHANNELS, back);
  free(plain), free(x), free(y), free(back);
}

// A volume with edges that no tile divides, in blocks of 16 channels.
enum { WD = 3, WH = 6, WW = 9, WV = WD * WH * WW, IN = 16, OUT = 32 };

static double voxel(const float *x, int c, int z, int y, int i) {
  if (z < 0 || y < 0 || i < 0 || z >= WD || y >= WH || i >= WW) return 0;
  return x[(c / LANES * WV + (z * WH + y) * WW + i) * LANES + c % LANES];
}

// relu(scale·x + shift) by weights, and the gradients of that, all by their definition.
static void winograd(const zoo_winograd *k, double tolerance) {
  const zoo_winograd_shape s = {{WD, WH, WW}, IN, OUT};
  float *x = floats(IN * WV), *y = floats(OUT * WV), *w = floats(OUT * IN * 27), *dw = floats(OUT * IN * 27);
  float *bias = floats(OUT), *dx = floats(IN * WV), *db = floats(OUT), *dy = floats(OUT * WV), *a = floats(IN * WV);
  float *scale = floats(IN), *shift = floats(IN), *old_dw = floats(OUT * IN * 27), *old_db = floats(OUT);
  float *packed = floats(k->packed_bytes(&s) / sizeof(float)), *scratch = floats(k->scratch_bytes(&s, 1) / sizeof(float));
  for (int i = 0; i < IN * WV; i++) a[i] = fmaxf(scale[i % LANES] * x[i] + shift[i % LANES], 0);
  memcpy(old_dw, dw, OUT * IN * 27 * sizeof *dw), memcpy(old_db, db, OUT * sizeof *db);

  const zoo_source input = {.x = x, .scale = scale, .shift = shift, .voxels = WV, .activation = ZOO_RELU};
  const zoo_source gradient = {.x = dy, .voxels = WV};
  const zoo_target output = {.values = y, .shift = bias, .voxels = WV};
  const zoo_sink sink = {.g = dx, .voxels = WV};
  k->pack_forward(&s, w, packed);
  for (int part = 0; part < 3; part++) k->forward(&s, &input, packed, &output, part, 3, scratch);
  k->pack_data(&s, w, packed);
  k->data_gradient(&s, &gradient, packed, &sink, 0, 1, scratch);
  k->weight_gradient(&s, &input, &gradient, dw, db, 1, scratch);

  for (int v = 0; v < WV; v++) {
    int z = v / (WH * WW), r = v / WW % WH, i = v % WW, o = v % OUT, c = v % IN;
    double out = bias[o], in = 0;
    for (int t = 0; t < 27; t++) {
      int tz = t / 9 - 1, ty = t / 3 % 3 - 1, tx = t % 3 - 1;
      for (int n = 0; n < IN; n++) out += w[(o * IN + n) * 27 + t] * voxel(a, n, z + tz, r + ty, i + tx);
      for (int n = 0; n < OUT; n++) in += w[(n * IN + c) * 27 + t] * voxel(dy, n, z - tz, r - ty, i - tx);
    }
    expect(k->name, "output", voxel(y, o, z, r, i), out, tolerance);
    expect(k->name, "input gradient", voxel(dx, c, z, r, i), in, tolerance);
  }
  for (int n = 0; n < OUT * IN; n++) {
    int o = n / IN, c = n % IN, t = n % 27;
    double weight = old_dw[n * 27 + t], sum = old_db[o];
    for (int v = 0; v < WV; v++) {
      int z = v / (WH * WW), r = v / WW % WH, i = v % WW;
      double d = voxel(dy, o, z, r, i);
      sum += d;
      weight += d * voxel(a, c, z + t / 9 - 1, r + t / 3 % 3 - 1, i + t % 3 - 1);
    }
    expect(k->name, "weight gradient", dw[n * 27 + t], weight, tolerance);
    expect(k->name, "bias gradient", db[o], sum, 1e-5);
  }
  free(x), free(y), free(w), free(dw), free(bias), free(dx), free(db), free(dy), free(a), free(scale), free(shift);
  free(old_dw), free(old_db), free(packed), free(scratch);
}

// What is not a number in the input is not one in every output that sees it, and nothing else is touched by it but its tiles.
static void not_a_number(const zoo_winograd *k) {
  const zoo_winograd_shape s = {{9, 9, 9}, 16, 16};
  float *x = floats(16 * 729), *y = floats(16 * 729), *w = floats(16 * 16 * 27);
  float *packed = floats(k->packed_bytes(&s) / sizeof(float)), *scratch = floats(k->scratch_bytes(&s, 0) / sizeof(float));
  const zoo_source input = {.x = x, .voxels = 729};
  const zoo_target output = {.values = y, .voxels = 729};
  k->pack_forward(&s, w, packed);
  const float bad[] = {NAN, INFINITY, -INFINITY};
  for (int i = 0; i < 3; i++) {
    const float good = x[5];
    x[5] = bad[i];
    k->forward(&s, &input, packed, &output, 0, 1, scratch);
    for (int c = 0; c < 16; c++) {
      expect(k->name, "finite beside what is not", isfinite(y[c]), 0, 0);
      expect(k->name, "finite far from what is not", isfinite(y[728 * 16 + c]), 1, 0);
    }
    x[5] = good;
  }
  free(x), free(y), free(w), free(packed), free(scratch);
}

int main(void) {
  const zoo_kernels *best = zoo_kernels_select();
  const zoo_kernels *tables[] = {&zoo_kernels_generic, &zoo_kernels_avx2, &zoo_kernels_avx512, &zoo_kernels_avx512_bf16};
  int last = 0;
  while (tables[last] != best) last++;
  for (int i = 0; i <= last; i++) {
    for (int kind = ZOO_IDENTITY; kind <= ZOO_SIGMOID; kind++) {
      streams(tables[i], ZOO_F32, kind);
      streams(tables[i], ZOO_BF16, kind);
      not_numbers(tables[i], kind);
    }
    rounding(tables[i]);
    whole(tables[i]);
    pools(tables[i]);
    layouts(tables[i]);
  }
  for (int lanes = 8; lanes <= 16; lanes += 8)
    for (int tile = 2; tile <= 4; tile += 2) {
      const zoo_winograd *table = zoo_winograd_select(lanes, tile, 0), *integers = zoo_winograd_select(lanes, tile, 1);
      if (table) winograd(table, 1e-4), not_a_number(table);
      if (integers != table) winograd(integers, 0.05), not_a_number(integers);
    }
  printf("%d tables of loops, best %s: %s\n", last + 1, best->name, failures ? "FAILED" : "all hold");
  return failures != 0;
}
