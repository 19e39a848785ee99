// The products, with sums held in registers: almost all of the arithmetic.

// `count` outputs of a panel, `step` floats of the volume apart: to[r][j] = Σ_t from[r · step + offsets[t]] · weights[t][j].
INLINE void product(const int count, const float *from, int64_t step, const int64_t *offsets, int64_t taps, const float *weights,
                    float *to, int64_t to_block) {
  vec sum[2 * VOXELS];
  UNROLL for (int i = 0; i < 2 * count; i++) sum[i] = (vec){0};
  for (int64_t t = 0; t < taps; t++, weights += WIDTH) {
    const float *x = from + offsets[t];
    const vec a = LOAD(weights), b = LOAD(weights + LANES);
    UNROLL for (int r = 0; r < count; r++) {
      sum[2 * r] = x[r * step] * a + sum[2 * r];
      sum[2 * r + 1] = x[r * step] * b + sum[2 * r + 1];
    }
  }
  UNROLL for (int r = 0; r < count; r++) {
    STORE(to + r * BLOCK, sum[2 * r]);
    STORE(to + r * BLOCK + to_block, sum[2 * r + 1]);
  }
}

// A row of outputs.
static void make_row(const float *from, int64_t step, int64_t count, const int64_t *offsets, int64_t taps, const float *weights,
                     float *to, int64_t to_block) {
  int64_t x = 0;
  for (; x + VOXELS <= count; x += VOXELS) product(VOXELS, from + x * step, step, offsets, taps, weights, to + x * BLOCK, to_block);
  for (; x < count; x++) product(1, from + x * step, step, offsets, taps, weights, to + x * BLOCK, to_block);
}

// sums[t][j] += Σ_x from[x · step + offsets[t]] · gradient[x][j] for TAPS taps and the channels of a panel.
static void add_row(const float *from, int64_t step, int64_t count, const int64_t *offsets, const float *gradient, int64_t to_block,
                    float *sums) {
  vec sum[2 * TAPS];
  const float *at[TAPS];
  UNROLL for (int i = 0; i < 2 * TAPS; i++) sum[i] = (vec){0};
  UNROLL for (int t = 0; t < TAPS; t++) at[t] = from + offsets[t];
  for (int64_t x = 0; x < count; x++, gradient += BLOCK) {
    const vec a = LOAD(gradient), b = LOAD(gradient + to_block);
    UNROLL for (int t = 0; t < TAPS; t++) {
      const float seen = at[t][x * step];
      sum[2 * t] = seen * a + sum[2 * t];
      sum[2 * t + 1] = seen * b + sum[2 * t + 1];
    }
  }
  UNROLL for (int i = 0; i < 2 * TAPS; i++) STORE(sums + i * LANES, LOAD(sums + i * LANES) + sum[i]);
}
