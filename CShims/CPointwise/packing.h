// Weights in the order products read them: [panel][k / GROUP][j in panel][GROUP] for `depth` channels k and `width` channels j.

static void pack(int64_t depth, int64_t width, const float *plain, int64_t to_k, int64_t to_j, value *packed) {
  const int64_t blocks = width / BLOCK;
  for (int64_t p = 0; p < panels(blocks); p++) {
    const int64_t start = panel_start(blocks, p) * BLOCK, end = panel_start(blocks, p + 1) * BLOCK;
    for (int64_t k = 0; k < depth; k += GROUP)
      for (int64_t j = start; j < end; j++)
        for (int64_t g = 0; g < GROUP; g++) *packed++ = as_value(plain[(k + g) * to_k + j * to_j]);
  }
}

static void pack_forward(const zoo_pointwise_shape *s, const float *plain, void *packed) {
  pack(s->input_channels, s->output_channels, plain, 1, s->input_channels, packed);
}

static void pack_data(const zoo_pointwise_shape *s, const float *plain, void *packed) {
  pack(s->output_channels, s->input_channels, plain, s->input_channels, 1, packed);
}

static size_t packed_bytes(const zoo_pointwise_shape *s) {
  return (size_t)(s->input_channels * s->output_channels) * sizeof(value);
}
