// The source of every table in zoo_kernels.h, compiled once a processor kind (ZOO_TARGET). A vector holds the 16 channels of
// one voxel; the compiler splits it where registers are narrower.
#include <math.h>
#include <string.h>

#include "zoo_kernels.h"

#ifdef ZOO_TARGET
#pragma clang attribute push(__attribute__((target(ZOO_TARGET))), apply_to = function)
#endif
#pragma clang fp contract(fast)

#define INLINE static inline __attribute__((always_inline))
#define LANES 16

typedef float vec __attribute__((vector_size(64)));
typedef float vec_unaligned __attribute__((vector_size(64), aligned(4)));
typedef int32_t mask __attribute__((vector_size(64)));
typedef double wide __attribute__((vector_size(128)));
typedef double wide_unaligned __attribute__((vector_size(128), aligned(8)));

enum { CHUNK = 512 };  // voxels summed in f32 before the sum goes to f64

#define LOAD(p) (*(const vec_unaligned *)(p))
#define STORE(p, v) (*(vec_unaligned *)(p) = (v))
#define SELECT(m, a, b) ((vec)(((m) & (mask)(a)) | (~(m) & (mask)(b))))
#define ADD_WIDE(p, v) (*(wide_unaligned *)(p) += __builtin_convertvector((v), wide))

INLINE void act_values(vec *u, int activation, float alpha) {
  vec zero = {0};
  switch (activation) {
    case ZOO_RELU: *u = SELECT(*u > zero, *u, zero); break;
    case ZOO_LEAKY_RELU: *u = SELECT(*u > zero, *u, *u * alpha); break;
    case ZOO_ELU:
      for (int i = 0; i < LANES; i++) (*u)[i] = (*u)[i] > 0 ? (*u)[i] : alpha * expm1f((*u)[i]);
      break;
    case ZOO_SIGMOID:
      for (int i = 0; i < LANES; i++) (*u)[i] = 1.0f / (1.0f + expf(-(*u)[i]));
      break;
    default: break;
  }
}

// d ·= act'(u)
INLINE void act_slope(vec *d, const vec *at, int activation, float alpha) {
  vec zero = {0};
  vec u = *at;
  switch (activation) {
    case ZOO_RELU: *d = SELECT(u > zero, *d, zero); break;
    case ZOO_LEAKY_RELU: *d = SELECT(u > zero, *d, *d * alpha); break;
    case ZOO_ELU:
      for (int i = 0; i < LANES; i++)
        if (!(u[i] > 0)) (*d)[i] *= alpha * expf(u[i]);
      break;
    case ZOO_SIGMOID:
      for (int i = 0; i < LANES; i++) {
        float s = 1.0f / (1.0f + expf(-u[i]));
        (*d)[i] *= s * (1.0f - s);
      }
      break;
    default: break;
  }
}

INLINE void apply_as(const float *x, float *a, int64_t blocks, int64_t voxels, const zoo_prologue *p, int activation,
                     int adds) {
  for (int64_t b = 0; b < blocks; b++) {
    vec scale = {0}, shift = {0};
    scale += 1.0f;
    if (p->scale) {
      scale = LOAD(p->scale + b * LANES);
      shift = LOAD(p->shift + b * LANES);
    }
    const float *from = x + b * voxels * LANES;
    float *to = a + b * voxels * LANES;
    for (int64_t i = 0; i < voxels * LANES; i += LANES) {
      vec u = LOAD(from + i) * scale + shift;
      act_values(&u, activation, p->alpha);
      if (adds) u += LOAD(to + i);
      STORE(to + i, u);
    }
  }
}

// The activation is a constant in each call, so that each loop is compiled without a test inside.
#define BY_ACTIVATION(call)                              \
  switch (p->activation) {                               \
    case ZOO_RELU: call(ZOO_RELU); break;                \
    case ZOO_LEAKY_RELU: call(ZOO_LEAKY_RELU); break;    \
    case ZOO_ELU: call(ZOO_ELU); break;                  \
    case ZOO_SIGMOID: call(ZOO_SIGMOID); break;          \
    default: call(ZOO_IDENTITY); break;                  \
  }

static void apply(const float *x, float *a, int64_t blocks, int64_t voxels, const zoo_prologue *p) {
#define CALL(activation) apply_as(x, a, blocks, voxels, p, activation, 0)
  BY_ACTIVATION(CALL)
#undef CALL
}

static void apply_add(const float *x, float *y, int64_t blocks, int64_t voxels, const zoo_prologue *p) {
#define CALL(activation) apply_as(x, y, blocks, voxels, p, activation, 1)
  BY_ACTIVATION(CALL)
#undef CALL
}

