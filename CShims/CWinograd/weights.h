// Plain weights to their transforms U, and the gradient of U to that of plain weights.

// G along all axes, in f64: taps [27][LANES] to the CUBE frequencies of these lanes, `stride` floats apart.
static void transform_taps(const float *taps, float *U, int64_t stride) {
  wide along_z[FREQUENCIES][9], along_y[FREQUENCIES][FREQUENCIES][3];
  for (int i = 0; i < 9; i++) {
    wide w0 = WIDEN(LOAD(taps + i * LANES)), w1 = WIDEN(LOAD(taps + (9 + i) * LANES)),
         w2 = WIDEN(LOAD(taps + (18 + i) * LANES));
    for (int a = 0; a < FREQUENCIES; a++) along_z[a][i] = filter[a][0] * w0 + filter[a][1] * w1 + filter[a][2] * w2;
  }
  for (int a = 0; a < FREQUENCIES; a++)
    for (int b = 0; b < FREQUENCIES; b++)
      for (int x = 0; x < 3; x++)
        along_y[a][b][x] = filter[b][0] * along_z[a][x] + filter[b][1] * along_z[a][3 + x] + filter[b][2] * along_z[a][6 + x];
  for (int a = 0; a < FREQUENCIES; a++)
    for (int b = 0; b < FREQUENCIES; b++)
      for (int f = 0; f < FREQUENCIES; f++, U += stride) {
        const wide *w = along_y[a][b];
        STORE(U, NARROW(filter[f][0] * w[0] + filter[f][1] * w[1] + filter[f][2] * w[2]));
      }
}

// U[a,b,f][panel][C,c][K in panel, k] of a convolution whose taps begin at plain[k · to_output + c · to_input].
static void pack(int64_t inputs, int64_t outputs, const float *plain, int64_t to_input, int64_t to_output, int flipped,
                 float *packed) {
  for (int64_t k = 0; k < outputs; k += LANES) {
    int64_t K = k / BLOCK / PANEL * PANEL, width = panel_blocks(outputs / BLOCK, K) * BLOCK;
    float *panel = packed + K * BLOCK * inputs + (k - K * BLOCK);
    for (int64_t c = 0; c < inputs; c++) {
      float taps[TAPS * LANES] __attribute__((aligned(64)));
      for (int lane = 0; lane < LANES; lane++) {
        const float *from = plain + (k + lane) * to_output + c * to_input;
        for (int i = 0; i < TAPS; i++) taps[i * LANES + lane] = from[flipped ? TAPS - 1 - i : i];
      }
      transform_taps(taps, panel + c * width, inputs * outputs);
    }
  }
}

static void pack_forward(const zoo_winograd_shape *s, const float *plain, float *packed) {
  pack(s->input_channels, s->output_channels, plain, TAPS, s->input_channels * TAPS, 0, packed);
}

// The data gradient is a convolution of the output's gradient with the taps in opposite order.
static void pack_data(const zoo_winograd_shape *s, const float *plain, float *packed) {
  pack(s->output_channels, s->input_channels, plain, s->input_channels * TAPS, TAPS, 1, packed);
}

// Gᵀ along all axes: the CUBE frequencies of LANES channels, `stride` floats apart, to taps [27][LANES].
static void transform_gradient(const float *dU, int64_t stride, float *taps) {
  vec along_x[FREQUENCIES][FREQUENCIES][3], along_y[FREQUENCIES][3][3];
  for (int a = 0; a < FREQUENCIES; a++)
    for (int b = 0; b < FREQUENCIES; b++) {
      vec sum[3] = {{0}, {0}, {0}};
      UNROLL for (int f = 0; f < FREQUENCIES; f++, dU += stride)
        UNROLL for (int x = 0; x < 3; x++) sum[x] += (float)filter[f][x] * LOAD(dU);
      UNROLL for (int x = 0; x < 3; x++) along_x[a][b][x] = sum[x];
    }
  for (int a = 0; a < FREQUENCIES; a++)
    UNROLL for (int y = 0; y < 3; y++)
      UNROLL for (int x = 0; x < 3; x++) {
        vec sum = {0};
        UNROLL for (int b = 0; b < FREQUENCIES; b++) sum += (float)filter[b][y] * along_x[a][b][x];
        along_y[a][y][x] = sum;
      }
  UNROLL for (int z = 0; z < 3; z++)
    for (int y = 0; y < 3; y++)
      for (int x = 0; x < 3; x++, taps += LANES) {
        vec sum = {0};
        UNROLL for (int a = 0; a < FREQUENCIES; a++) sum += (float)filter[a][z] * along_y[a][y][x];
        STORE(taps, sum);
      }
}

// dw (O, I, 3, 3, 3), or what is added to it, from the dU [a,b,f][q][p] of multiply_gradient.
static void unpack_gradient(const zoo_winograd_shape *s, const float *dU, float *plain, int accumulates) {
  const int swapped = s->output_channels > s->input_channels;
  int64_t row = swapped ? s->output_channels : s->input_channels, rows = swapped ? s->input_channels : s->output_channels;
  int64_t to_p = (swapped ? s->input_channels : 1) * TAPS, to_q = (swapped ? 1 : s->input_channels) * TAPS;
  for (int64_t q = 0; q < rows; q++)
    for (int64_t p = 0; p < row; p += LANES) {
      float taps[TAPS * LANES] __attribute__((aligned(64)));
      transform_gradient(dU + q * row + p, row * rows, taps);
      for (int lane = 0; lane < LANES; lane++) {
        float *to = plain + (p + lane) * to_p + q * to_q;
        for (int i = 0; i < TAPS; i++) to[i] = (accumulates ? to[i] : 0) + taps[i * LANES + lane];
      }
    }
}
