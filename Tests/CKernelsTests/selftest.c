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

static void elementwise(const zoo_kernels *k) {
  float *x = floats(COUNT), *a = floats(COUNT), *da = floats(COUNT), *g = floats(COUNT);
  float *scale = floats(BLOCKS * LANES), *shift = floats(BLOCKS * LANES), *mean = floats(BLOCKS * LANES);
  double sums[2 * BLOCKS * LANES];
  zoo_moment moments[BLOCKS * LANES];
  zoo_prologue p = {scale, shift, ZOO_RELU, 0};
  k->apply(x, a, BLOCKS, VOXELS, &p);
  k->measure(x, BLOCKS, VOXELS, moments);
  k->apply_backward(da, x, g, 0, BLOCKS, VOXELS, &p, mean, sums);
  for (int c = 0; c < BLOCKS * LANES; c++) {
    double first = 0, second = 0, total = 0, squares = 0;
    for (int v = 0; v < VOXELS; v++) {
      int at = (c / LANES * VOXELS + v) * LANES + c % LANES;
      double u = (double)scale[c] * x[at] + shift[c];
      double d = u > 0 ? da[at] : 0;
      if (fabs(u) > 1e-6) {
        expect(k->name, "relu", a[at], u > 0 ? u : 0, 1e-6);
        expect(k->name, "its gradient", g[at], scale[c] * d, 1e-6);
      }
      first += d;
      second += d * ((double)x[at] - mean[c]);
      total += x[at];
    }
    for (int v = 0; v < VOXELS; v++) {
      double from = x[(c / LANES * VOXELS + v) * LANES + c % LANES] - total / VOXELS;
      squares += from * from;
    }
    expect(k->name, "sum", sums[c], first, 1e-4);
    expect(k->name, "centred sum", sums[BLOCKS * LANES + c], second, 1e-4);
    expect(k->name, "mean", moments[c].mean, total / VOXELS, 1e-6);
    expect(k->name, "squares", moments[c].squares, squares, 1e-4);
  }
  for (int kind = ZOO_IDENTITY; kind <= ZOO_SIGMOID; kind++) {
    zoo_prologue plain = {NULL, NULL, kind, 0.5f};
    k->apply_add(x, a, BLOCKS, VOXELS, &plain);
    k->apply_backward(da, x, g, 1, BLOCKS, VOXELS, &plain, NULL, NULL);
  }
  k->finish(g, x, g, BLOCKS, VOXELS, mean, scale, shift);
  k->dropout(a, BLOCKS, VOXELS, 0.5f, 0, 7);
  k->add(x, a, COUNT - 3);
  k->global_mean(x, mean, BLOCKS, VOXELS);
  k->global_mean_backward(mean, g, BLOCKS, VOXELS);
  free(x), free(a), free(da), free(g), free(scale), free(shift), free(mean);
}

static void pools(const zoo_kernels *k) {
  const zoo_window w = {{D, H, W}, {2, 3, 4}, {3, 3, 3}, {2, 2, 2}, {1, 1, 1}, 0};
  int outputs = 2 * 3 * 4;
  float *x = floats(COUNT), *dx = floats(COUNT), *y = floats((size_t)(BLOCKS * outputs * LANES));
  k->average_pool(x, y, BLOCKS, &w);
  k->average_pool_backward(y, dx, BLOCKS, &w);
  k->max_pool(x, y, BLOCKS, &w);
  for (int z = 0; z < 2; z++)
    for (int r = 0; r < 3; r++)
      for (int c = 0; c < 4; c++) {
        double most = -1e9;
        for (int i = 0; i < 27; i++) {
          int iz = 2 * z - 1 + i / 9, ir = 2 * r - 1 + i / 3 % 3, ic = 2 * c - 1 + i % 3;
          if (iz < 0 || ir < 0 || ic < 0 || iz >= D || ir >= H || ic >= W) continue;
          most = fmax(most, x[((iz * H + ir) * W + ic) * LANES]);
        }
        expect(k->name, "max_pool", y[((z * 3 + r) * 4 + c) * LANES], most, 0);
      }
  k->max_pool_backward(x, y, dx, BLOCKS, &w);
  free(x), free(dx), free(y);
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

static void winograd(const zoo_winograd *k) {
  const zoo_winograd_shape s = {{4, 8, 12}, 16, 32};
  enum { IN = 16, OUT = 32, V = 4 * 8 * 12 };
  float *x = floats(IN * V), *y = floats(OUT * V), *w = floats(OUT * IN * 27), *dw = floats(OUT * IN * 27);
  float *bias = floats(OUT), *dx = floats(IN * V), *db = floats(OUT);
  float *packed = floats(zoo_winograd_packed_bytes(&s) / sizeof(float));
  float *scratch = floats(k->scratch_bytes(&s, 1) / sizeof(float));
  k->pack_forward(&s, w, packed);
  k->forward(&s, x, packed, bias, y, scratch);
  for (int o = 0; o < OUT; o += 7)
    for (int v = 0; v < V; v += 5) {
      int z = v / 96, r = v / 12 % 8, c = v % 12;
      double sum = bias[o];
      for (int i = 0; i < IN; i++)
        for (int t = 0; t < 27; t++) {
          int iz = z - 1 + t / 9, ir = r - 1 + t / 3 % 3, ic = c - 1 + t % 3;
          if (iz < 0 || ir < 0 || ic < 0 || iz >= 4 || ir >= 8 || ic >= 12) continue;
          sum += (double)w[(o * IN + i) * 27 + t] * x[((iz * 8 + ir) * 12 + ic) * LANES + i];
        }
      expect(k->name, "winograd", y[(o / LANES * V + v) * LANES + o % LANES], sum, 1e-3);
    }
  k->weight_gradient(&s, x, y, dw, db, scratch);
  k->pack_data(&s, w, packed);
  k->data_gradient(&s, y, packed, dx, scratch);
  free(x), free(y), free(w), free(dw), free(bias), free(dx), free(db), free(packed), free(scratch);
}

int main(void) {
  const zoo_kernels *best = zoo_kernels_select();
  const zoo_kernels *tables[] = {&zoo_kernels_generic, &zoo_kernels_avx2, &zoo_kernels_avx512};
  int last = best == &zoo_kernels_avx512 ? 2 : best == &zoo_kernels_avx2 ? 1 : 0;
  for (int i = 0; i <= last; i++) {
    elementwise(tables[i]);
    pools(tables[i]);
    layouts(tables[i]);
  }
  for (int lanes = 8; lanes <= 16; lanes += 8) {
    const zoo_winograd *table = zoo_winograd_select(lanes);
    if (table) winograd(table);
  }
  printf("%d tables of loops, best %s: %s\n", last + 1, best->name, failures ? "FAILED" : "all hold");
  return failures != 0;
}