INLINE void backward_as(const float *da, const float *x, float *g, int accumulate, int64_t blocks, int64_t voxels,
                        const zoo_prologue *p, const float *mean, double *sums, int activation) {
  for (int64_t b = 0; b < blocks; b++) {
    vec scale = {0}, shift = {0}, centre = {0};
    scale += 1.0f;
    if (p->scale) {
      scale = LOAD(p->scale + b * LANES);
      shift = LOAD(p->shift + b * LANES);
    }
    if (sums) centre = LOAD(mean + b * LANES);
    double *first = sums ? sums + b * LANES : 0, *second = sums ? sums + (blocks + b) * LANES : 0;
    if (sums) {
      memset(first, 0, LANES * sizeof *first);
      memset(second, 0, LANES * sizeof *second);
    }
    for (int64_t start = 0; start < voxels; start += CHUNK) {
      int64_t end = start + CHUNK < voxels ? start + CHUNK : voxels;
      vec s = {0}, q = {0};
      for (int64_t i = (b * voxels + start) * LANES; i < (b * voxels + end) * LANES; i += LANES) {
        vec value = LOAD(x + i), d = LOAD(da + i);
        vec u = value * scale + shift;
        act_slope(&d, &u, activation, p->alpha);
        s += d;
        q += d * (value - centre);
        if (g) STORE(g + i, accumulate ? LOAD(g + i) + scale * d : scale * d);
      }
      if (sums) {
        ADD_WIDE(first, s);
        ADD_WIDE(second, q);
      }
    }
  }
}

static void apply_backward(const float *da, const float *x, float *g, int32_t accumulate, int64_t blocks,
                           int64_t voxels, const zoo_prologue *p, const float *mean, double *sums) {
#define ADDING(activation) backward_as(da, x, g, 1, blocks, voxels, p, mean, sums, activation)
#define WRITING(activation) backward_as(da, x, g, 0, blocks, voxels, p, mean, sums, activation)
  if (accumulate) {
    BY_ACTIVATION(ADDING)
  } else {
    BY_ACTIVATION(WRITING)
  }
#undef ADDING
#undef WRITING
}

static void moments(const float *x, int64_t blocks, int64_t voxels, zoo_moment *out) {
  for (int64_t b = 0; b < blocks; b++) {
    const float *from = x + b * voxels * LANES;
    vec first = LOAD(from);
    double s[LANES] = {0}, q[LANES] = {0};
    for (int64_t start = 0; start < voxels; start += CHUNK) {
      int64_t end = start + CHUNK < voxels ? start + CHUNK : voxels;
      vec sum[2] = {{0}, {0}}, square[2] = {{0}, {0}};  // two chains hide the latency of the additions
      int64_t i = start;
      for (; i + 1 < end; i += 2)
        for (int k = 0; k < 2; k++) {
          vec d = LOAD(from + (i + k) * LANES) - first;
          sum[k] += d;
          square[k] += d * d;
        }
      for (; i < end; i++) {
        vec d = LOAD(from + i * LANES) - first;
        sum[0] += d;
        square[0] += d * d;
      }
      ADD_WIDE(s, sum[0] + sum[1]);
      ADD_WIDE(q, square[0] + square[1]);
    }
    for (int c = 0; c < LANES; c++) {
      double squares = q[c] - s[c] * s[c] / (double)voxels;
      out[b * LANES + c] = (zoo_moment){first[c] + s[c] / (double)voxels, squares > 0 ? squares : 0 * squares};
    }
  }
}

static void finish(const float *g, const float *x, float *dy, int64_t blocks, int64_t voxels, const float *mean,
                   const float *c0, const float *c1) {
  for (int64_t b = 0; b < blocks; b++) {
    vec slope = LOAD(c1 + b * LANES), rest = LOAD(c0 + b * LANES) - slope * LOAD(mean + b * LANES);
    for (int64_t i = b * voxels * LANES; i < (b + 1) * voxels * LANES; i += LANES)
      STORE(dy + i, LOAD(g + i) + (LOAD(x + i) * slope + rest));
  }
}

static void add(const float *x, float *y, int64_t count) {
  int64_t i = 0;
  for (; i + LANES <= count; i += LANES) STORE(y + i, LOAD(y + i) + LOAD(x + i));
  for (; i < count; i++) y[i] += x[i];
}

static void sum_slots(const float *slots, int64_t stride, int64_t count, int64_t slot_count, float *out) {
  int64_t i = 0;
  for (; i + LANES <= count; i += LANES) {
    vec sum = LOAD(slots + i);
    for (int64_t k = 1; k < slot_count; k++) sum += LOAD(slots + k * stride + i);
    STORE(out + i, sum);
  }
  for (; i < count; i++) {
    float sum = slots[i];
    for (int64_t k = 1; k < slot_count; k++) sum += slots[k * stride + i];
    out[i] = sum;
  }
}

