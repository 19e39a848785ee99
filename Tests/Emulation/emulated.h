// The intrinsics of AVX-512 that the kernels use, in C that any processor runs: for scripts/emulate, which puts this in the place
// of <immintrin.h>. After Intel's intrinsics guide, but for bf16 products, which round twice in f32 as other C code does and keep
// subnormal numbers.
#pragma once
#include <stdint.h>
#include <string.h>

#define EMULATED static inline __attribute__((always_inline))
#pragma clang attribute push(__attribute__((target("avx2,fma"))), apply_to = function)

typedef float __m512 __attribute__((vector_size(64), may_alias));
typedef long long __m512i __attribute__((vector_size(64), may_alias));
typedef long long __m256i __attribute__((vector_size(32), may_alias));
typedef long long __m128i __attribute__((vector_size(16), may_alias));
typedef float __m128 __attribute__((vector_size(16), may_alias));
typedef uint16_t __m512bh __attribute__((vector_size(64), may_alias));
typedef uint16_t __m256bh __attribute__((vector_size(32), may_alias));
typedef uint16_t __m128bh __attribute__((vector_size(16), may_alias));
typedef uint16_t __mmask16;

typedef uint32_t emulated_words __attribute__((vector_size(64), may_alias));
typedef int32_t emulated_ints __attribute__((vector_size(64), may_alias));
typedef int16_t emulated_shorts __attribute__((vector_size(64), may_alias));
typedef uint16_t emulated_halves __attribute__((vector_size(64), may_alias));
typedef uint16_t emulated_half_halves __attribute__((vector_size(32), may_alias));

// Comparisons: quiet, false for what is not a number.
enum { _CMP_LT_OQ = 0x11, _CMP_GT_OQ = 0x1e };

EMULATED __m512i _mm512_load_si512(const void *p) { return *(const __m512i *)p; }
EMULATED void _mm512_store_si512(void *p, __m512i v) { *(__m512i *)p = v; }
EMULATED void _mm512_stream_si512(void *p, __m512i v) { *(__m512i *)p = v; }
EMULATED __m512 _mm512_load_ps(const void *p) { return *(const __m512 *)p; }
EMULATED __m256i _mm256_load_si256(const __m256i *p) { return *p; }
EMULATED void _mm256_store_si256(__m256i *p, __m256i v) { *p = v; }
EMULATED __m256i _mm256_loadu_si256(const void *p) {
  __m256i v;
  memcpy(&v, p, sizeof v);
  return v;
}

EMULATED __m512i _mm512_setzero_si512(void) { return (__m512i){0}; }
EMULATED __m512i _mm512_set1_epi32(int32_t x) { return (__m512i)((emulated_ints){0} + x); }
EMULATED __m512 _mm512_set1_ps(float x) { return (__m512){0} + x; }
EMULATED __m128 _mm_set1_ps(float x) { return (__m128){x, x, x, x}; }

EMULATED __m512 _mm512_cvtepi32_ps(__m512i v) { return __builtin_convertvector((emulated_ints)v, __m512); }
EMULATED __m512i _mm512_cvtepu16_epi32(__m256i v) {
  return (__m512i)__builtin_convertvector((emulated_half_halves)v, emulated_words);
}
EMULATED __m512i _mm512_slli_epi32(__m512i v, unsigned count) { return (__m512i)((emulated_words)v << count); }

EMULATED __m512i _mm512_castsi256_si512(__m256i v) {
  __m512i wide = {0};
  memcpy(&wide, &v, sizeof v);
  return wide;
}
EMULATED __m512i _mm512_inserti64x4(__m512i v, __m256i half, int place) {
  memcpy((char *)&v + (place & 1) * sizeof half, &half, sizeof half);
  return v;
}
EMULATED int _mm_extract_epi16(__m128i v, int place) {
  uint16_t halves[8];
  memcpy(halves, &v, sizeof v);
  return halves[place & 7];
}

// Of 64 values, 32 of each vector: bit 5 of an index chooses the vector.
EMULATED __m512i _mm512_permutex2var_epi16(__m512i a, __m512i order, __m512i b) {
  const emulated_halves from[2] = {(emulated_halves)a, (emulated_halves)b}, at = (emulated_halves)order;
  emulated_halves v = {0};
  for (int i = 0; i < 32; i++) v[i] = from[at[i] >> 5 & 1][at[i] & 31];
  return (__m512i)v;
}
EMULATED __m512i _mm512_permutexvar_epi16(__m512i order, __m512i v) { return _mm512_permutex2var_epi16(v, order & 0x001f001f001f001fLL, v); }

EMULATED int32_t _mm512_reduce_max_epi32(__m512i v) { return __builtin_reduce_max((emulated_ints)v); }

EMULATED __mmask16 _mm512_cmp_ps_mask(__m512 a, __m512 b, int comparison) {
  const emulated_ints holds = comparison == _CMP_LT_OQ ? a < b : a > b;
  __mmask16 mask = 0;
  for (int i = 0; i < 16; i++) mask |= (holds[i] & 1) << i;
  return mask;
}
EMULATED __m512 _mm512_mask_blend_ps(__mmask16 mask, __m512 unset, __m512 set) {
  for (int i = 0; i < 16; i++)
    if (mask >> i & 1) unset[i] = set[i];
  return unset;
}
EMULATED __m512 _mm512_maskz_div_ps(__mmask16 mask, __m512 a, __m512 b) { return _mm512_mask_blend_ps(mask, (__m512){0}, a / b); }

// sum + a₀b₀ + a₁b₁ of pairs of 16-bit integers, without saturation.
EMULATED __m512i _mm512_dpwssd_epi32(__m512i sum, __m512i a, __m512i b) {
  const emulated_ints low = ((emulated_ints)a << 16 >> 16) * ((emulated_ints)b << 16 >> 16);
  const emulated_ints high = ((emulated_ints)a >> 16) * ((emulated_ints)b >> 16);
  return (__m512i)((emulated_words)sum + (emulated_words)low + (emulated_words)high);
}

EMULATED __m512 _mm512_dpbf16_ps(__m512 sum, __m512bh a, __m512bh b) {
  const __m512 low = (__m512)((emulated_words)a << 16) * (__m512)((emulated_words)b << 16);
  const __m512 high = (__m512)((emulated_words)a & 0xffff0000u) * (__m512)((emulated_words)b & 0xffff0000u);
  return sum + high + low;
}

// To nearest, ties to even; what is not a number stays so.
EMULATED __m256bh _mm512_cvtneps_pbh(__m512 v) {
  const emulated_words bits = (emulated_words)v, is_nan = (emulated_words)(v != v);
  const emulated_words up = (bits + 0x7fff + (bits >> 16 & 1)) >> 16, quiet = bits >> 16 | 0x40;
  return (__m256bh)__builtin_convertvector((up & ~is_nan) | (quiet & is_nan), emulated_half_halves);
}
EMULATED __m128bh _mm_cvtneps_pbh(__m128 v) {
  __m512 wide = {0};
  memcpy(&wide, &v, sizeof v);
  const __m256bh rounded = _mm512_cvtneps_pbh(wide);
  __m128bh low = {0};
  for (int i = 0; i < 4; i++) low[i] = rounded[i];
  return low;
}
EMULATED __m512bh _mm512_cvtne2ps_pbh(__m512 high, __m512 low) {
  const __m256bh halves[2] = {_mm512_cvtneps_pbh(low), _mm512_cvtneps_pbh(high)};
  __m512bh both;
  memcpy(&both, halves, sizeof both);
  return both;
}

#pragma clang attribute pop
