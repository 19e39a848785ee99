// Step 2 in integers.

// The largest magnitude among the inputs of each tile, all channels, in the slice of one (a, b).
static void measure_tiles(const blocking *b, int64_t rows, const float *S, float *most) {
  const int64_t row = (b->width + 2) * BLOCK, tiles = b->tiles_x;
  for (int64_t r = 0; r < rows; r++, S += row) {
    ivec shared = {0};  // of the two columns that a tile has in common with the one before it
    for (int64_t C = 0; C < b->C; C++)
      for (int x = 0; x < 2; x++) shared = larger(shared, magnitude(LOAD(S + C * b->R * row + x * BLOCK)));
    for (int64_t t = 0; t < tiles; t++) {
      ivec own = {0}, next = {0};
      for (int64_t C = 0; C < b->C; C++) {
        const float *in = S + C * b->R * row + (t * TILE + 2) * BLOCK;
        own = larger(own, larger(magnitude(LOAD(in)), magnitude(LOAD(in + BLOCK))));
        next = larger(next, larger(magnitude(LOAD(in + 2 * BLOCK)), magnitude(LOAD(in + 3 * BLOCK))));
      }
      const int32_t bits = _mm512_reduce_max_epi32((__m512i)larger(shared, larger(own, next)));
      memcpy(most + r * tiles + t, &bits, sizeof bits);
      shared = next;
    }
  }
}

// The steps a unit that a tile's integers are counted in. Its largest input becomes no number where it is not finite, or nearly so:
// the tile's sums are multiplied by it.
INLINE float steps_of(float *most) {
  if (!(*most < 1e36f)) *most = NAN;
  return *most > 1e-30f ? MOST / *most : 0;
}

// 2. V from its slice of S, in integers, and each tile's largest input, by which its sums are multiplied in the end.
static void make_factors(const blocking *b, const workspace *w, int64_t rows, const float *S) {
  const int64_t row = (b->width + 2) * BLOCK, stride = factor_stride(b), tiles = rows * b->tiles_x;
  float *largest = largest_inputs(b, w);
  measure_tiles(b, rows, S, largest);
  for (int64_t t = 0; t < tiles; t += 2) {
    const int64_t next = smaller(t + 1, tiles - 1);  // there is room for a tile after the last
    const float steps = steps_of(&largest[t]), next_steps = steps_of(&largest[next]);
    vec scale[FREQUENCIES], next_scale[FREQUENCIES];
    UNROLL for (int f = 0; f < FREQUENCIES; f++) {
      scale[f] = (vec){0} + steps * (1 / input_norms[f]);
      next_scale[f] = (vec){0} + next_steps * (1 / input_norms[f]);
    }
    const float *one = columns_of(b, S, row, t), *two = columns_of(b, S, row, next);
    int16_t *out = (int16_t *)w->V + t * BLOCK;
    for (int64_t C = 0; C < b->C; C++, one += b->R * row, two += b->R * row, out += b->T * BLOCK) {
      vec d[FREQUENCIES], p[FREQUENCIES], q[FREQUENCIES];
      UNROLL for (int x = 0; x < FREQUENCIES; x++) d[x] = LOAD(one + x * BLOCK);
      input_transform(d, p);
      UNROLL for (int x = 0; x < FREQUENCIES; x++) d[x] = LOAD(two + x * BLOCK);
      input_transform(d, q);
      UNROLL for (int f = 0; f < FREQUENCIES; f++)
        _mm512_store_si512(out + f * stride, in_a_row(integers(p[f], scale[f]), integers(q[f], next_scale[f])));
    }
  }
}
