// Plain weights to their transforms U, in f32.

// Floats from one frequency to the next in packed weights: an odd number of lines again.
static int64_t weight_stride(const zoo_winograd_shape *s) {
  return (s->input_channels * s->output_channels / BLOCK | 1) * BLOCK;
}

// Packed weights outgrow the caches: whole lines go past them, and are not read before they are written.
INLINE void store_packed(float *to, vec v) {
  if (LANES == BLOCK) __builtin_nontemporal_store(v, (vec *)to);
  else STORE(to, v);
}

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
        store_packed(U, NARROW(filter[f][0] * w[0] + filter[f][1] * w[1] + filter[f][2] * w[2]));
      }
}

// U[a,b,f][panel][C,c][K in panel, k] of a convolution whose taps begin at plain[k · to_output + c · to_input].
static void pack(int64_t inputs, int64_t outputs, const float *plain, int64_t to_input, int64_t to_output, int flipped,
                 float *packed, int64_t stride) {
  for (int64_t k = 0; k < outputs; k += LANES) {
    int64_t K = k / BLOCK / PANEL * PANEL, width = panel_blocks(outputs / BLOCK, K) * BLOCK;
    float *panel = packed + K * BLOCK * inputs + (k - K * BLOCK);
    for (int64_t c = 0; c < inputs; c++) {
      float taps[TAPS * LANES] __attribute__((aligned(64)));
      for (int lane = 0; lane < LANES; lane++) {
        const float *from = plain + (k + lane) * to_output + c * to_input;
        for (int i = 0; i < TAPS; i++) taps[i * LANES + lane] = from[flipped ? TAPS - 1 - i : i];
      }
      transform_taps(taps, panel + c * width, stride);
    }
  }
  __builtin_ia32_sfence();
}
