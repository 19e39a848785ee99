// Rows and packed weights as they are kept between the passes.

#ifdef ZOO_MULTIPLIES_BF16

INLINE vec load_values(const value *p) {
  return (vec)_mm512_slli_epi32(_mm512_cvtepu16_epi32(_mm256_loadu_si256((const __m256i *)p)), 16);
}
INLINE void store_values(value *p, vec v) { _mm256_store_si256((__m256i *)p, (__m256i)_mm512_cvtneps_pbh((__m512)v)); }

// The values of a and of b by turns.
INLINE operand interleaved(__m256i a, __m256i b) {
  return by_turns(_mm512_inserti64x4(_mm512_castsi256_si512(a), b, 1));
}

// Weights of two channels that are multiplied together.
INLINE void stream_weights(value *to, vec first, vec second) {
  const __m256bh a = _mm512_cvtneps_pbh((__m512)first), b = _mm512_cvtneps_pbh((__m512)second);
  _mm512_stream_si512((__m512i *)to, interleaved((__m256i)a, (__m256i)b));
}

#else

INLINE vec load_values(const value *p) { return LOAD(p); }
INLINE void store_values(value *p, vec v) { STORE(p, v); }

// Weights of one channel.
INLINE void stream_weights(value *to, vec before, vec v) {
  (void)before;  // multiplied on its own
  stream(to, v);
}

#endif
