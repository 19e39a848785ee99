// Weights in the order products read them: [panel of j][chunk of k][tap][k / GROUP][j in panel][GROUP], for the channels j that are
// made and the channels k that are summed.

enum { CHUNK = 64 * GROUP };  // channels k: their weights of one tap and panel stay in the nearest cache

INLINE int64_t chunk_depth(int64_t depth, int64_t chunk) { return smaller(depth - chunk * CHUNK, CHUNK); }

// Where the weights of a panel, chunk and tap begin: `depth` channels k, `width` channels j a panel.
INLINE int64_t weights_at(int64_t depth, int64_t width, int64_t taps, int64_t panel, int64_t chunk, int64_t tap) {
  return (panel * PANEL * BLOCK * depth + chunk * CHUNK * width) * taps + tap * chunk_depth(depth, chunk) * width;
}

// One vector of weights, of channels j … j + LANES.
INLINE void place(value *packed, int64_t depth, int64_t channels, int64_t taps, int64_t j, int64_t k, int64_t tap, vec v) {
  const int64_t panel = j / (PANEL * BLOCK), width = panel_blocks(channels, panel) * BLOCK, chunk = k / CHUNK;
  value *to = packed + weights_at(depth, width, taps, panel, chunk, tap);
  store_weights(to + (k % CHUNK / GROUP * width + j % (PANEL * BLOCK)) * GROUP, k, v);
}

static void pack_forward(const zoo_batch_shape *s, const float *plain, void *packed) {
  const int64_t taps = product_of(s->kernel), row = s->input_channels * taps;
  for (int64_t o = 0; o < s->output_channels; o += LANES)
    for (int64_t i = 0; i < row; i += LANES) {
      vec square[LANES];
      UNROLL for (int lane = 0; lane < LANES; lane++) square[lane] = *(const vec_unaligned *)(plain + (o + lane) * row + i);
      transpose(square);
      for (int n = 0; n < LANES; n++)
        place(packed, s->input_channels, s->output_channels, taps, o, (i + n) / taps, (i + n) % taps, square[n]);
    }
}

static void pack_data(const zoo_batch_shape *s, const float *plain, void *packed) {
  const int64_t taps = product_of(s->kernel);
  for (int64_t o = 0; o < s->output_channels; o++)
    for (int64_t i = 0; i < s->input_channels; i += LANES, plain += LANES * taps)
      for (int64_t tap = 0; tap < taps; tap++) {
        vec v;
        UNROLL for (int lane = 0; lane < LANES; lane++) v[lane] = plain[lane * taps + tap];
        place(packed, s->output_channels, s->input_channels, taps, i, o, tap, v);
      }
}
