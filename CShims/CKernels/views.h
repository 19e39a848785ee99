// Whole tensors in f32.

INLINE void apply_as(const float *x, float *a, int64_t blocks, int64_t voxels, const zoo_prologue *p, int activation,
                     int adds) {
  for (int64_t b = 0; b < blocks; b++) {
    vec scale = {0}, shift = {0};
    scale += 1.0f;
    if (p->scale) {
      scale = LOAD(p->scale + b * LANES);
      shift = LOAD(p->shift + b * LANES);
    }
    const float *from = x + b * voxels * LANES;
    float *to = a + b * voxels * LANES;
    for (int64_t i = 0; i < voxels * LANES; i += LANES) {
      vec u = LOAD(from + i) * scale + shift;
      act_values(&u, activation, p->alpha);
      if (adds) u += LOAD(to + i);
      STORE(to + i, u);
    }
  }
}

// The activation is a constant in each call, so that each loop is compiled without a test inside.
#define BY_OLD(call)                                     \
  switch (p->activation) {                               \
    case ZOO_RELU: call(ZOO_RELU); break;                \
    case ZOO_LEAKY_RELU: call(ZOO_LEAKY_RELU); break;    \
    case ZOO_ELU: call(ZOO_ELU); break;                  \
    case ZOO_SIGMOID: call(ZOO_SIGMOID); break;          \
    default: call(ZOO_IDENTITY); break;                  \
  }

static void apply(const float *x, float *a, int64_t blocks, int64_t voxels, const zoo_prologue *p) {
#define CALL(activation) apply_as(x, a, blocks, voxels, p, activation, 0)
  BY_OLD(CALL)
#undef CALL
}

static void apply_add(const float *x, float *y, int64_t blocks, int64_t voxels, const zoo_prologue *p) {
#define CALL(activation) apply_as(x, y, blocks, voxels, p, activation, 1)
  BY_OLD(CALL)
#undef CALL
}

INLINE void backward_as(const float *da, const float *x, float *g, int accumulate, int64_t blocks, int64_t voxels,
                        const zoo_prologue *p, const float *mean, double *sums, int activation) {
  for (int64_t b = 0; b < blocks; b++) {
    vec scale = {0}, shift = {0}, centre = {0};
    scale += 1.0f;
    if (p->scale) {
      scale = LOAD(p->scale + b * LANES);
      shift = LOAD(p->shift + b * LANES);
    }
    if (sums) centre = LOAD(mean + b * LANES);
    double *first = sums ? sums + b * LANES : 0, *second = sums ? sums + (blocks + b) * LANES : 0;
    if (sums) {
      memset(first, 0, LANES * sizeof *first);
      memset(second, 0, LANES * sizeof *second);
    }
    for (int64_t start = 0; start < voxels; start += CHUNK) {
      int64_t end = start + CHUNK < voxels ? start + CHUNK : voxels;
      vec s = {0}, q = {0};
      for (int64_t i = (b * voxels + start) * LANES; i < (b * voxels + end) * LANES; i += LANES) {
        vec value = LOAD(x + i), d = LOAD(da + i);
        vec u = value * scale + shift;
        act_slope(&d, &u, activation, p->alpha);
        s += d;
        q += d * (value - centre);
        if (g) STORE(g + i, accumulate ? LOAD(g + i) + scale * d : scale * d);
      }
      if (sums) {
        ADD_WIDE(first, s);
        ADD_WIDE(second, q);
      }
    }
  }
}

static void apply_backward(const float *da, const float *x, float *g, int32_t accumulate, int64_t blocks,
                           int64_t voxels, const zoo_prologue *p, const float *mean, double *sums) {
#define ADDING(activation) backward_as(da, x, g, 1, blocks, voxels, p, mean, sums, activation)
#define WRITING(activation) backward_as(da, x, g, 0, blocks, voxels, p, mean, sums, activation)
  if (accumulate) {
    BY_OLD(ADDING)
  } else {
    BY_OLD(WRITING)
  }
#undef ADDING
#undef WRITING
}

static void measure(const float *x, int64_t blocks, int64_t voxels, zoo_moment *out) {
  for (int64_t b = 0; b < blocks; b++) {
    const float *from = x + b * voxels * LANES;
    vec first = LOAD(from);
    double s[LANES] = {0}, q[LANES] = {0};
    for (int64_t start = 0; start < voxels; start += CHUNK) {
      int64_t end = start + CHUNK < voxels ? start + CHUNK : voxels;
      vec sum[2] = {{0}, {0}}, square[2] = {{0}, {0}};  // two chains hide the latency of the additions
      int64_t i = start;
      for (; i + 1 < end; i += 2)
        for (int k = 0; k < 2; k++) {
          vec d = LOAD(from + (i + k) * LANES) - first;
          sum[k] += d;
          square[k] += d * d;
        }
      for (; i < end; i++) {
        vec d = LOAD(from + i * LANES) - first;
        sum[0] += d;
        square[0] += d * d;
      }
      ADD_WIDE(s, sum[0] + sum[1]);
      ADD_WIDE(q, square[0] + square[1]);
    }
    for (int c = 0; c < LANES; c++) {
      double squares = q[c] - s[c] * s[c] / (double)voxels;
      out[b * LANES + c] = (zoo_moment){first[c] + s[c] / (double)voxels, squares > 0 ? squares : 0 * squares};
    }
  }
}

static void finish(const float *g, const float *x, float *dy, int64_t blocks, int64_t voxels, const float *mean,
                   const float *c0, const float *c1) {
  for (int64_t b = 0; b < blocks; b++) {
    vec slope = LOAD(c1 + b * LANES), rest = LOAD(c0 + b * LANES) - slope * LOAD(mean + b * LANES);
    for (int64_t i = b * voxels * LANES; i < (b + 1) * voxels * LANES; i += LANES)
      STORE(dy + i, LOAD(g + i) + (LOAD(x + i) * slope + rest));
  }
}
