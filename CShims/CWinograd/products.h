// The products of one frequency, with sums held in registers: almost all of the arithmetic.

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

// 3. `count` tiles, one frequency; U is [panel][C,c][K in panel, k].
static void multiply(const blocking *b, int64_t count, const float *V, const float *U, float *M) {
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

// dU[q][p] = Σ_t Q[t][q] · P[t][p] (plus dU unless `first`) for `blocks` vector blocks p and `channels` channels q; dU's rows
// are `row` floats long.
INLINE void outer(const int blocks, const int channels, const blocking *b, int64_t count, const float *P, const float *Q,
                  float *dU, int64_t row, int first) {
  const int vectors = blocks * VECTORS;
  const int64_t to_block = b->T * BLOCK;
  vec sum[24], p[4];
  UNROLL for (int i = 0; i < channels * vectors; i++) sum[i] = (vec){0};
  for (int64_t t = 0; t < count; t++, P += BLOCK, Q += BLOCK) {
    UNROLL for (int i = 0; i < vectors; i++) p[i] = LOAD(P + i / VECTORS * to_block + i % VECTORS * LANES);
    UNROLL for (int q = 0; q < channels; q++)
      UNROLL for (int i = 0; i < vectors; i++) sum[q * vectors + i] += Q[q] * p[i];
  }
  UNROLL for (int q = 0; q < channels; q++)
    UNROLL for (int i = 0; i < vectors; i++) {
      float *to = dU + q * row + i * LANES;
      STORE(to, first ? sum[q * vectors + i] : LOAD(to) + sum[q * vectors + i]);
    }
}

#define OUTER(blocks, channels)                                                                                     \
  static __attribute__((noinline)) void outer_##blocks(const blocking *b, int64_t count, const float *P,            \
                                                       const float *Q, float *dU, int64_t row, int64_t rows,        \
                                                       int first) {                                                 \
    for (int64_t q = 0; q < rows; q += channels)                                                                    \
      outer(blocks, channels, b, count, P, Q + q / BLOCK * b->T * BLOCK + q % BLOCK, dU + q * row, row, first);     \
  }

#if LANES == 16
OUTER(1, 16) OUTER(2, 8) OUTER(3, 8) OUTER(4, 4)
#else
OUTER(1, 4)
#endif

// One frequency of the weight gradient, dU [q][p]: vectors along the side with more channels, p.
static void multiply_gradient(const blocking *b, int64_t count, const float *V, const float *M, float *dU, int first) {
  const int swapped = b->K > b->C;
  const float *P = swapped ? M : V, *Q = swapped ? V : M;
  int64_t blocks = swapped ? b->K : b->C, row = blocks * BLOCK, rows = (swapped ? b->C : b->K) * BLOCK;
  for (int64_t i = 0; i < blocks;) {
    const float *from = P + i * b->T * BLOCK;
    float *to = dU + i * BLOCK;
#if LANES == 16
    switch (blocks - i) {
      case 1: outer_1(b, count, from, Q, to, row, rows, first); i += 1; break;
      case 2: outer_2(b, count, from, Q, to, row, rows, first); i += 2; break;
      case 3: outer_3(b, count, from, Q, to, row, rows, first); i += 3; break;
      default: outer_4(b, count, from, Q, to, row, rows, first); i += 4; break;
    }
#else
    outer_1(b, count, from, Q, to, row, rows, first);
    i += 1;
#endif
  }
}
