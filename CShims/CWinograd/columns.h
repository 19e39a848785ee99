// The transforms along x, tile by tile, of the slice of one (a, b).

// V from its slice of S, in f32.
static void input_columns(const blocking *b, int64_t rows, const float *S, float *V) {
  // Copies: as far as the compiler knows, a store of a vector may change *b.
  const int64_t stride = b->v, tiles = b->tiles_x;
  for (int64_t C = 0; C < b->C; C++)
    for (int64_t r = 0; r < rows; r++) {
      const float *in = S + (C * b->R + r) * (b->width + 2) * BLOCK;
      float *out = V + (C * b->T + r * tiles) * BLOCK;
      for (int64_t t = 0; t < tiles; t++, in += TILE * BLOCK, out += BLOCK)
        for (int v = 0; v < BLOCK; v += LANES) {
          vec d[FREQUENCIES], q[FREQUENCIES];
          UNROLL for (int x = 0; x < FREQUENCIES; x++) d[x] = LOAD(in + x * BLOCK + v);
          input_transform(d, q);
          UNROLL for (int f = 0; f < FREQUENCIES; f++) STORE(out + f * stride + v, q[f]);
        }
    }
}

// 4. The slice of Z from M.
static void output_columns(const blocking *b, int64_t rows, const float *M, float *Z) {
  const int64_t stride = b->m, tiles = b->tiles_x;
  for (int64_t K = 0; K < b->K; K++)
    for (int64_t r = 0; r < rows; r++) {
      const float *in = M + (K * b->T + r * tiles) * BLOCK;
      float *out = Z + (K * b->R + r) * b->width * BLOCK;
      for (int64_t t = 0; t < tiles; t++, in += BLOCK, out += TILE * BLOCK)
        for (int v = 0; v < BLOCK; v += LANES) {
          vec d[FREQUENCIES], q[TILE];
          UNROLL for (int f = 0; f < FREQUENCIES; f++) d[f] = LOAD(in + f * stride + v);
          output_transform(d, q);
          UNROLL for (int x = 0; x < TILE; x++) STORE(out + x * BLOCK + v, q[x]);
        }
    }
}

// M from its slice of Z, the transpose of step 4.
static void gradient_columns(const blocking *b, int64_t rows, const float *Z, float *M) {
  const int64_t stride = b->m, tiles = b->tiles_x;
  for (int64_t K = 0; K < b->K; K++)
    for (int64_t r = 0; r < rows; r++) {
      const float *in = Z + (K * b->R + r) * b->width * BLOCK;
      float *out = M + (K * b->T + r * tiles) * BLOCK;
      for (int64_t t = 0; t < tiles; t++, in += TILE * BLOCK, out += BLOCK)
        for (int v = 0; v < BLOCK; v += LANES) {
          vec d[TILE], q[FREQUENCIES];
          UNROLL for (int x = 0; x < TILE; x++) d[x] = LOAD(in + x * BLOCK + v);
          gradient_transform(d, q);
          UNROLL for (int f = 0; f < FREQUENCIES; f++) STORE(out + f * stride + v, q[f]);
        }
    }
}