static void global_mean(const float *x, float *y, int64_t blocks, int64_t voxels) {
  for (int64_t b = 0; b < blocks; b++) {
    double s[LANES] = {0};
    for (int64_t start = 0; start < voxels; start += CHUNK) {
      int64_t end = start + CHUNK < voxels ? start + CHUNK : voxels;
      vec sum = {0};
      for (int64_t i = start; i < end; i++) sum += LOAD(x + (b * voxels + i) * LANES);
      ADD_WIDE(s, sum);
    }
    for (int c = 0; c < LANES; c++) y[b * LANES + c] = (float)(s[c] / (double)voxels);
  }
}

static void global_mean_backward(const float *dy, float *dx, int64_t blocks, int64_t voxels) {
  for (int64_t b = 0; b < blocks; b++) {
    vec d = LOAD(dy + b * LANES) * (1.0f / (float)voxels);
    for (int64_t i = 0; i < voxels; i++) STORE(dx + (b * voxels + i) * LANES, d);
  }
}

// The voxels [low, high) that output position o of an axis covers.
INLINE void covered(const zoo_window *w, int axis, int64_t o, int64_t *low, int64_t *high) {
  int64_t start = o * w->stride[axis] - w->padding_before[axis], end = start + w->kernel[axis];
  *low = start > 0 ? start : 0;
  *high = end < w->input[axis] ? end : w->input[axis];
}

// Runs `body` for every output voxel; z0…x1 are the bounds of its window, `to` its index, `share` one over its size.
#define FOR_WINDOWS(body)                                                                             \
  for (int64_t b = 0; b < blocks; b++) {                                                              \
    int64_t in0 = b * w->input[0] * w->input[1] * w->input[2];                                        \
    int64_t to = b * w->output[0] * w->output[1] * w->output[2];                                      \
    for (int64_t oz = 0; oz < w->output[0]; oz++)                                                     \
      for (int64_t oy = 0; oy < w->output[1]; oy++)                                                   \
        for (int64_t ox = 0; ox < w->output[2]; ox++, to++) {                                         \
          int64_t z0, z1, y0, y1, x0, x1;                                                             \
          covered(w, 0, oz, &z0, &z1);                                                                \
          covered(w, 1, oy, &y0, &y1);                                                                \
          covered(w, 2, ox, &x0, &x1);                                                                \
          body                                                                                        \
        }                                                                                             \
  }
#define FOR_TAPS(body)                                                                                \
  for (int64_t z = z0; z < z1; z++)                                                                   \
    for (int64_t y = y0; y < y1; y++)                                                                 \
      for (int64_t x = x0; x < x1; x++) {                                                             \
        int64_t from = (in0 + (z * w->input[1] + y) * w->input[2] + x) * LANES;                       \
        body                                                                                          \
      }
// One over the voxels a window averages over.
#define SHARE                                                                                         \
  (1.0f / (float)(w->counts_padding ? w->kernel[0] * w->kernel[1] * w->kernel[2] : (z1 - z0) * (y1 - y0) * (x1 - x0)))

static void average_pool(const float *in, float *out, int64_t blocks, const zoo_window *w) {
  FOR_WINDOWS({
    vec sum = {0};
    FOR_TAPS(sum += LOAD(in + from);)
    STORE(out + to * LANES, sum * SHARE);
  })
}

static void average_pool_backward(const float *dy, float *dx, int64_t blocks, const zoo_window *w) {
  memset(dx, 0, (size_t)(blocks * w->input[0] * w->input[1] * w->input[2] * LANES) * sizeof *dx);
  FOR_WINDOWS({
    vec d = LOAD(dy + to * LANES) * SHARE;
    FOR_TAPS(STORE(dx + from, LOAD(dx + from) + d);)
  })
}

static void max_pool(const float *in, float *out, int64_t blocks, const zoo_window *w) {
  FOR_WINDOWS({
    vec best = LOAD(in + (in0 + (z0 * w->input[1] + y0) * w->input[2] + x0) * LANES);
    FOR_TAPS({
      vec value = LOAD(in + from);
      best = SELECT(value > best, value, best);
    })
    STORE(out + to * LANES, best);
  })
}

