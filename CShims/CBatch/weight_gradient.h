// The weights' gradient: a panel of output channels by a block of input channels, in the cache until all rows are summed.

// gradient[c][j] = Σ z[r][j] · a[r][c] over the rows r that meet: `groups` of each voxel. The panel's blocks are `stride` values
// apart, and the channels c `to_next` floats.
INLINE void outer(const int channels, const int blocks, const meetings *m, int64_t groups, const value *a, const value *z,
                  int64_t stride, float *gradient, int64_t to_next) {
  const int vectors = blocks * VECTORS;
  vec sum[16];
  operand p[4];
  UNROLL for (int i = 0; i < channels * vectors; i++) sum[i] = (vec){0};
  for (int64_t n = 0; n < m->count; n++) {
    const value *from = a + m->input[n] * groups * BLOCK * GROUP, *to = z + m->output[n] * groups * BLOCK * GROUP;
    for (int64_t g = 0; g < groups; g++, from += BLOCK * GROUP, to += BLOCK * GROUP) {
      UNROLL for (int i = 0; i < vectors; i++) p[i] = load_operand(to + i / VECTORS * stride + i % VECTORS * LANES * GROUP);
      UNROLL for (int c = 0; c < channels; c++) {
        factor x = load_factor(from + c * GROUP);
        UNROLL for (int i = 0; i < vectors; i++) sum[c * vectors + i] = multiply_add(x, p[i], sum[c * vectors + i]);
      }
    }
  }
  UNROLL for (int c = 0; c < channels; c++)
    UNROLL for (int i = 0; i < vectors; i++) STORE(gradient + c * to_next + i * LANES, sum[c * vectors + i]);
}

// All channels of a block, as many at once as registers hold; `left` are over.
#define OUTER(channels, left, blocks)                                                                                      \
  static __attribute__((noinline)) void outer_##blocks(const meetings *m, int64_t groups, const value *a, const value *z, \
                                                       int64_t stride, float *gradient, int64_t to_next) {                \
    int c = 0;                                                                                                             \
    for (; c < BLOCK - left; c += channels)                                                                                \
      outer(channels, blocks, m, groups, a + c * GROUP, z, stride, gradient + c * to_next, to_next);                       \
    if (left) outer(left, blocks, m, groups, a + c * GROUP, z, stride, gradient + c * to_next, to_next);                   \
  }

#if LANES == 16
OUTER(16, 0, 1) OUTER(8, 0, 2)
#else
OUTER(6, 4, 1)
#endif

static void multiply_outer(int64_t blocks, const meetings *m, int64_t groups, const value *a, const value *z, int64_t stride,
                           float *gradient, int64_t to_next) {
#if LANES == 16
  if (blocks == 2) {
    outer_2(m, groups, a, z, stride, gradient, to_next);
    return;
  }
#else
  (void)blocks;  // 1
#endif
  outer_1(m, groups, a, z, stride, gradient, to_next);
}

// One block of rows by groups of samples, the last filled up with zeros: `room`, or the rows where that is the same.
static const value *grouped(const value *rows, int64_t voxels, int64_t samples, value *room) {
#ifdef ZOO_MULTIPLIES_BF16
  value *to = room;
  for (int64_t v = 0; v < voxels; v++, rows += samples * BLOCK)
    for (int64_t n = 0; n < samples; n += 2, to += 2 * BLOCK) {
      const __m256i *pair = (const __m256i *)(rows + n * BLOCK);
      _mm512_store_si512(to, interleaved(_mm256_load_si256(pair), n + 1 < samples ? _mm256_load_si256(pair + 1) : (__m256i){0}));
    }
  return room;
#else
  (void)voxels, (void)samples, (void)room;
  return rows;
#endif
}

// [channel of the block][tap][channel of the panel] to plain rows of `row` floats, one a channel of the panel.
static void unpack_gradient(const float *gradient, int64_t count, int64_t width, float *plain, int64_t row, int accumulate) {
  const int lines = (uintptr_t)plain % sizeof(vec) == 0;  // parameters lie behind each other: theirs is any place
  for (int64_t o = 0; o < width; o += LANES)
    for (int64_t i = 0; i < count; i += LANES) {
      vec square[LANES];
      UNROLL for (int n = 0; n < LANES; n++) square[n] = LOAD(gradient + (i + n) * width + o);
      transpose(square);
      for (int lane = 0; lane < LANES; lane++) {
        float *to = plain + (o + lane) * row + i;
        const vec v = accumulate ? *(vec_unaligned *)to + square[lane] : square[lane];
        if (lines) stream(to, v);
        else *(vec_unaligned *)to = v;
      }
    }
}

// The bias' gradient of one block: sums of its rows, in f32 over the samples of a voxel.
static void sum_rows(const value *rows, int64_t voxels, int64_t samples, float *bias_gradient, int accumulate) {
  for (int c = 0; c < BLOCK; c += LANES) {
    wide sum = {0};
    for (int64_t v = 0; v < voxels; v++) {
      vec part = {0};
      for (int64_t n = 0; n < samples; n++) part += load_values(rows + (v * samples + n) * BLOCK + c);
      sum += __builtin_convertvector(part, wide);
    }
    const vec total = __builtin_convertvector(sum, vec);
    vec_unaligned *to = (vec_unaligned *)(bias_gradient + c);
    *to = accumulate ? *to + total : total;
  }
}

static void weight_gradient(const zoo_batch_shape *s, const void *input_rows, const void *gradient_rows, float *gradient,
                            float *bias_gradient, int accumulate, int64_t part, int64_t parts, void *scratch) {
  const int64_t in = product_of(s->input), out = product_of(s->output), taps = product_of(s->kernel);
  const int64_t row = s->input_channels * taps, all = output_parts(s), group_count = groups(s);
  const int64_t in_block = in * s->samples * BLOCK, out_block = out * s->samples * BLOCK;
  const int64_t stride = out * group_count * BLOCK * GROUP;
  workspace w;
  make_workspace(s, scratch, &w);
  list_taps(s, &w.lists);
  for (int64_t p = all * part / parts; p < all * (part + 1) / parts; p++) {
    const int64_t blocks = panel_blocks(s->output_channels, p), width = blocks * BLOCK, o = p * PANEL;
    const value *first = (const value *)gradient_rows + o * out_block, *z = first;
    for (int64_t b = 0; b < blocks; b++) {
      const value *of_block = grouped(first + b * out_block, out, s->samples, w.outputs + b * stride);
      if (b == 0) z = of_block;
      if (bias_gradient) sum_rows(first + b * out_block, out, s->samples, bias_gradient + (o + b) * BLOCK, accumulate);
    }
    for (int64_t i = 0; i < s->input_channels / BLOCK; i++) {
      const value *a = grouped((const value *)input_rows + i * in_block, in, s->samples, w.inputs);
      for (int64_t tap = 0; tap < taps; tap++) {
        const meetings m = meetings_of(s, &w.lists, tap);
        multiply_outer(blocks, &m, group_count, a, z, stride, w.gradient + tap * width, taps * width);
      }
      unpack_gradient(w.gradient, BLOCK * taps, width, gradient + o * BLOCK * row + i * BLOCK * taps, row, accumulate);
    }
  }
  __builtin_ia32_sfence();
}
