#include "zoo_peak.h"

// Enough sums for the latency of a multiply-add to hide behind its throughput, few enough to stay in registers.
#define MULTIPLY(NAME, TARGET, LANES, SUMS)                                    \
  TARGET static int64_t NAME(int64_t rounds, float *sink) {                    \
    typedef float vector __attribute__((vector_size(4 * LANES)));              \
    vector sums[SUMS], scale, shift, total;                                    \
    for (int lane = 0; lane < LANES; lane++) scale[lane] = 0.5f;               \
    for (int lane = 0; lane < LANES; lane++) shift[lane] = *sink;              \
    for (int i = 0; i < SUMS; i++) sums[i] = shift * (float)i;                 \
    for (int64_t round = 0; round < rounds; round++) {                         \
      _Pragma("clang loop unroll(full)") for (int i = 0; i < SUMS; i++)        \
        sums[i] = sums[i] * scale + shift;                                     \
    }                                                                          \
    total = sums[0];                                                           \
    for (int i = 1; i < SUMS; i++) total += sums[i];                           \
    for (int lane = 0; lane < LANES; lane++) *sink += total[lane] * 1e-9f;     \
    return rounds * SUMS * LANES * 2;                                          \
  }

#if defined(__x86_64__)
MULTIPLY(multiply_avx512, __attribute__((target("avx512f"))), 16, 24)
MULTIPLY(multiply_avx2, __attribute__((target("avx2,fma"))), 8, 12)
#endif
MULTIPLY(multiply_generic, , 4, 12)

int64_t zoo_peak_multiply(int64_t rounds, float *sink) {
#if defined(__x86_64__)
  if (__builtin_cpu_supports("avx512f")) return multiply_avx512(rounds, sink);
  if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma")) return multiply_avx2(rounds, sink);
#endif
  return multiply_generic(rounds, sink);
}

void zoo_peak_triad(float *restrict a, const float *restrict b, const float *restrict c, float factor, int64_t count) {
  for (int64_t i = 0; i < count; i++) a[i] = b[i] + factor * c[i];
}