static void max_pool_backward(const float *in, const float *dy, float *dx, int64_t blocks, const zoo_window *w) {
  memset(dx, 0, (size_t)(blocks * w->input[0] * w->input[1] * w->input[2] * LANES) * sizeof *dx);
  FOR_WINDOWS({
    vec best = LOAD(in + (in0 + (z0 * w->input[1] + y0) * w->input[2] + x0) * LANES);
    FOR_TAPS({
      vec value = LOAD(in + from);
      best = SELECT(value > best, value, best);
    })
    vec left = LOAD(dy + to * LANES);
    vec zero = {0};
    FOR_TAPS({
      mask hit = LOAD(in + from) == best;
      STORE(dx + from, LOAD(dx + from) + SELECT(hit, left, zero));
      left = SELECT(hit, zero, left);
    })
  })
}

// A 32-bit hash of a position under a key (Murmur's finaliser, as in Appleby 2016).
INLINE uint32_t hashed(uint64_t key, uint64_t position) {
  uint64_t h = key + position * 0x9E3779B97F4A7C15ull;
  h = (h ^ (h >> 33)) * 0xFF51AFD7ED558CCDull;
  h = (h ^ (h >> 33)) * 0xC4CEB9FE1A85EC53ull;
  return (uint32_t)(h >> 32);
}

static void dropout(float *a, int64_t blocks, int64_t voxels, float rate, int32_t spatial, uint64_t key) {
  uint32_t limit = (uint32_t)((double)rate * 4294967296.0);
  float keep = 1.0f / (1.0f - rate);
  for (int64_t b = 0; b < blocks; b++)
    for (int64_t i = 0; i < voxels; i++)
      for (int c = 0; c < LANES; c++) {
        int64_t at = (b * voxels + i) * LANES + c;
        a[at] *= hashed(key, (uint64_t)(spatial ? b * LANES + c : at)) < limit ? 0.0f : keep;
      }
}

static void to_blocks(const float *plain, float *x, int64_t channels, int64_t blocks, int64_t voxels,
                      const int32_t *place) {
  memset(x, 0, (size_t)(blocks * voxels * LANES) * sizeof *x);
  for (int64_t c = 0; c < channels; c++) {
    float *to = x + place[c] / LANES * voxels * LANES + place[c] % LANES;
    for (int64_t i = 0; i < voxels; i++) to[i * LANES] = plain[c * voxels + i];
  }
}

static void to_plain(const float *x, float *plain, int64_t channels, int64_t voxels, const int32_t *place) {
  for (int64_t c = 0; c < channels; c++) {
    const float *from = x + place[c] / LANES * voxels * LANES + place[c] % LANES;
    for (int64_t i = 0; i < voxels; i++) plain[c * voxels + i] = from[i * LANES];
  }
}

#define AT(c) ((place[c] / LANES * voxels + i) * LANES + place[c] % LANES)

static void softmax(const float *x, float *y, int64_t channels, int64_t blocks, int64_t voxels, const int32_t *place) {
  memset(y, 0, (size_t)(blocks * voxels * LANES) * sizeof *y);
  for (int64_t i = 0; i < voxels; i++) {
    float most = x[AT(0)];
    for (int64_t c = 1; c < channels; c++) most = x[AT(c)] > most ? x[AT(c)] : most;
    double sum = 0;
    for (int64_t c = 0; c < channels; c++) sum += exp((double)x[AT(c)] - most);
    for (int64_t c = 0; c < channels; c++) y[AT(c)] = (float)(exp((double)x[AT(c)] - most) / sum);
  }
}

static void softmax_backward(const float *y, const float *dy, float *dx, int64_t channels, int64_t blocks,
                             int64_t voxels, const int32_t *place) {
  memset(dx, 0, (size_t)(blocks * voxels * LANES) * sizeof *dx);
  for (int64_t i = 0; i < voxels; i++) {
    double dot = 0;
    for (int64_t c = 0; c < channels; c++) dot += (double)y[AT(c)] * dy[AT(c)];
    for (int64_t c = 0; c < channels; c++) dx[AT(c)] = (float)(y[AT(c)] * (dy[AT(c)] - dot));
  }
}

#ifdef ZOO_TARGET
#pragma clang attribute pop
#endif

const zoo_kernels ZOO_TABLE = {
    .name = ZOO_NAME,
    .apply = apply,
    .apply_add = apply_add,
    .apply_backward = apply_backward,
    .moments = moments,
    .finish = finish,
    .add = add,
    .sum_slots = sum_slots,
    .average_pool = average_pool,
    .average_pool_backward = average_pool_backward,
    .max_pool = max_pool,
    .max_pool_backward = max_pool_backward,
    .global_mean = global_mean,
    .global_mean_backward = global_mean_backward,
    .dropout = dropout,
    .to_blocks = to_blocks,
    .to_plain = to_plain,
    .softmax = softmax,
    .softmax_backward = softmax_backward,
};
