// The weight gradient's dU is cut into blocks of 16 channels of one side by a panel of the other, each [frequency][q][p], so that a
// block is in the cache when it is turned into gradients of plain weights.

// The sides of a weight gradient: p, which vectors run along, has at least as many channels as q.
typedef struct {
  int swapped;         // p is the output's side
  int64_t p, q;        // channels
  int64_t to_p, to_q;  // from a plain weight to that of the next channel
} sides;

static sides make_sides(const zoo_winograd_shape *s) {
  const int64_t to_output = s->input_channels * TAPS;
  if (s->output_channels > s->input_channels) return (sides){1, s->output_channels, s->input_channels, to_output, TAPS};
  return (sides){0, s->input_channels, s->output_channels, TAPS, to_output};
}

enum { GRADIENT_PANEL = (LANES == 16 ? 4 : 1) * BLOCK };  // channels p of a block

INLINE int64_t panel_width(const sides *d, int64_t p) { return smaller(d->p - p, GRADIENT_PANEL); }

// Floats from one frequency to the next in a block: an odd number of lines again.
INLINE int64_t block_stride(int64_t width) { return BLOCK * width + BLOCK; }

static int64_t gradient_block_floats(int64_t width) { return CUBE * block_stride(width); }

// Where the block that begins at channels p and q stands among all.
static int64_t gradient_block_offset(const sides *d, int64_t p, int64_t q) {
  return p / GRADIENT_PANEL * (d->q / BLOCK) * gradient_block_floats(GRADIENT_PANEL) +
         q / BLOCK * gradient_block_floats(panel_width(d, p));
}

static int64_t gradient_floats(const sides *d) {
  return (d->p + GRADIENT_PANEL - 1) / GRADIENT_PANEL * (d->q / BLOCK) * gradient_block_floats(GRADIENT_PANEL);
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

// The block of dw (O, I, 3, 3, 3) at channels p0 and q0, or what is added to it.
static void unpack_gradient(const sides *d, int64_t p0, int64_t q0, const float *dU, float *plain, int accumulates) {
  const int64_t width = panel_width(d, p0);
  for (int64_t q = 0; q < BLOCK; q++)
    for (int64_t p = 0; p < width; p += LANES) {
      float taps[TAPS * LANES] __attribute__((aligned(64)));
      transform_gradient(dU + q * width + p, block_stride(width), taps);
      for (int lane = 0; lane < LANES; lane++) {
        float *to = plain + (p0 + p + lane) * d->to_p + (q0 + q) * d->to_q;
        for (int i = 0; i < TAPS; i++) to[i] = (accumulates ? to[i] : 0) + taps[i * LANES + lane];
      }
    }
}
