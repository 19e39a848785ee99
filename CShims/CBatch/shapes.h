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

// Voxels of the input and of the output that one tap brings together.
typedef struct {
  int32_t *input, *output;
  int64_t count;
} meetings;

static void find_meetings(const zoo_batch_shape *s, int64_t tap, meetings *m) {
  const int64_t at[3] = {tap / (s->kernel[1] * s->kernel[2]), tap / s->kernel[2] % s->kernel[1], tap % s->kernel[2]};
  int64_t offset[3];
  for (int a = 0; a < 3; a++) offset[a] = at[a] * s->dilation[a] - s->padding[a];
  m->count = 0;
  for (int64_t z = 0; z < s->output[0]; z++) {
    const int64_t from_z = z * s->stride[0] + offset[0];
    if (from_z < 0 || from_z >= s->input[0]) continue;
    for (int64_t y = 0; y < s->output[1]; y++) {
      const int64_t from_y = y * s->stride[1] + offset[1];
      if (from_y < 0 || from_y >= s->input[1]) continue;
      for (int64_t x = 0; x < s->output[2]; x++) {
        const int64_t from_x = x * s->stride[2] + offset[2];
        if (from_x < 0 || from_x >= s->input[2]) continue;
        m->input[m->count] = (int32_t)((from_z * s->input[1] + from_y) * s->input[2] + from_x);
        m->output[m->count++] = (int32_t)((z * s->output[1] + y) * s->output[2] + x);
      }
    }
  }
}

// A thread's scratch.
typedef struct {
  meetings voxels;
  int32_t *from, *to;  // rows that meet: of what is read, of what is made
  float *panel;        // [row][channel of the panel]: what is made
  float *run;          // [voxel][16]: one block of one sample
  float *gradient;     // [channel of a block][tap][channel of the panel]
  value *inputs, *outputs;  // groups of rows where they are not as gathered
} workspace;

// Groups of samples a voxel.
INLINE int64_t groups(const zoo_batch_shape *s) { return (s->samples + GROUP - 1) / GROUP; }

static int64_t make_workspace(const zoo_batch_shape *s, char *scratch, workspace *w) {
  const int64_t in = product_of(s->input), out = product_of(s->output), most = larger(in, out);
  const int64_t group_bytes = GROUP > 1 ? groups(s) * GROUP * BLOCK * (int64_t)sizeof(value) : 0;
  int64_t used = 0;
#define TAKE(bytes) (used += ((bytes) + 63) / 64 * 64, scratch ? (void *)(scratch + used - ((bytes) + 63) / 64 * 64) : NULL)
  w->voxels.input = TAKE(out * 4);
  w->voxels.output = TAKE(out * 4);
  w->from = TAKE(out * s->samples * 4);
  w->to = TAKE(out * s->samples * 4);
  w->panel = TAKE(most * s->samples * PANEL * BLOCK * 4);
  w->run = TAKE(most * BLOCK * 4);
  w->gradient = TAKE(BLOCK * product_of(s->kernel) * PANEL * BLOCK * 4);
  w->inputs = TAKE(in * group_bytes);
  w->outputs = TAKE(PANEL * out * group_bytes);
#undef TAKE
  return used;
}

static int64_t scratch_bytes(const zoo_batch_shape *s) {
  workspace w;
  return make_workspace(s, NULL, &w);
}
