// Weights in the order products read them: [panel of j][chunk of k][tap][k / GROUP][j in panel][GROUP], for the channels j that are
// made and the channels k that are summed.

enum { CHUNK = 64 * GROUP };  // channels k: their weights of one tap and panel stay in the nearest cache

INLINE int64_t chunk_depth(int64_t depth, int64_t chunk) { return smaller(depth - chunk * CHUNK, CHUNK); }

// Where the weights of a panel, chunk and tap begin: `depth` channels k, `width` channels j a panel.
INLINE int64_t weights_at(int64_t depth, int64_t width, int64_t taps, int64_t panel, int64_t chunk, int64_t tap) {
  return (panel * PANEL * BLOCK * depth + chunk * CHUNK * width) * taps + tap * chunk_depth(depth, chunk) * width;
}

// Where the first tap of channel k's chunk is kept for the channels of a panel from j on, and what lies from tap to tap.
INLINE value *chunk_of(value *packed, int64_t depth, int64_t channels, int64_t taps, int64_t j, int64_t k, int64_t *step) {
  const int64_t panel = j / (PANEL * BLOCK), width = panel_blocks(channels, panel) * BLOCK, chunk = k / CHUNK;
  *step = chunk_depth(depth, chunk) * width;
  return packed + weights_at(depth, width, taps, panel, chunk, 0) + (k % CHUNK / GROUP * width + j % (PANEL * BLOCK)) * GROUP;
}

static void pack_forward(const zoo_batch_shape *s, const float *plain, void *packed) {
  const int64_t taps = product_of(s->kernel), row = s->input_channels * taps;
  vec before[ZOO_BATCH_TAPS];  // of the channel before, where GROUP are multiplied together
  for (int64_t o = 0; o < s->output_channels; o += LANES) {
    int64_t i = 0, tap = 0, step;
    value *to = chunk_of(packed, s->input_channels, s->output_channels, taps, o, i, &step);
    for (const float *from = plain + o * row, *end = from + row; from < end; from += LANES) {
      vec square[LANES];
      UNROLL for (int lane = 0; lane < LANES; lane++) square[lane] = *(const vec_unaligned *)(from + lane * row);
      transpose(square);
      UNROLL for (int n = 0; n < LANES; n++) {
        if ((i + 1) % GROUP == 0) stream_weights(to + tap * step, before[tap], square[n]);
        else before[tap] = square[n];
        if (++tap < taps) continue;
        tap = 0;
        to = chunk_of(packed, s->input_channels, s->output_channels, taps, o, ++i, &step);
      }
    }
  }
  __builtin_ia32_sfence();
}

// One weight each of LANES channels, `taps` floats apart.
INLINE vec every(const float *plain, int64_t taps) {
  vec v;
  UNROLL for (int lane = 0; lane < LANES; lane++) v[lane] = plain[lane * taps];
  return v;
}

static void pack_data(const zoo_batch_shape *s, const float *plain, void *packed) {
  const int64_t taps = product_of(s->kernel), row = s->input_channels * taps;
  for (int64_t o = 0; o < s->output_channels; o += GROUP)
    for (int64_t i = 0; i < s->input_channels; i += LANES) {
      const float *from = plain + o * row + i * taps;
      int64_t step;
      value *to = chunk_of(packed, s->output_channels, s->input_channels, taps, i, o, &step);
      for (int64_t tap = 0; tap < taps; tap++, from++, to += step)
        stream_weights(to, every(from, taps), every(from + (GROUP - 1) * row, taps));
    }
  __builtin_ia32_sfence();
}
