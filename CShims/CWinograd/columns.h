// The transform along x, tile by tile, of the slice of one (a, b).

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
