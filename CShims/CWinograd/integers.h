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

// From one frequency of V's integers to the next: an odd number of lines again, for the room of a block's tiles is four lines or more.
INLINE int64_t factor_stride(const blocking *b) { return b->v + BLOCK; }

// The largest input of each tile. V's integers take half of its room; this is behind them.
INLINE float *largest_inputs(const blocking *b, const workspace *w) { return w->V + FREQUENCIES * factor_stride(b) / 2; }

// The nearest integers of v · scale in the low halves of the lanes: a sum with 1.5 · 2²³ has no room for less.
INLINE __m512i integers(vec v, vec scale) { return (__m512i)(v * scale + 0x1.8p23f); }

// The low halves of two vectors, one vector after the other.
INLINE __m512i in_a_row(__m512i first, __m512i second) {
  static const uint16_t order[2 * BLOCK] __attribute__((aligned(64))) = {
      0, 2, 4, 6, 8, 10, 12, 14, 16, 18, 20, 22, 24, 26, 28, 30, 32, 34, 36, 38, 40, 42, 44, 46, 48, 50, 52, 54, 56, 58, 60, 62};
  return _mm512_permutex2var_epi16(first, _mm512_load_si512(order), second);
}

// The low halves of two vectors by turns.
INLINE __m512i by_turns(__m512i first, __m512i second) {
  static const uint16_t order[2 * BLOCK] __attribute__((aligned(64))) = {
      0, 32, 2, 34, 4, 36, 6, 38, 8, 40, 10, 42, 12, 44, 14, 46, 16, 48, 18, 50, 20, 52, 22, 54, 24, 56, 26, 58, 28, 60, 30, 62};
  return _mm512_permutex2var_epi16(first, _mm512_load_si512(order), second);
}

// 1 / step, or 0 where nothing is as large as a step.
INLINE vec inverse(vec step) {
  const __mmask16 is_usual = _mm512_cmp_ps_mask((__m512)step, _mm512_set1_ps(1e-30f), _CMP_GT_OQ);
  return (vec)_mm512_maskz_div_ps(is_usual, _mm512_set1_ps(1), (__m512)step);
}

// Where the columns of tile t begin, in a block's rows that are `row` floats apart.
INLINE const float *columns_of(const blocking *b, const float *block, int64_t row, int64_t t) {
  return block + t / b->tiles_x * row + t % b->tiles_x * TILE * BLOCK;
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
