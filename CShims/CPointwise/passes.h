// The passes over one sample.

// What one tile needs.
typedef struct {
  float *run;            // [voxel][16], a run as read
  float *panel;          // [block][voxel][16], results of a panel
  value *input;          // rows forward, groups backward
  value *rows, *groups;  // of the output's gradient
  double *sums;          // the bias' gradient
} workspace;

static size_t make_workspace(const zoo_pointwise_shape *s, char *scratch, workspace *w) {
  size_t used = 0;
  const size_t inputs = (size_t)(s->input_channels * TILE) * sizeof(value);
  const size_t outputs = (size_t)(s->output_channels * TILE) * sizeof(value);
#define TAKE(bytes) (used += (bytes), scratch ? (void *)(scratch + used - (bytes)) : NULL)
  w->run = TAKE(TILE * BLOCK * sizeof(float));
  w->panel = TAKE(PANEL * TILE * BLOCK * sizeof(float));
  w->input = TAKE(inputs);
  w->rows = TAKE(outputs);
  w->groups = GROUP > 1 ? TAKE(outputs) : w->rows;
  w->sums = TAKE((size_t)s->output_channels * sizeof(double));
#undef TAKE
  return used;
}

static size_t scratch_bytes(const zoo_pointwise_shape *s) {
  workspace w;
  return make_workspace(s, NULL, &w);
}

// Voxels of the tile that begins at `first`, of those before `end`.
INLINE int64_t tile_from(int64_t first, int64_t end) {
  return end - first < TILE ? (end > first ? end - first : 0) : TILE;
}

static void forward(const zoo_pointwise_shape *s, const zoo_source *input, const void *packed, const zoo_target *output, int part,
                    int parts, void *scratch) {
  const zoo_kernels *kernels = zoo_kernels_select();
  const int64_t I = s->input_channels / BLOCK, O = s->output_channels / BLOCK, tiles = (s->voxels + TILE - 1) / TILE;
  const int64_t start = tiles * part / parts * TILE, last = tiles * (part + 1) / parts * TILE;
  const int64_t end = last < s->voxels ? last : s->voxels;
  workspace w;
  make_workspace(s, scratch, &w);
  for (int64_t first = start; first < end; first += TILE) {
    const int64_t count = tile_from(first, end);
    for (int64_t i = 0; i < I; i++) read_operands(kernels, input, i, first, count, w.run, w.input + i * TILE * BLOCK, NULL);
    read_ahead ahead = {.nothing = scratch};
    // To own the lines before they are written; streamed values leave without.
    if (!output->streams) fetch_tensor(&ahead, output->values, output->type, O, output->voxels, first, count);
    fetch_source(&ahead, input, I, first + TILE, tile_from(first + TILE, end));
    for (int64_t p = 0; p < panels(O); p++) {
      const int64_t o = panel_start(O, p), blocks = panel_start(O, p + 1) - o;
      multiply(blocks, even(count), w.input, (const value *)packed + o * BLOCK * s->input_channels, I, w.panel, &ahead);
      for (int64_t j = 0; j < blocks; j++) kernels->write(output, o + j, first, count, w.panel + j * TILE * BLOCK);
    }
  }
  if (output->streams) __builtin_ia32_sfence();  // before whatever tells another thread that the output is there
}

// sums += the channels' sums over a run
static void add_sums(const float *run, int64_t count, double *sums) {
  for (int c = 0; c < BLOCK; c += LANES) {
    vec sum = {0};
    for (int64_t v = 0; v < count; v++) sum += LOAD(run + v * BLOCK + c);
    *(wide *)(sums + c) += __builtin_convertvector(sum, wide);
  }
}

static void backward(const zoo_pointwise_shape *s, const zoo_source *input, const zoo_source *output_gradient, const void *packed,
                     const zoo_sink *input_gradient, float *gradient, float *bias_gradient, int accumulates, void *scratch) {
  const zoo_kernels *kernels = zoo_kernels_select();
  const int64_t I = s->input_channels / BLOCK, O = s->output_channels / BLOCK, row = s->input_channels;
  workspace w;
  make_workspace(s, scratch, &w);
  memset(w.sums, 0, (size_t)s->output_channels * sizeof *w.sums);
  for (int64_t first = 0; first < s->voxels; first += TILE) {
    const int64_t count = tile_from(first, s->voxels), voxels = even(count);
    for (int64_t o = 0; o < O; o++) {
      value *rows = w.rows + o * TILE * BLOCK, *groups = w.groups + o * TILE * BLOCK;
      const float *run = read_operands(kernels, output_gradient, o, first, count, w.run, packed ? rows : NULL, groups);
      if (bias_gradient) add_sums(run, count, w.sums + o * BLOCK);
    }
    for (int64_t i = 0; i < I; i++) read_operands(kernels, input, i, first, count, w.run, NULL, w.input + i * TILE * BLOCK);

    read_ahead ahead = {.nothing = scratch};
    if (packed) {
      fetch_tensor(&ahead, input_gradient->g, input_gradient->type, I, input_gradient->voxels, first, count);
      if (input_gradient->x != input->x)
        fetch_tensor(&ahead, input_gradient->x, input_gradient->type, I, input_gradient->voxels, first, count);
    }
    const int64_t next = tile_from(first + TILE, s->voxels);
    fetch_source(&ahead, output_gradient, O, first + TILE, next);
    fetch_source(&ahead, input, I, first + TILE, next);

    for (int64_t p = 0; p < panels(I); p++) {
      const int64_t i = panel_start(I, p), blocks = panel_start(I, p + 1) - i;
      for (int64_t o = 0; o < O; o++)
        multiply_outer(blocks, voxels, w.groups + o * TILE * BLOCK, w.input + i * TILE * BLOCK,
                       gradient + o * BLOCK * row + i * BLOCK, row, first == 0 && !accumulates, &ahead);
    }
    for (int64_t p = 0; packed && p < panels(I); p++) {
      const int64_t i = panel_start(I, p), blocks = panel_start(I, p + 1) - i;
      multiply(blocks, voxels, w.rows, (const value *)packed + i * BLOCK * s->output_channels, O, w.panel, &ahead);
      for (int64_t j = 0; j < blocks; j++) kernels->take(input_gradient, i + j, first, count, w.panel + j * TILE * BLOCK);
    }
  }
  for (int64_t o = 0; bias_gradient && o < s->output_channels; o++)
    bias_gradient[o] = (float)w.sums[o] + (accumulates ? bias_gradient[o] : 0);
}
