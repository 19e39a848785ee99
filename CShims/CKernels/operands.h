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

// Takes the values of two halves by turns.
INLINE operand by_turns(operand halves) {
  static const uint16_t order[2 * BLOCK] __attribute__((aligned(64))) = {
      0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23, 8, 24, 9, 25, 10, 26, 11, 27, 12, 28, 13, 29, 14, 30, 15, 31};
  return _mm512_permutexvar_epi16(_mm512_load_si512(order), halves);
}

#else

typedef float value;
typedef vec operand;
typedef float factor;
enum { GROUP = 1 };

INLINE operand load_operand(const value *p) { return LOAD(p); }
INLINE factor load_factor(const value *p) { return *p; }
INLINE vec multiply_add(factor a, operand b, vec sum) { return a * b + sum; }

#endif
