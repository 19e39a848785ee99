// The products of the weight gradient in integers: sums over pairs of tiles.
//
// A channel's inputs have steps of their own for each frequency, which are as many as MOST for the most they can be; those of its
// output gradients let no sum over TILES_AT_ONCE tiles leave 32 bits.

enum { TILES_AT_ONCE = 32 };

// V's and M's integers of a frequency are [channels / 16][t / 2][c][t % 2]; behind them are the steps of its channels.
INLINE float *steps_behind(const blocking *b, float *frequency, int64_t blocks) { return frequency + blocks * b->T * BLOCK / 2; }

// For largest magnitudes or their sums: not a number where they are not finite or nearly so.
INLINE vec checked(vec most) {
  return (vec)_mm512_mask_blend_ps(_mm512_cmp_ps_mask((__m512)most, _mm512_set1_ps(1e36f), _CMP_LT_OQ), _mm512_set1_ps(NAN),
                                   (__m512)most);
}

// V from its slice of S.
static void input_pairs(const blocking *b, int64_t rows, const float *S, float *V) {
  const int64_t row = (b->width + 2) * BLOCK, tiles = rows * b->tiles_x, stride = b->v;
  for (int64_t C = 0; C < b->C; C++, S += b->R * row) {
    ivec most = {0};
    for (int64_t i = 0; i < rows * row; i += BLOCK) most = larger(most, magnitude(LOAD(S + i)));
    vec inverses[FREQUENCIES];
    UNROLL for (int f = 0; f < FREQUENCIES; f++) {
      const vec step = checked((vec)most) * (input_norms[f] / MOST);
      STORE(steps_behind(b, V + f * stride, b->C) + C * BLOCK, step);
      inverses[f] = inverse(step);
    }
    int16_t *out = (int16_t *)V + C * b->T * BLOCK;
    for (int64_t t = 0; t < tiles; t += 2, out += 2 * BLOCK) {
      const float *one = columns_of(b, S, row, t), *two = columns_of(b, S, row, t + 1);
      vec d[FREQUENCIES], p[FREQUENCIES], q[FREQUENCIES];
      UNROLL for (int x = 0; x < FREQUENCIES; x++) d[x] = LOAD(one + x * BLOCK);
      input_transform(d, p);
      UNROLL for (int x = 0; x < FREQUENCIES; x++) d[x] = t + 1 < tiles ? LOAD(two + x * BLOCK) : (vec){0};
      input_transform(d, q);
      UNROLL for (int f = 0; f < FREQUENCIES; f++)
        _mm512_store_si512(out + 2 * f * stride, by_turns(integers(p[f], inverses[f]), integers(q[f], inverses[f])));
    }
  }
}

// The steps of M's frequencies for a block's rows of Z: no magnitude is over MOST, no sum over MOST_OF_SUM.
INLINE void measure_gradient(const blocking *b, int64_t tiles, const float *Z, vec *steps) {
  ivec most[TILE];
  vec sum[TILE], bound[FREQUENCIES];
  UNROLL for (int f = 0; f < FREQUENCIES; f++) steps[f] = (vec){0};
  for (int64_t first = 0; first < tiles; first += TILES_AT_ONCE) {
    UNROLL for (int x = 0; x < TILE; x++) most[x] = (ivec){0}, sum[x] = (vec){0};
    for (int64_t t = first; t < smaller(first + TILES_AT_ONCE, tiles); t++)
      UNROLL for (int x = 0; x < TILE; x++) {
        const ivec m = magnitude(LOAD(columns_of(b, Z, b->width * BLOCK, t) + x * BLOCK));
        most[x] = larger(most[x], m);
        sum[x] += (vec)m;
      }
    // Of magnitudes the odd frequencies of A are sums of magnitudes, bounds of their neighbours too.
    gradient_transform((const vec *)most, bound);
    UNROLL for (int f = 0; f < FREQUENCIES; f++)
      steps[f] = (vec)larger((ivec)steps[f], (ivec)(checked(bound[f == 2 || f == 4 ? f - 1 : f]) / MOST));
    gradient_transform(sum, bound);
    UNROLL for (int f = 0; f < FREQUENCIES; f++)
      steps[f] = (vec)larger((ivec)steps[f], (ivec)(checked(bound[f == 2 || f == 4 ? f - 1 : f]) / MOST_OF_SUM));
  }
}

