// What products multiply: f32 values, or pairs of bf16 values that one instruction multiplies and adds up. A product adds up GROUP
// neighbours at once: 1 in f32, 2 in bf16.

#ifdef ZOO_MULTIPLIES_BF16

typedef uint16_t value;
typedef __m512i operand, factor;  // 32 values; a pair, 16 times
enum { GROUP = 2 };

INLINE operand load_operand(const value *p) { return _mm512_load_si512(p); }
INLINE factor load_factor(const value *p) {
  int32_t pair;
  memcpy(&pair, p, sizeof pair);
  return _mm512_set1_epi32(pair);
}
INLINE vec multiply_add(factor a, operand b, vec sum) {
  return (vec)_mm512_dpbf16_ps((__m512)sum, (__m512bh)a, (__m512bh)b);
}

INLINE vec load_values(const value *p) {
  return (vec)_mm512_slli_epi32(_mm512_cvtepu16_epi32(_mm256_loadu_si256((const __m256i *)p)), 16);
}
INLINE void store_values(value *p, vec v) { _mm256_store_si256((__m256i *)p, (__m256i)_mm512_cvtneps_pbh((__m512)v)); }

// The values of a and of b by turns.
INLINE operand interleaved(__m256i a, __m256i b) {
  static const uint16_t order[2 * BLOCK] __attribute__((aligned(64))) = {
      0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23, 8, 24, 9, 25, 10, 26, 11, 27, 12, 28, 13, 29, 14, 30, 15, 31};
  return _mm512_permutexvar_epi16(_mm512_load_si512(order), _mm512_inserti64x4(_mm512_castsi256_si512(a), b, 1));
}

// Weights of two channels that are multiplied together.
INLINE void stream_weights(value *to, vec first, vec second) {
  const __m256bh a = _mm512_cvtneps_pbh((__m512)first), b = _mm512_cvtneps_pbh((__m512)second);
  _mm512_stream_si512((__m512i *)to, interleaved((__m256i)a, (__m256i)b));
}

#else

typedef float value;
typedef vec operand;
typedef float factor;
enum { GROUP = 1 };

INLINE operand load_operand(const value *p) { return LOAD(p); }
INLINE factor load_factor(const value *p) { return *p; }
INLINE vec multiply_add(factor a, operand b, vec sum) { return a * b + sum; }
INLINE vec load_values(const value *p) { return LOAD(p); }
INLINE void store_values(value *p, vec v) { STORE(p, v); }

// Weights of one channel.
INLINE void stream_weights(value *to, vec before, vec v) {
  (void)before;  // multiplied on its own
  stream(to, v);
}

#endif
