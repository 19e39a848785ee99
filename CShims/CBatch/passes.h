// The forward pass and the data gradient: the same products, with the rows that meet in opposite roles.

// The rows that meet at a tap, samples fastest; of one sample, rows are voxels.
static meetings list_rows(const zoo_batch_shape *s, int64_t tap, workspace *w) {
  const meetings voxels = meetings_of(s, &w->lists, tap);
  if (s->samples == 1) return voxels;
  int64_t count = 0;
  for (int64_t m = 0; m < voxels.count; m++)
    for (int64_t sample = 0; sample < s->samples; sample++, count++) {
      w->rows_in[count] = (int32_t)(voxels.input[m] * s->samples + sample);
      w->rows_out[count] = (int32_t)(voxels.output[m] * s->samples + sample);
    }
  return (meetings){w->rows_in, w->rows_out, count};
}

// One panel of `channels` channels from rows of `depth` channels: forward, or backward from gradients.
static void make_panel(const zoo_batch_shape *s, int forward, int64_t depth, int64_t channels, int64_t panel, const value *rows,
                       const value *packed, workspace *w) {
  const int64_t taps = product_of(s->kernel), blocks = panel_blocks(channels, panel);
  const int64_t stride = product_of(forward ? s->input : s->output) * s->samples * BLOCK;
  const int64_t made = product_of(forward ? s->output : s->input) * s->samples;
  memset(w->panel, 0, (size_t)(made * blocks * BLOCK) * sizeof *w->panel);
  for (int64_t chunk = 0; chunk * CHUNK < depth; chunk++)
    for (int64_t tap = 0; tap < taps; tap++) {
      const value *weights = packed + weights_at(depth, blocks * BLOCK, taps, panel, chunk, tap);
      const meetings met = list_rows(s, tap, w);
      multiply(met.count, blocks, rows + chunk * (CHUNK / BLOCK) * stride, stride, forward ? met.input : met.output, weights,
               chunk_depth(depth, chunk) / BLOCK, w->panel, forward ? met.output : met.input);
    }
}

// One sample's block of a panel, as a run.
static const float *panel_run(const workspace *w, int64_t voxels, int64_t samples, int64_t sample, int64_t block, int64_t blocks) {
  for (int64_t v = 0; v < voxels; v++)
    memcpy(w->run + v * BLOCK, w->panel + ((v * samples + sample) * blocks + block) * BLOCK, BLOCK * sizeof *w->run);
  return w->run;
}

static void forward(const zoo_batch_shape *s, const void *input_rows, const void *packed, const zoo_target *targets, int64_t part,
                    int64_t parts, void *scratch) {
  const zoo_kernels *kernels = zoo_kernels_select();
  const int64_t voxels = product_of(s->output), all = output_parts(s);
  workspace w;
  make_workspace(s, scratch, &w);
  list_taps(s, &w.lists);
  for (int64_t p = all * part / parts; p < all * (part + 1) / parts; p++) {
    const int64_t blocks = panel_blocks(s->output_channels, p);
    make_panel(s, 1, s->input_channels, s->output_channels, p, input_rows, packed, &w);
    for (int64_t n = 0; n < s->samples; n++)
      for (int64_t b = 0; b < blocks; b++)
        kernels->write(targets + n, p * PANEL + b, 0, voxels, panel_run(&w, voxels, s->samples, n, b, blocks));
  }
  __builtin_ia32_sfence();  // targets may stream
}

static void data_gradient(const zoo_batch_shape *s, const void *gradient_rows, const void *packed, const zoo_sink *sinks,
                          int64_t part, int64_t parts, void *scratch) {
  const zoo_kernels *kernels = zoo_kernels_select();
  const int64_t voxels = product_of(s->input), all = input_parts(s);
  workspace w;
  make_workspace(s, scratch, &w);
  list_taps(s, &w.lists);
  for (int64_t p = all * part / parts; p < all * (part + 1) / parts; p++) {
    const int64_t blocks = panel_blocks(s->input_channels, p);
    make_panel(s, 0, s->output_channels, s->input_channels, p, gradient_rows, packed, &w);
    for (int64_t n = 0; n < s->samples; n++)
      for (int64_t b = 0; b < blocks; b++)
        kernels->take(sinks + n, p * PANEL + b, 0, voxels, panel_run(&w, voxels, s->samples, n, b, blocks));
  }
}