// M from its slice of Z.
static void gradient_pairs(const blocking *b, int64_t rows, const float *Z, float *M) {
  const int64_t row = b->width * BLOCK, tiles = rows * b->tiles_x, stride = b->m;
  for (int64_t K = 0; K < b->K; K++, Z += b->R * row) {
    vec steps[FREQUENCIES], inverses[FREQUENCIES];
    measure_gradient(b, tiles, Z, steps);
    UNROLL for (int f = 0; f < FREQUENCIES; f++) {
      STORE(steps_behind(b, M + f * stride, b->K) + K * BLOCK, steps[f]);
      inverses[f] = inverse(steps[f]);
    }
    int16_t *out = (int16_t *)M + K * b->T * BLOCK;
    for (int64_t t = 0; t < tiles; t += 2, out += 2 * BLOCK) {
      const float *one = columns_of(b, Z, row, t), *two = columns_of(b, Z, row, t + 1);
      vec d[TILE], p[FREQUENCIES], q[FREQUENCIES];
      UNROLL for (int x = 0; x < TILE; x++) d[x] = LOAD(one + x * BLOCK);
      gradient_transform(d, p);
      UNROLL for (int x = 0; x < TILE; x++) d[x] = t + 1 < tiles ? LOAD(two + x * BLOCK) : (vec){0};
      gradient_transform(d, q);
      UNROLL for (int f = 0; f < FREQUENCIES; f++)
        _mm512_store_si512(out + 2 * f * stride, by_turns(integers(p[f], inverses[f]), integers(q[f], inverses[f])));
    }
  }
}

// V and M of one (a, b), to the kept frequencies from number f on.
static void make_gradient_factors(const blocking *b, const workspace *w, int64_t rows, const float *S, const float *Z, int64_t f) {
  input_pairs(b, rows, S, w->V + f * b->v);
  gradient_pairs(b, rows, Z, w->M + f * b->m);
}

// dU[q][p] = Σ_t Q[t][q] · P[t][p] in their steps (plus dU unless `first`) for `blocks` vector blocks p and `channels` channels q.
INLINE void outer(const int blocks, const int channels, int64_t to_block, int64_t pairs, const int16_t *P, const int16_t *Q,
                  const float *p_steps, const float *q_steps, float *dU, int first) {
  __m512i sum[16], p[4];
  UNROLL for (int i = 0; i < channels * blocks; i++) sum[i] = _mm512_setzero_si512();
  for (int64_t t = 0; t < pairs; t++, P += 2 * BLOCK, Q += 2 * BLOCK) {
    UNROLL for (int i = 0; i < blocks; i++) p[i] = _mm512_load_si512(P + i * to_block);
    UNROLL for (int q = 0; q < channels; q++) {
      int32_t pair;
      memcpy(&pair, Q + 2 * q, sizeof pair);
      const __m512i v = _mm512_set1_epi32(pair);
      UNROLL for (int i = 0; i < blocks; i++) sum[q * blocks + i] = _mm512_dpwssd_epi32(sum[q * blocks + i], v, p[i]);
    }
  }
  UNROLL for (int i = 0; i < blocks; i++) {
    const vec step = LOAD(p_steps + i * BLOCK);
    UNROLL for (int q = 0; q < channels; q++) {
      float *to = dU + (q * blocks + i) * BLOCK;
      const vec value = q_steps[q] * step * (vec)_mm512_cvtepi32_ps(sum[q * blocks + i]);
      STORE(to, first ? value : LOAD(to) + value);
    }
  }
}

#define OUTER(blocks, channels)                                                                                             \
  static __attribute__((noinline)) void outer_##blocks(int64_t to_block, int64_t pairs, const int16_t *P, const int16_t *Q, \
                                                       const float *p_steps, const float *q_steps, float *dU, int first) {  \
    for (int64_t q = 0; q < BLOCK; q += channels)                                                                           \
      outer(blocks, channels, to_block, pairs, P, Q + 2 * q, p_steps, q_steps + q, dU + q * blocks * BLOCK, first);         \
  }

OUTER(1, 16) OUTER(2, 8) OUTER(3, 4) OUTER(4, 4)

// Frequency f, among those kept, of the block at channels p and q, over `count` tiles.
static void multiply_gradient(const blocking *b, const workspace *w, const sides *d, int64_t p, int64_t q, int64_t count, int64_t f,
                              float *dU, int first) {
  float *V = w->V + f * b->v, *M = w->M + f * b->m, *p_side = d->swapped ? M : V, *q_side = d->swapped ? V : M;
  const int16_t *P = (const int16_t *)p_side + p * b->T, *Q = (const int16_t *)q_side + q * b->T;
  const float *p_steps = steps_behind(b, p_side, d->p / BLOCK) + p, *q_steps = steps_behind(b, q_side, d->q / BLOCK) + q;
  const int64_t to_block = b->T * BLOCK;
  for (int64_t t = 0; t < count; t += TILES_AT_ONCE, P += TILES_AT_ONCE * BLOCK, Q += TILES_AT_ONCE * BLOCK, first = 0) {
    const int64_t pairs = (smaller(count - t, TILES_AT_ONCE) + 1) / 2;
    switch (panel_width(d, p) / BLOCK) {
      case 1: outer_1(to_block, pairs, P, Q, p_steps, q_steps, dU, first); break;
      case 2: outer_2(to_block, pairs, P, Q, p_steps, q_steps, dU, first); break;
      case 3: outer_3(to_block, pairs, P, Q, p_steps, q_steps, dU, first); break;
      default: outer_4(to_block, pairs, P, Q, p_steps, q_steps, dU, first); break;
    }
  }
}
