// The passes over one sample.

// Plain (O, C, D, H, W) to [panel][tap][channel of the panel], with zeros where there is no channel.
static void pack(const zoo_stem_shape *s, const float *plain, void *packed) {
  const int64_t taps = tap_count(s);
  float *to = packed;
  for (int64_t p = 0; p < panels(s); p++)
    for (int64_t t = 0; t < taps; t++)
      for (int64_t o = p * WIDTH; o < (p + 1) * WIDTH; o++) *to++ = o < s->output_channels ? plain[o * taps + t] : 0;
}

static void forward(const zoo_stem_shape *s, const zoo_source *input, const void *packed, const zoo_target *output, int64_t part,
                    int64_t parts, void *scratch) {
  const zoo_kernels *kernels = zoo_kernels_select();
  const int64_t taps = tap_count(s), first = s->output[0] * part / parts, end = s->output[0] * (part + 1) / parts;
  const int64_t wide = s->output[2];
  // The second half of a panel: the next block, or the next vector of the same.
  const int64_t to_block = PANEL == 2 ? wide * BLOCK : LANES;
  workspace w;
  lay_out(s, scratch, &w);
  if (first == end) return;
  find_offsets(s, &w);
  fill_volume(s, input, first, end - first, &w);
  for (int64_t z = first; z < end; z++)
    for (int64_t y = 0; y < s->output[1]; y++)
      for (int64_t p = 0; p < panels(s); p++) {
        make_row(start_of(s, &w, z, y), s->stride[2], wide, w.offsets, taps, (const float *)packed + p * taps * WIDTH, w.rows,
                 to_block);
        for (int64_t b = 0; b < panel_blocks(s, p); b++)
          kernels->write(output, p * PANEL + b, (z * s->output[1] + y) * wide, wide, w.rows + b * wide * BLOCK);
      }
  __builtin_ia32_sfence();  // targets may stream
}

// The bias' gradient of one row: sums over its voxels.
static void add_bias(const float *gradient, int64_t wide, float *bias_gradient) {
  for (int c = 0; c < BLOCK; c += LANES) {
    vec sum = {0};
    for (int64_t x = 0; x < wide; x++) sum += LOAD(gradient + x * BLOCK + c);
    for (int lane = 0; lane < LANES; lane++) bias_gradient[c + lane] += sum[lane];
  }
}

static void weight_gradient(const zoo_stem_shape *s, const zoo_source *input, const zoo_source *output_gradient, float *gradient,
                            float *bias_gradient, int accumulate, void *scratch) {
  const zoo_kernels *kernels = zoo_kernels_select();
  const int64_t taps = tap_count(s), all = up(taps, TAPS), wide = s->output[2], to_block = PANEL == 2 ? wide * BLOCK : LANES;
  workspace w;
  lay_out(s, scratch, &w);
  find_offsets(s, &w);
  fill_volume(s, input, 0, s->output[0], &w);
  if (bias_gradient && !accumulate) memset(bias_gradient, 0, (size_t)s->output_channels * sizeof *bias_gradient);
  memset(w.rows, 0, (size_t)(PANEL * wide * BLOCK) * sizeof *w.rows);  // the last panel may have a block too few
  for (int64_t p = 0; p < panels(s); p++) {
    memset(w.sums, 0, (size_t)(all * WIDTH) * sizeof *w.sums);
    for (int64_t z = 0; z < s->output[0]; z++)
      for (int64_t y = 0; y < s->output[1]; y++) {
        for (int64_t b = 0; b < panel_blocks(s, p); b++) {
          float *row = w.rows + b * wide * BLOCK;
          kernels->read(output_gradient, p * PANEL + b, (z * s->output[1] + y) * wide, wide, row);
          if (bias_gradient) add_bias(row, wide, bias_gradient + (p * PANEL + b) * BLOCK);
        }
        for (int64_t t = 0; t < all; t += TAPS)
          add_row(start_of(s, &w, z, y), s->stride[2], wide, w.offsets + t, w.rows, to_block, w.sums + t * WIDTH);
      }
    for (int64_t o = p * WIDTH; o < smaller((p + 1) * WIDTH, s->output_channels); o++)
      for (int64_t t = 0; t < taps; t++) {
        const float sum = w.sums[t * WIDTH + o - p * WIDTH];
        gradient[o * taps + t] = accumulate ? gradient[o * taps + t] + sum : sum;
      }
  }
}
