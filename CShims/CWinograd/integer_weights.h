// Plain weights to their transforms in integers, and the steps of these.

// G along y and x, for one (a, b): taps [9][LANES], already combined along z, to frequencies `stride` vectors apart.
INLINE void transform_square(const vec *taps, int row, vec *U, int64_t stride) {
  vec w[3];
  UNROLL for (int x = 0; x < 3; x++)
    w[x] = (float)filter[row][0] * taps[x] + (float)filter[row][1] * taps[3 + x] + (float)filter[row][2] * taps[6 + x];
  UNROLL for (int f = 0; f < FREQUENCIES; f++)
    U[f * stride] = (float)filter[f][0] * w[0] + (float)filter[f][1] * w[1] + (float)filter[f][2] * w[2];
}

// The weights of one frequency, a block of output channels and a chunk of `count` channels: `to` is [c / 2][panel, k][c % 2].
INLINE void pack_integers(const vec *U, int64_t count, int64_t width, float norm, int16_t *to, float *steps) {
  ivec largest = {0};
  vec sum = {0};
  for (int64_t c = 0; c < count; c++) {
    largest = larger(largest, magnitude(U[c]));
    sum += (vec)magnitude(U[c]);
  }
  const vec step = (vec)larger((ivec)((vec)largest / MOST), (ivec)(sum / MOST_OF_SUM));
  const vec scale = inverse(step);
  STORE(steps, step * (norm / MOST));
  for (int64_t c = 0; c < count; c += 2, to += 2 * width)
    _mm512_stream_si512((__m512i *)to, by_turns(integers(U[c], scale), integers(U[c + 1], scale)));
}

// The integers of every frequency, then their steps, of a convolution whose taps begin at plain[k · to_output + c · to_input].
static void pack(int64_t inputs, int64_t outputs, const float *plain, int64_t to_input, int64_t to_output, int flipped,
                 float *packed, int64_t stride) {
  for (int64_t k = 0; k < outputs; k += BLOCK)
    for (int64_t first = 0; first < inputs; first += DEPTH) {
      const int64_t count = chunk_channels(inputs, first), K = k / BLOCK / PANEL * PANEL;
      const int64_t width = panel_blocks(outputs / BLOCK, K) * BLOCK;
      int16_t *to = (int16_t *)packed + first * outputs + K * BLOCK * count + 2 * (k - K * BLOCK);
      float *steps = packed + inputs * outputs / 2 + first / DEPTH * outputs + k;
      vec taps[DEPTH][TAPS], squares[DEPTH][9], U[FREQUENCIES][DEPTH];
      for (int64_t c = 0; c < count; c++)
        for (int lane = 0; lane < LANES; lane++) {
          const float *from = plain + (k + lane) * to_output + (first + c) * to_input;
          for (int i = 0; i < TAPS; i++) taps[c][i][lane] = from[flipped ? TAPS - 1 - i : i];
        }
      for (int a = 0; a < FREQUENCIES; a++) {
        for (int64_t c = 0; c < count; c++)
          for (int i = 0; i < 9; i++)
            squares[c][i] = (float)filter[a][0] * taps[c][i] + (float)filter[a][1] * taps[c][9 + i] + (float)filter[a][2] * taps[c][18 + i];
        for (int row = 0; row < FREQUENCIES; row++) {
          for (int64_t c = 0; c < count; c++) transform_square(squares[c], row, &U[0][c], DEPTH);
          for (int f = 0; f < FREQUENCIES; f++) {
            const int64_t at = ((a * FREQUENCIES + row) * FREQUENCIES + f) * stride;
            pack_integers(U[f], count, width, input_norms[f], to + 2 * at, steps + at);
          }
        }
      }
    }
  __builtin_ia32_sfence();
}
