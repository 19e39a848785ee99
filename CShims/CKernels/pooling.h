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

// What one output voxel covers: `rows` rows of `taps` voxels in each of `planes` planes, from index `from` on.
typedef struct {
  int64_t planes, rows, taps, from, plane, row;
} cover;

// Calls body(taps) for every output voxel, `to` its index and `k` what it covers; the widths of most pools are constants there.
#define FOR_WINDOWS(body)                                                                             \
  for (int64_t b = 0, to = 0; b < blocks; b++)                                                        \
    for (int64_t oz = 0; oz < w->output[0]; oz++)                                                     \
      for (int64_t oy = 0; oy < w->output[1]; oy++) {                                                 \
        int64_t z0, z1, y0, y1, x0, x1;                                                               \
        covered(w, 0, oz, &z0, &z1);                                                                  \
        covered(w, 1, oy, &y0, &y1);                                                                  \
        const int64_t first = ((b * w->input[0] + z0) * w->input[1] + y0) * w->input[2];              \
        for (int64_t ox = 0; ox < w->output[2]; ox++, to += LANES) {                                  \
          covered(w, 2, ox, &x0, &x1);                                                                \
          const cover k = {z1 - z0, y1 - y0, x1 - x0, (first + x0) * LANES,                           \
                           w->input[1] * w->input[2] * LANES, w->input[2] * LANES};                   \
          switch (k.taps) {                                                                           \
            case 2: body(2); break;                                                                   \
            case 3: body(3); break;                                                                   \
            default: body(k.taps); break;                                                             \
          }                                                                                           \
        }                                                                                             \
      }
#define FOR_TAPS(k, width, body)                                                                      \
  for (int64_t z = 0; z < (k)->planes; z++)                                                           \
    for (int64_t y = 0; y < (k)->rows; y++)                                                           \
      for (int64_t x = 0; x < (width); x++) {                                                         \
        const int64_t at = (k)->from + z * (k)->plane + y * (k)->row + x * LANES;                     \
        body                                                                                          \
      }

// One over the voxels a window averages over.
INLINE float share(const zoo_window *w, const cover *k) {
  return 1.0f / (float)(w->counts_padding ? w->kernel[0] * w->kernel[1] * w->kernel[2] : k->planes * k->rows * k->taps);
}

INLINE vec total(const float *in, const cover *k, int64_t width) {
  vec sum = {0};
  FOR_TAPS(k, width, sum += LOAD(in + at);)
  return sum;
}

// Whether a value takes the place of the greatest so far; what is not a number does.
INLINE mask is_greater(vec value, vec best) { return (mask)(value > best) | (mask)(value != value); }

INLINE vec greatest(const float *in, const cover *k, int64_t width) {
  vec best = LOAD(in + k->from);
  FOR_TAPS(k, width, {
    vec value = LOAD(in + at);
    best = SELECT(is_greater(value, best), value, best);
  })
  return best;
}

INLINE void add_everywhere(vec d, float *dx, const cover *k, int64_t width) {
  FOR_TAPS(k, width, STORE(dx + at, LOAD(dx + at) + d);)
}

// Each channel's gradient goes to one voxel: the first that nothing exceeds, or the last that is not a number.
INLINE void add_to_greatest(const float *in, vec d, float *dx, const cover *k, int64_t width) {
  vec best = LOAD(in + k->from);
  mask where = {0};
  FOR_TAPS(k, width, {
    vec value = LOAD(in + at);
    mask more = is_greater(value, best);
    best = SELECT(more, value, best);
    where = (more & (int32_t)(at - k->from)) | (~more & where);
  })
  float part[LANES];
  int32_t to[LANES];
  STORE(part, d);
  memcpy(to, &where, sizeof to);
#pragma clang loop unroll(full)
  for (int c = 0; c < LANES; c++) dx[k->from + to[c] + c] += part[c];
}

static void average_pool(const float *in, float *out, int64_t blocks, const zoo_window *w) {
#define BODY(width) STORE(out + to, total(in, &k, width) * share(w, &k))
  FOR_WINDOWS(BODY)
#undef BODY
}

static void average_pool_backward(const float *dy, float *dx, int64_t blocks, const zoo_window *w) {
#define BODY(width) add_everywhere(LOAD(dy + to) * share(w, &k), dx, &k, width)
  FOR_WINDOWS(BODY)
#undef BODY
}

static void max_pool(const float *in, float *out, int64_t blocks, const zoo_window *w) {
#define BODY(width) STORE(out + to, greatest(in, &k, width))
  FOR_WINDOWS(BODY)
#undef BODY
}

static void max_pool_backward(const float *in, const float *dy, float *dx, int64_t blocks, const zoo_window *w) {
#define BODY(width) add_to_greatest(in, LOAD(dy + to), dx, &k, width)
  FOR_WINDOWS(BODY)
#undef BODY
}
