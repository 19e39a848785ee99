// What follows from a shape: sizes, panels, and which voxels a tap brings together.

INLINE int64_t product_of(const int64_t *n) { return n[0] * n[1] * n[2]; }
INLINE int64_t larger(int64_t a, int64_t b) { return a > b ? a : b; }
INLINE int64_t smaller(int64_t a, int64_t b) { return a < b ? a : b; }

// Panels of PANEL blocks, the last may have fewer.
INLINE int64_t panels(int64_t channels) { return (channels / BLOCK + PANEL - 1) / PANEL; }
INLINE int64_t panel_blocks(int64_t channels, int64_t panel) { return smaller(channels / BLOCK - panel * PANEL, PANEL); }

static int64_t output_parts(const zoo_batch_shape *s) { return panels(s->output_channels); }
static int64_t input_parts(const zoo_batch_shape *s) { return panels(s->input_channels); }

static int64_t packed_bytes(const zoo_batch_shape *s) {
  return s->input_channels * s->output_channels * product_of(s->kernel) * (int64_t)sizeof(value);
}
static int64_t input_bytes(const zoo_batch_shape *s) {
  return s->input_channels * product_of(s->input) * s->samples * (int64_t)sizeof(value);
}
static int64_t output_bytes(const zoo_batch_shape *s) {
  return s->output_channels * product_of(s->output) * s->samples * (int64_t)sizeof(value);
}

// The voxels of the input and of the output that one tap brings together.
typedef struct {
  const int32_t *input, *output;
  int64_t count;
} meetings;

// Those of every tap, in lists as long as the output.
typedef struct {
  int32_t *input, *output, *counts;
} tap_lists;

INLINE meetings meetings_of(const zoo_batch_shape *s, const tap_lists *lists, int64_t tap) {
  const int64_t first = tap * product_of(s->output);
  return (meetings){lists->input + first, lists->output + first, lists->counts[tap]};
}

// What output o sees through tap k along one axis, perhaps outside the input.
INLINE int64_t seen(const zoo_batch_shape *s, int axis, int64_t o, int64_t k) {
  return o * s->stride[axis] + k * s->dilation[axis] - s->padding[axis];
}
INLINE int outside(const zoo_batch_shape *s, int axis, int64_t i) { return i < 0 || i >= s->input[axis]; }

// The meetings of the tap (d, h, w); gives back how many.
static int32_t find_meetings(const zoo_batch_shape *s, int64_t d, int64_t h, int64_t w, int32_t *input, int32_t *output) {
  int32_t count = 0;
  for (int64_t z = 0; z < s->output[0]; z++) {
    const int64_t from_z = seen(s, 0, z, d);
    if (outside(s, 0, from_z)) continue;
    for (int64_t y = 0; y < s->output[1]; y++) {
      const int64_t from_y = seen(s, 1, y, h);
      if (outside(s, 1, from_y)) continue;
      for (int64_t x = 0; x < s->output[2]; x++) {
        const int64_t from_x = seen(s, 2, x, w);
        if (outside(s, 2, from_x)) continue;
        input[count] = (int32_t)((from_z * s->input[1] + from_y) * s->input[2] + from_x);
        output[count++] = (int32_t)((z * s->output[1] + y) * s->output[2] + x);
      }
    }
  }
  return count;
}

static void list_taps(const zoo_batch_shape *s, tap_lists *lists) {
  const int64_t voxels = product_of(s->output);
  int64_t tap = 0;
  for (int64_t d = 0; d < s->kernel[0]; d++)
    for (int64_t h = 0; h < s->kernel[1]; h++)
      for (int64_t w = 0; w < s->kernel[2]; w++, tap++)
        lists->counts[tap] = find_meetings(s, d, h, w, lists->input + tap * voxels, lists->output + tap * voxels);
}

// A thread's scratch.
typedef struct {
  tap_lists lists;
  int32_t *rows_in, *rows_out;  // rows of either side that meet at a tap
  float *panel;        // [row][channel of the panel]: what is made
  float *run;          // [voxel][16]: one block of one sample
  float *gradient;     // [channel of a block][tap][channel of the panel]
  value *inputs, *outputs;  // groups of rows where they are not as gathered
} workspace;

// Groups of samples a voxel.
INLINE int64_t groups(const zoo_batch_shape *s) { return (s->samples + GROUP - 1) / GROUP; }

static int64_t make_workspace(const zoo_batch_shape *s, char *scratch, workspace *w) {
  const int64_t in = product_of(s->input), out = product_of(s->output), most = larger(in, out), taps = product_of(s->kernel);
  const int64_t group_bytes = GROUP > 1 ? groups(s) * GROUP * BLOCK * (int64_t)sizeof(value) : 0;
  int64_t used = 0;
#define TAKE(bytes) (used += ((bytes) + 63) / 64 * 64, scratch ? (void *)(scratch + used - ((bytes) + 63) / 64 * 64) : NULL)
  w->lists.input = TAKE(taps * out * 4);
  w->lists.output = TAKE(taps * out * 4);
  w->lists.counts = TAKE(taps * 4);
  w->rows_in = TAKE(out * s->samples * 4);
  w->rows_out = TAKE(out * s->samples * 4);
  w->panel = TAKE(most * s->samples * PANEL * BLOCK * 4);
  w->run = TAKE(most * BLOCK * 4);
  w->gradient = TAKE(BLOCK * taps * PANEL * BLOCK * 4);
  w->inputs = TAKE(in * group_bytes);
  w->outputs = TAKE(PANEL * out * group_bytes);
#undef TAKE
  return used;
}

static int64_t scratch_bytes(const zoo_batch_shape *s) {
  workspace w;
  return make_workspace(s, NULL, &w);
}
