// Operands of 16 bits for products of pairs of integers (VNNI), two in the time of one of f32, for tensors of bf16.
//
// bf16 operands would be as fast, but the tiles' transforms make 14 of an operand's rounding error, and bf16 rounds by a 500th.
// Integers with steps of their own for every row of products round finer: the steps of an input's frequency are 32767ths of the most
// it can be in its tile, those of weights let no sum of products leave 32 bits. Results are wrong by 0.05 to 0.3 % rms, those of a
// direct convolution with bf16 weights by 0.2 %.

enum {
  DEPTH = 64,           // channels that are summed up as integers
  MOST = INT16_MAX,     // of an integer
  MOST_OF_SUM = 65500,  // of the weights' magnitudes in a sum: MOST · (MOST_OF_SUM + DEPTH / 2) < 2³¹
};

typedef int32_t ivec __attribute__((vector_size(4 * LANES), may_alias));

// Magnitudes keep their order as integers, and what is not a number is the largest.
INLINE ivec magnitude(vec v) { return (ivec)v & 0x7fffffff; }

INLINE ivec larger(ivec a, ivec b) { return __builtin_elementwise_max(a, b); }

// The sums of the magnitudes of each row of Bᵀ: how many times its largest input a frequency can be.
static const float input_norms[FREQUENCIES] = {
    (1 + p2) * (1 + q2), (1 + p1) * (1 + q2), (1 + p1) * (1 + q2), (1 + q1) * (1 + p2), (1 + q1) * (1 + p2), (1 + p2) * (1 + q2),
};

// The largest input of each tile. V's integers take half of its room; this is behind them.
INLINE float *largest_inputs(const blocking *b, const workspace *w) { return w->V + FREQUENCIES * b->v / 2; }

// Rounds to the nearest integers of 16 bits.
INLINE __m256i rounded(vec v) { return _mm512_cvtsepi32_epi16(_mm512_cvtps_epi32((__m512)v)); }

// The integers of two halves by turns.
INLINE __m512i by_turns(__m256i first, __m256i second) {
  static const uint16_t order[2 * BLOCK] __attribute__((aligned(64))) = {
      0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23, 8, 24, 9, 25, 10, 26, 11, 27, 12, 28, 13, 29, 14, 30, 15, 31};
  return _mm512_permutexvar_epi16(_mm512_load_si512(order), _mm512_inserti64x4(_mm512_castsi256_si512(first), second, 1));
}

// 1 / step, or 0 where nothing is as large as a step.
INLINE vec inverse(vec step) {
  const __mmask16 is_usual = _mm512_cmp_ps_mask((__m512)step, _mm512_set1_ps(1e-30f), _CMP_GT_OQ);
  return (vec)_mm512_maskz_div_ps(is_usual, _mm512_set1_ps(1), (__m512)step);
}

// Channels of the chunk that begins at channel c.
INLINE int64_t chunk_channels(int64_t inputs, int64_t c) { return smaller(inputs - c, DEPTH); }

// Steps of a frequency's weights: one for each chunk and output channel.
INLINE int64_t step_count(int64_t inputs, int64_t outputs) { return (inputs + DEPTH - 1) / DEPTH * outputs; }

// Floats from one frequency to the next in packed weights, integers before steps: an odd number of lines again, and the same for
// both directions.
static int64_t weight_stride(const zoo_winograd_shape *s) {
  const int64_t c = s->input_channels, k = s->output_channels, forward = step_count(c, k), data = step_count(k, c);
  return ((c * k / 2 + (forward > data ? forward : data)) / BLOCK | 1) * BLOCK;
}
