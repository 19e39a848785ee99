// CShims/CStem against plain loops in double: every table this processor runs, on buffers of exactly the size they may touch.
// scripts/sanitize builds and runs it under sanitizers. Exit code 0 only if everything holds.
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "zoo_kernels.h"
#include "zoo_stem.h"

enum { BLOCK = 16 };
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

static const char *table;
static int number;
static void expect(const char *what, double actual, double expected, double magnitude) {
  if (fabs(actual - expected) <= 1e-6 * magnitude + 1e-7) return;
  if (failures++ < 20) printf("%s, shape %d, %s: %.9g, expected %.9g\n", table, number, what, actual, expected);
}

static int64_t volume(const int64_t *n) { return n[0] * n[1] * n[2]; }

// The input voxel that output voxel o sees through a tap, or −1.
static int64_t neighbour(const zoo_stem_shape *s, int64_t o, int64_t tap) {
  int64_t voxel = 0;
  const int64_t below[3] = {s->output[1] * s->output[2], s->output[2], 1}, taps[3] = {s->kernel[1] * s->kernel[2], s->kernel[2], 1};
  for (int a = 0; a < 3; a++) {
    const int64_t from = o / below[a] % s->output[a] * s->stride[a] + tap / taps[a] % s->kernel[a] * s->dilation[a] - s->padding[a];
    if (from < 0 || from >= s->input[a]) return -1;
    voxel = voxel * s->input[a] + from;
  }
  return voxel;
}

static void check(const zoo_stem *k, const zoo_stem_shape *s) {
  const int64_t in = volume(s->input), out = volume(s->output), taps = volume(s->kernel), C = s->input_channels, O = s->output_channels;
  float *x = floats((C * in + 15) / 16 * 16), *w = floats(O * C * taps), *bias = floats(O), *y = floats(O * out), *dy = floats(O * out);
  float *scale = floats(BLOCK), *shift = floats(BLOCK), *dw = floats(O * C * taps), *db = floats(O);
  for (int i = 0; i < BLOCK; i++) scale[i] = 0.5f, shift[i] = -0.25f;
  float *old = memcpy(bytes(O * C * taps * 4), dw, (size_t)(O * C * taps) * 4);
  float *old_bias = memcpy(bytes(O * 4), db, (size_t)O * 4);
  void *packed = bytes(k->packed_bytes(s)), *scratch = bytes(k->scratch_bytes(s));
  const zoo_source input = {.x = x, .scale = scale, .shift = shift, .voxels = (C * in + 15) / 16};
  const zoo_source gradient = {.x = dy, .voxels = out};
  const zoo_target target = {.values = y, .shift = bias, .voxels = out};
  k->pack(s, w, packed);
  for (int64_t parts = 1; parts < 4; parts += 2) {
    memset(y, 0xFF, (size_t)(O * out) * 4);
    for (int64_t part = 0; part < parts; part++) k->forward(s, &input, packed, &target, part, parts, scratch);
    for (int64_t o = 0; o < O; o++)
      for (int64_t v = 0; v < out; v++) {
        double sum = bias[o], magnitude = fabs(sum);
        for (int64_t c = 0; c < C; c++)
          for (int64_t t = 0; t < taps; t++) {
            const int64_t from = neighbour(s, v, t);
            if (from < 0) continue;
            const double product = (double)w[(o * C + c) * taps + t] * (0.5 * x[c * in + from] - 0.25);
            sum += product, magnitude += fabs(product);
          }
        expect("output", y[(o / BLOCK * out + v) * BLOCK + o % BLOCK], sum, magnitude);
      }
  }
  for (int accumulate = 1; accumulate >= 0; accumulate--) {
    k->weight_gradient(s, &input, &gradient, dw, db, accumulate, scratch);
    for (int64_t o = 0; o < O; o++) {
      double of_bias = accumulate ? old_bias[o] : 0, size = fabs(of_bias);
      const float *g = dy + o / BLOCK * out * BLOCK + o % BLOCK;
      for (int64_t v = 0; v < out; v++) of_bias += g[v * BLOCK], size += fabsf(g[v * BLOCK]);
      expect("bias gradient", db[o], of_bias, size);
      for (int64_t i = 0; i < C * taps; i++) {
        double sum = accumulate ? old[o * C * taps + i] : 0, magnitude = fabs(sum);
        for (int64_t v = 0; v < out; v++) {
          const int64_t from = neighbour(s, v, i % taps);
          if (from < 0) continue;
          const double product = g[v * BLOCK] * (0.5 * x[i / taps * in + from] - 0.25);
          sum += product, magnitude += fabs(product);
        }
        expect("weight gradient", dw[o * C * taps + i], sum, magnitude);
      }
    }
  }
  void *all[] = {x, w, bias, y, dy, scale, shift, dw, db, old, old_bias, packed, scratch};
  for (size_t i = 0; i < sizeof all / sizeof *all; i++) free(all[i]);
}

int main(void) {
  const zoo_stem_shape shapes[] = {
      {1, 32, {8, 8, 8}, {8, 8, 8}, {3, 3, 3}, {1, 1, 1}, {1, 1, 1}, {1, 1, 1}},
      {3, 48, {5, 7, 19}, {5, 7, 19}, {3, 3, 3}, {1, 1, 1}, {1, 1, 1}, {1, 1, 1}},
      {1, 16, {9, 8, 11}, {5, 4, 6}, {3, 3, 3}, {2, 2, 2}, {1, 1, 1}, {1, 1, 1}},
      {2, 64, {14, 9, 10}, {7, 5, 5}, {7, 5, 3}, {2, 2, 2}, {1, 1, 1}, {3, 2, 1}},
      {1, 16, {6, 7, 5}, {2, 3, 1}, {3, 3, 3}, {1, 1, 1}, {2, 2, 2}, {0, 0, 0}},
      {3, 16, {4, 3, 5}, {4, 3, 5}, {1, 1, 1}, {1, 1, 1}, {1, 1, 1}, {0, 0, 0}},
      {1, 80, {1, 1, 1}, {1, 1, 1}, {3, 3, 3}, {1, 1, 1}, {1, 1, 1}, {1, 1, 1}},
      {1, 32, {9, 9, 9}, {2, 2, 2}, {2, 2, 2}, {5, 5, 5}, {1, 1, 1}, {0, 0, 0}},
  };
  for (int lanes = 16; lanes >= 8; lanes -= 8) {
    const zoo_stem *k = zoo_stem_select(lanes);
    if (!k) continue;
    table = k->name;
    for (number = 0; number < (int)(sizeof shapes / sizeof *shapes); number++) {
      if (!zoo_stem_fits(shapes + number)) failures++;
      check(k, shapes + number);
    }
    printf("%s: %d failures\n", table, failures);
  }
  return failures != 0;
}
