// The products of the weight gradient in f32.

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

// V and M of one (a, b), to the kept frequencies from number f on.
static void make_gradient_factors(const blocking *b, const workspace *w, int64_t rows, const float *S, const float *Z, int64_t f) {
  input_columns(b, rows, S, w->V + f * b->v);
  gradient_columns(b, rows, Z, w->M + f * b->m);
}

// dU[q][p] = Σ_t Q[t][q] · P[t][p] (plus dU unless `first`) for `blocks` vector blocks p and `channels` channels q.
INLINE void outer(const int blocks, const int channels, int64_t to_block, int64_t count, const float *P, const float *Q, float *dU,
                  int first) {
  const int vectors = blocks * VECTORS;
  vec sum[24], p[4];
  UNROLL for (int i = 0; i < channels * vectors; i++) sum[i] = (vec){0};
  for (int64_t t = 0; t < count; t++, P += BLOCK, Q += BLOCK) {
    UNROLL for (int i = 0; i < vectors; i++) p[i] = LOAD(P + i / VECTORS * to_block + i % VECTORS * LANES);
    UNROLL for (int q = 0; q < channels; q++)
      UNROLL for (int i = 0; i < vectors; i++) sum[q * vectors + i] += Q[q] * p[i];
  }
  UNROLL for (int q = 0; q < channels; q++)
    UNROLL for (int i = 0; i < vectors; i++) {
      float *to = dU + q * blocks * BLOCK + i * LANES;
      STORE(to, first ? sum[q * vectors + i] : LOAD(to) + sum[q * vectors + i]);
    }
}

#define OUTER(blocks, channels)                                                                                       \
  static __attribute__((noinline)) void outer_##blocks(int64_t to_block, int64_t count, const float *P, const float *Q, \
                                                       float *dU, int first) {                                        \
    for (int64_t q = 0; q < BLOCK; q += channels)                                                                     \
      outer(blocks, channels, to_block, count, P, Q + q, dU + q * blocks * BLOCK, first);                             \
  }

#if LANES == 16
OUTER(1, 16) OUTER(2, 8) OUTER(3, 8) OUTER(4, 4)
#else
OUTER(1, 4)
#endif

// Frequency f, among those kept, of the block at channels p and q, over `count` tiles.
static void multiply_gradient(const blocking *b, const workspace *w, const sides *d, int64_t p, int64_t q, int64_t count, int64_t f,
                              float *dU, int first) {
  const int64_t to_block = b->T * BLOCK;
  const float *V = w->V + f * b->v, *M = w->M + f * b->m;
  const float *P = (d->swapped ? M : V) + p * b->T, *Q = (d->swapped ? V : M) + q * b->T;
#if LANES == 16
  switch (panel_width(d, p) / BLOCK) {
    case 1: outer_1(to_block, count, P, Q, dU, first); break;
    case 2: outer_2(to_block, count, P, Q, dU, first); break;
    case 3: outer_3(to_block, count, P, Q, dU, first); break;
    default: outer_4(to_block, count, P, Q, dU, first); break;
  }
#else
  outer_1(to_block, count, P, Q, dU, first);
#endif
}
