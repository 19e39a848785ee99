// Step 3 in integers, with sums held in registers.

enum { PANEL = 2 };  // output blocks whose packed weights lie together

INLINE int64_t panel_blocks(int64_t blocks, int64_t K) { return blocks - K < PANEL ? blocks - K : PANEL; }

// `tiles` tiles × `blocks` output blocks, of the channels of a chunk: M[K][t] = most[t] · steps[K] · Σ_{C,c} V[C][t][c] · U[C,c][K],
// or what is added to it.
INLINE void product(const int tiles, const int blocks, const blocking *b, int64_t depth, const int16_t *V, const int16_t *U,
                    const float *most, const float *steps, float *M, int adds) {
  __m512i sum[16], u[2];
  UNROLL for (int i = 0; i < tiles * blocks; i++) sum[i] = _mm512_setzero_si512();
  for (int64_t C = 0; C < depth; C++, V += b->T * BLOCK)
    UNROLL for (int c = 0; c < BLOCK; c += 2, U += 2 * blocks * BLOCK) {
      UNROLL for (int i = 0; i < blocks; i++) u[i] = _mm512_load_si512(U + 2 * i * BLOCK);
      UNROLL for (int t = 0; t < tiles; t++) {
        int32_t pair;
        memcpy(&pair, V + t * BLOCK + c, sizeof pair);
        const __m512i v = _mm512_set1_epi32(pair);
        UNROLL for (int i = 0; i < blocks; i++) sum[t * blocks + i] = _mm512_dpwssd_epi32(sum[t * blocks + i], v, u[i]);
      }
    }
  UNROLL for (int i = 0; i < blocks; i++) {
    const vec step = LOAD(steps + i * BLOCK);
    UNROLL for (int t = 0; t < tiles; t++) {
      float *to = M + (i * b->T + t) * BLOCK;
      const vec value = most[t] * step * (vec)_mm512_cvtepi32_ps(sum[t * blocks + i]);
      STORE(to, adds ? LOAD(to) + value : value);
    }
  }
}

#define PRODUCT(tiles, blocks)                                                                                            \
  static __attribute__((noinline)) void product_##tiles##_##blocks(const blocking *b, int64_t depth, const int16_t *V,    \
                                                                   const int16_t *U, const float *most, const float *steps, \
                                                                   float *M, int adds) {                                  \
    product(tiles, blocks, b, depth, V, U, most, steps, M, adds);                                                         \
  }
#define RUN(tiles, blocks)               \
  for (; t + tiles <= count; t += tiles) \
    product_##tiles##_##blocks(b, depth, V + t * BLOCK, U, most + t, steps, M + t * BLOCK, adds);

PRODUCT(16, 1) PRODUCT(8, 1) PRODUCT(4, 1) PRODUCT(2, 1) PRODUCT(1, 1)
PRODUCT(8, 2) PRODUCT(4, 2) PRODUCT(2, 2) PRODUCT(1, 2)

// A chunk of `depth` blocks of channels; U is [panel][C,c / 2][K in panel, k][c % 2].
static void multiply_chunk(const blocking *b, int64_t depth, int64_t count, const int16_t *V, const int16_t *U, const float *most,
                           const float *steps, float *M, int adds) {
  for (int64_t K = 0; K < b->K; K += PANEL) {
    int64_t t = 0, blocks = panel_blocks(b->K, K);
    if (blocks == 2) { RUN(8, 2) RUN(4, 2) RUN(2, 2) RUN(1, 2) }
    else { RUN(16, 1) RUN(8, 1) RUN(4, 1) RUN(2, 1) RUN(1, 1) }
    U += blocks * BLOCK * depth * BLOCK;
    M += blocks * b->T * BLOCK;
    steps += blocks * BLOCK;
  }
}

// 3. `count` tiles, frequency f along x, by that frequency's packed weights.
static void multiply(const blocking *b, const workspace *w, int64_t count, int64_t f, const float *packed) {
  const int64_t inputs = b->C * BLOCK, outputs = b->K * BLOCK;
  const int16_t *V = (const int16_t *)w->V + f * factor_stride(b), *U = (const int16_t *)packed;
  const float *steps = packed + inputs * outputs / 2;
  for (int64_t c = 0; c < inputs; c += DEPTH, steps += outputs) {
    const int64_t depth = chunk_channels(inputs, c) / BLOCK;
    multiply_chunk(b, depth, count, V + c * b->T, U + c * outputs, largest_inputs(b, w), steps, w->M + f * b->m, c > 0);
  }
}
