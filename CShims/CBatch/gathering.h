// One sample's tensor into the rows of all.

static void gather(const zoo_source *source, int64_t channels, int64_t voxels, int64_t samples, int64_t sample, value *rows) {
  enum { RUN_VOXELS = 64 };
  const zoo_kernels *kernels = zoo_kernels_select();
  float run[RUN_VOXELS * BLOCK] __attribute__((aligned(64)));
  for (int64_t b = 0; b < channels / BLOCK; b++)
    for (int64_t first = 0; first < voxels; first += RUN_VOXELS) {
      const int64_t count = smaller(voxels - first, RUN_VOXELS);
      kernels->read(source, b, first, count, run);
      for (int64_t v = 0; v < count; v++) {
        value *row = rows + ((b * voxels + first + v) * samples + sample) * BLOCK;
        UNROLL for (int c = 0; c < BLOCK; c += LANES) store_values(row + c, LOAD(run + v * BLOCK + c));
      }
    }
}

static void gather_input(const zoo_batch_shape *s, const zoo_source *input, int64_t sample, void *rows) {
  gather(input, s->input_channels, product_of(s->input), s->samples, sample, rows);
}

static void gather_gradient(const zoo_batch_shape *s, const zoo_source *output_gradient, int64_t sample, void *rows) {
  gather(output_gradient, s->output_channels, product_of(s->output), s->samples, sample, rows);
}
