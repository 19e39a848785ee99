// What follows from a shape: sizes, the padded volume, and where a tap looks in it.

INLINE int64_t product_of(const int64_t *n) { return n[0] * n[1] * n[2]; }
INLINE int64_t smaller(int64_t a, int64_t b) { return a < b ? a : b; }
INLINE int64_t larger(int64_t a, int64_t b) { return a > b ? a : b; }
INLINE int64_t up(int64_t n, int64_t step) { return (n + step - 1) / step * step; }

// Panels of WIDTH channels; the last may stand for fewer blocks.
INLINE int64_t panels(const zoo_stem_shape *s) { return up(s->output_channels, WIDTH) / WIDTH; }
INLINE int64_t panel_blocks(const zoo_stem_shape *s, int64_t panel) {
  return smaller(s->output_channels / BLOCK - panel * PANEL, PANEL);
}

// Taps of all input channels.
INLINE int64_t tap_count(const zoo_stem_shape *s) { return s->input_channels * product_of(s->kernel); }

// What the outputs see along an axis, from the first voxel of the first to the last voxel of the last.
INLINE int64_t padded(const zoo_stem_shape *s, int axis) {
  return (s->output[axis] - 1) * s->stride[axis] + (s->kernel[axis] - 1) * s->dilation[axis] + 1;
}

typedef struct {
  float *values;     // the input as it is read, plain
  float *volume;     // [C][padded D][padded H][padded W]
  float *rows;       // a row of outputs or of their gradients, [block of the panel][W][16]
  float *sums;       // gradients of a panel's weights, [tap][WIDTH]
  int64_t *offsets;  // of every tap, and of some that nobody looks at
} workspace;

// Without scratch it only counts.
static int64_t lay_out(const zoo_stem_shape *s, char *scratch, workspace *w) {
  int64_t bytes = 0;
#define TAKE(field, count)                                   \
  w->field = scratch ? (void *)(scratch + bytes) : NULL;     \
  bytes += up((count) * (int64_t)sizeof *w->field, 64);
  TAKE(values, up(s->input_channels * product_of(s->input), BLOCK))
  TAKE(volume, s->input_channels * padded(s, 0) * padded(s, 1) * padded(s, 2))
  TAKE(rows, PANEL * s->output[2] * BLOCK)
  TAKE(sums, up(tap_count(s), TAPS) * WIDTH)
  TAKE(offsets, up(tap_count(s), TAPS))
#undef TAKE
  return bytes;
}

static int64_t scratch_bytes(const zoo_stem_shape *s) {
  workspace w;
  return lay_out(s, NULL, &w);
}

static int64_t packed_bytes(const zoo_stem_shape *s) {
  return panels(s) * WIDTH * tap_count(s) * (int64_t)sizeof(float);
}

// Where the row (z, y) of the outputs begins to look.
INLINE const float *start_of(const zoo_stem_shape *s, const workspace *w, int64_t z, int64_t y) {
  return w->volume + (z * s->stride[0] * padded(s, 1) + y * s->stride[1]) * padded(s, 2);
}

static void find_offsets(const zoo_stem_shape *s, workspace *w) {
  int64_t tap = 0;
  for (int64_t c = 0; c < s->input_channels; c++)
    for (int64_t z = 0; z < s->kernel[0]; z++)
      for (int64_t y = 0; y < s->kernel[1]; y++)
        for (int64_t x = 0; x < s->kernel[2]; x++)
          w->offsets[tap++] =
              ((c * padded(s, 0) + z * s->dilation[0]) * padded(s, 1) + y * s->dilation[1]) * padded(s, 2) + x * s->dilation[2];
  while (tap < up(tap_count(s), TAPS)) w->offsets[tap++] = 0;
}

// Copies the planes that the outputs' planes first … first + count see, with zeros around.
static void fill_volume(const zoo_stem_shape *s, const zoo_source *input, int64_t first, int64_t count, workspace *w) {
  const int64_t *n = s->input, high = padded(s, 1), wide = padded(s, 2);
  const int64_t left = s->padding[2], begin = smaller(left, wide), end = larger(begin, smaller(left + n[2], wide));
  zoo_kernels_select()->read(input, 0, 0, up(s->input_channels * product_of(n), BLOCK) / BLOCK, w->values);
  const int64_t from = first * s->stride[0], to = (first + count - 1) * s->stride[0] + (s->kernel[0] - 1) * s->dilation[0] + 1;
  for (int64_t c = 0; c < s->input_channels; c++)
    for (int64_t z = from; z < to; z++)
      for (int64_t y = 0; y < high; y++) {
        float *row = w->volume + ((c * padded(s, 0) + z) * high + y) * wide;
        const int64_t plane = z - s->padding[0], line = y - s->padding[1];
        memset(row, 0, (size_t)wide * sizeof *row);
        if (plane < 0 || plane >= n[0] || line < 0 || line >= n[1]) continue;
        memcpy(row + begin, w->values + ((c * n[0] + plane) * n[1] + line) * n[2], (size_t)(end - begin) * sizeof *row);
      }
}
