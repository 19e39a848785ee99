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

// 2. V from its slice of S, in integers, and each tile's largest input, by which its sums are multiplied in the end.
static void make_factors(const blocking *b, const workspace *w, int64_t rows, const float *S) {
  const int64_t row = (b->width + 2) * BLOCK, stride = b->v, tiles = b->tiles_x;
  float *largest = largest_inputs(b, w);
  measure_tiles(b, rows, S, largest);
  for (int64_t r = 0; r < rows; r++)
    for (int64_t t = 0; t < tiles; t++) {
      // What is not finite, or nearly so, is not a number any more: sums are multiplied by it.
      float *most = &largest[r * tiles + t];
      if (!(*most < 1e36f)) *most = NAN;
      const float steps = *most > 1e-30f ? MOST / *most : 0;
      const float *in = S + r * row + t * TILE * BLOCK;
      int16_t *out = (int16_t *)w->V + (r * tiles + t) * BLOCK;
      for (int64_t C = 0; C < b->C; C++, in += b->R * row, out += b->T * BLOCK) {
        vec d[FREQUENCIES], q[FREQUENCIES];
        UNROLL for (int x = 0; x < FREQUENCIES; x++) d[x] = LOAD(in + x * BLOCK);
        input_transform(d, q);
        UNROLL for (int f = 0; f < FREQUENCIES; f++)
          _mm256_store_si256((__m256i *)(out + f * stride), rounded(q[f] * (steps / input_norms[f])));
      }
    }
}
