// Means and maxima over voxels and over windows.

static void global_mean(const float *x, float *y, int64_t blocks, int64_t voxels) {
  for (int64_t b = 0; b < blocks; b++) {
    double s[LANES] = {0};
    for (int64_t start = 0; start < voxels; start += CHUNK) {
      int64_t end = start + CHUNK < voxels ? start + CHUNK : voxels;
      vec sum = {0};
      for (int64_t i = start; i < end; i++) sum += LOAD(x + (b * voxels + i) * LANES);
      ADD_WIDE(s, sum);
    }
    for (int c = 0; c < LANES; c++) y[b * LANES + c] = (float)(s[c] / (double)voxels);
  }
}

static void global_mean_backward(const float *dy, float *dx, int64_t blocks, int64_t voxels) {
  for (int64_t b = 0; b < blocks; b++) {
    vec d = LOAD(dy + b * LANES) * (1.0f / (float)voxels);
    for (int64_t i = 0; i < voxels; i++) STORE(dx + (b * voxels + i) * LANES, d);
  }
}

// The voxels [low, high) that output position o of an axis covers.
INLINE void covered(const zoo_window *w, int axis, int64_t o, int64_t *low, int64_t *high) {
  int64_t start = o * w->stride[axis] - w->padding_before[axis], end = start + w->kernel[axis];
  *low = start > 0 ? start : 0;
  *high = end < w->input[axis] ? end : w->input[axis];
}

// Runs `body` for every output voxel; z0…x1 are the bounds of its window, `to` its index, `share` one over its size.
#define FOR_WINDOWS(body)                                                                             \
  for (int64_t b = 0; b < blocks; b++) {                                                              \
    int64_t in0 = b * w->input[0] * w->input[1] * w->input[2];                                        \
    int64_t to = b * w->output[0] * w->output[1] * w->output[2];                                      \
    for (int64_t oz = 0; oz < w->output[0]; oz++)                                                     \
      for (int64_t oy = 0; oy < w->output[1]; oy++)                                                   \
        for (int64_t ox = 0; ox < w->output[2]; ox++, to++) {                                         \
          int64_t z0, z1, y0, y1, x0, x1;                                                             \
          covered(w, 0, oz, &z0, &z1);                                                                \
          covered(w, 1, oy, &y0, &y1);                                                                \
          covered(w, 2, ox, &x0, &x1);                                                                \
          body                                                                                        \
        }                                                                                             \
  }
#define FOR_TAPS(body)                                                                                \
  for (int64_t z = z0; z < z1; z++)                                                                   \
    for (int64_t y = y0; y < y1; y++)                                                                 \
      for (int64_t x = x0; x < x1; x++) {                                                             \
        int64_t from = (in0 + (z * w->input[1] + y) * w->input[2] + x) * LANES;                       \
        body                                                                                          \
      }
// One over the voxels a window averages over.
#define SHARE                                                                                         \
  (1.0f / (float)(w->counts_padding ? w->kernel[0] * w->kernel[1] * w->kernel[2] : (z1 - z0) * (y1 - y0) * (x1 - x0)))

static void average_pool(const float *in, float *out, int64_t blocks, const zoo_window *w) {
  FOR_WINDOWS({
    vec sum = {0};
    FOR_TAPS(sum += LOAD(in + from);)
    STORE(out + to * LANES, sum * SHARE);
  })
}

static void average_pool_backward(const float *dy, float *dx, int64_t blocks, const zoo_window *w) {
  memset(dx, 0, (size_t)(blocks * w->input[0] * w->input[1] * w->input[2] * LANES) * sizeof *dx);
  FOR_WINDOWS({
    vec d = LOAD(dy + to * LANES) * SHARE;
    FOR_TAPS(STORE(dx + from, LOAD(dx + from) + d);)
  })
}

static void max_pool(const float *in, float *out, int64_t blocks, const zoo_window *w) {
  FOR_WINDOWS({
    vec best = LOAD(in + (in0 + (z0 * w->input[1] + y0) * w->input[2] + x0) * LANES);
    FOR_TAPS({
      vec value = LOAD(in + from);
      best = SELECT(value > best, value, best);
    })
    STORE(out + to * LANES, best);
  })
}

static void max_pool_backward(const float *in, const float *dy, float *dx, int64_t blocks, const zoo_window *w) {
  memset(dx, 0, (size_t)(blocks * w->input[0] * w->input[1] * w->input[2] * LANES) * sizeof *dx);
  FOR_WINDOWS({
    vec best = LOAD(in + (in0 + (z0 * w->input[1] + y0) * w->input[2] + x0) * LANES);
    FOR_TAPS({
      vec value = LOAD(in + from);
      best = SELECT(value > best, value, best);
    })
    vec left = LOAD(dy + to * LANES);
    vec zero = {0};
    FOR_TAPS({
      mask hit = LOAD(in + from) == best;
      STORE(dx + from, LOAD(dx + from) + SELECT(hit, left, zero));
      left = SELECT(hit, zero, left);
    })
  })
}
