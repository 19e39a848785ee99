// Steps 2 and 3 in f32. The products of one frequency, with sums held in registers, are almost all of the arithmetic.

// V from its slice of S.
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

// 2.
static void make_factors(const blocking *b, const workspace *w, int64_t rows, const float *S) { input_columns(b, rows, S, w->V); }

// `tiles` tiles × `blocks` output blocks: M[K][t] = Σ_{C,c} V[C][t][c] · U[C,c][K], U read once from front to end.
INLINE void product(const int tiles, const int blocks, const blocking *b, const float *V, const float *U, float *M) {
  const int vectors = blocks * VECTORS;
  vec sum[16], u[2 * VECTORS];
  UNROLL for (int i = 0; i < tiles * vectors; i++) sum[i] = (vec){0};
  for (int64_t C = 0; C < b->C; C++, V += b->T * BLOCK)
    UNROLL for (int c = 0; c < BLOCK; c++, U += blocks * BLOCK) {
      UNROLL for (int i = 0; i < vectors; i++) u[i] = LOAD(U + i * LANES);
      UNROLL for (int t = 0; t < tiles; t++)
        UNROLL for (int i = 0; i < vectors; i++) sum[t * vectors + i] += V[t * BLOCK + c] * u[i];
    }
  UNROLL for (int t = 0; t < tiles; t++)
    UNROLL for (int i = 0; i < vectors; i++)
      STORE(M + i / VECTORS * b->T * BLOCK + t * BLOCK + i % VECTORS * LANES, sum[t * vectors + i]);
}

#define PRODUCT(tiles, blocks)                                                                                        \
  static __attribute__((noinline)) void product_##tiles##_##blocks(const blocking *b, const float *V, const float *U, \
                                                                   float *M) {                                        \
    product(tiles, blocks, b, V, U, M);                                                                               \
  }
#define RUN(tiles, blocks) \
  for (; t + tiles <= count; t += tiles) product_##tiles##_##blocks(b, V + t * BLOCK, U, M + t * BLOCK);

// As many sums as registers allow; a pair of output blocks where there are two, for it takes fewer loads a product.
#if LANES == 16
enum { PANEL = 2 };  // output blocks whose packed weights lie together
PRODUCT(16, 1) PRODUCT(8, 1) PRODUCT(4, 1) PRODUCT(2, 1) PRODUCT(1, 1)
PRODUCT(8, 2) PRODUCT(4, 2) PRODUCT(2, 2) PRODUCT(1, 2)
#else
enum { PANEL = 1 };
PRODUCT(6, 1) PRODUCT(4, 1) PRODUCT(2, 1) PRODUCT(1, 1)
#endif

// Output blocks of the panel that begins at block K.
INLINE int64_t panel_blocks(int64_t blocks, int64_t K) { return blocks - K < PANEL ? blocks - K : PANEL; }

// 3. `count` tiles, frequency f along x; U is [panel][C,c][K in panel, k].
static void multiply(const blocking *b, const workspace *w, int64_t count, int64_t f, const float *U) {
  const float *V = w->V + f * b->v;
  float *M = w->M + f * b->m;
  for (int64_t K = 0; K < b->K; K += PANEL) {
    int64_t t = 0, blocks = panel_blocks(b->K, K);
#if LANES == 16
    if (blocks == 2) { RUN(8, 2) RUN(4, 2) RUN(2, 2) RUN(1, 2) }
    else { RUN(16, 1) RUN(8, 1) RUN(4, 1) RUN(2, 1) RUN(1, 1) }
#else
    RUN(6, 1) RUN(4, 1) RUN(2, 1) RUN(1, 1)
#endif
    U += blocks * BLOCK * b->C * BLOCK;
    M += blocks * b->T * BLOCK;
  }
}
