// The passes over one sample.

// Reads the next part's input rows into the second cache, a portion at each product, so that their way is hidden behind it.
typedef struct {
  const float *input;
  int64_t first, rows;  // tile rows of the next part; none where the input is in the cache anyway
  int portion;
} read_ahead;

static read_ahead make_read_ahead(const blocking *b, const float *input, int64_t first) {
  read_ahead ahead = {.input = input, .first = first + b->R};
  if (ahead.first < b->rows && is_streamed(b, b->C)) ahead.rows = rows_from(b, ahead.first);
  return ahead;
}

INLINE void read_portion(const blocking *b, read_ahead *ahead) {
  int portion = ahead->portion++;
  int64_t row_window = b->C * FREQUENCIES * FREQUENCIES, count = ahead->rows * row_window;
  for (int64_t i = count * portion / CUBE; i < count * (portion + 1) / CUBE; i++) {
    int64_t y = i % FREQUENCIES, z = i / FREQUENCIES % FREQUENCIES, C = i / (FREQUENCIES * FREQUENCIES) % b->C;
    int64_t tile_row = ahead->first + i / row_window, tile_y = tile_row % b->tiles_y;
    if (y < FREQUENCIES - TILE && tile_y > 0) continue;  // read for the tile row before
    int64_t at_z = tile_row / b->tiles_y * TILE - 1 + z, at_y = tile_y * TILE - 1 + y;
    if (!is_inside(b, at_z, at_y)) continue;
    const float *row = ahead->input + row_offset(b, C, at_z, at_y);
    for (int64_t x = 0; x < b->W; x++) __builtin_prefetch(row + x * BLOCK, 0, 2);
  }
}

static void forward(const zoo_winograd_shape *s, const float *input, const float *packed, const float *bias, float *output,
                    void *scratch) {
  const blocking b = make_blocking(s, FORWARD_TILES);
  const workspace w = make_workspace(&b, scratch);
  const int64_t frequency = s->input_channels * s->output_channels;
  clear_padding(&b, &w);
  for (int64_t first = 0; first < b.rows; first += b.R) {
    const int64_t rows = rows_from(&b, first);
    read_ahead ahead = make_read_ahead(&b, input, first);
    for (int pair = 0; pair < PAIRS; pair++) {
      for (int64_t r = 0; r < rows; r++) input_planes(&b, input, &w, first + r, r, pair);
      for (int i = 0; i < 2 * FREQUENCIES; i++) {
        const int ab = pairs[pair][i / FREQUENCIES] * FREQUENCIES + i % FREQUENCIES;
        input_columns(&b, rows, w.S + i * b.s, w.V);
        for (int f = 0; f < FREQUENCIES; f++) {
          read_portion(&b, &ahead);
          multiply(&b, rows * b.tiles_x, w.V + f * b.v, packed + (ab * FREQUENCIES + f) * frequency, w.M + f * b.m);
        }
        output_columns(&b, rows, w.M, w.Z + ab * b.z);
      }
    }
    for (int64_t r = 0; r < rows; r++) output_planes(&b, w.Z, bias, first + r, r, output);
  }
  __builtin_ia32_sfence();  // streamed stores come before whatever tells another thread that the output is there
}

// The shape of the convolution that makes the data gradient.
static zoo_winograd_shape transposed(const zoo_winograd_shape *s) {
  zoo_winograd_shape t = *s;
  t.input_channels = s->output_channels;
  t.output_channels = s->input_channels;
  return t;
}

static void data_gradient(const zoo_winograd_shape *s, const float *output_gradient, const float *packed, float *input_gradient,
                          void *scratch) {
  const zoo_winograd_shape t = transposed(s);
  forward(&t, output_gradient, packed, NULL, input_gradient, scratch);
}

// Sums over the voxels: in f32 over 512 of them, then in f64.
static void sum_voxels(const blocking *b, const float *output_gradient, float *bias_gradient) {
  enum { CHUNK = 512, AT_ONCE = 4 };  // several sums at once hide the latency of an addition; volumes are multiples of 64
  const int64_t voxels = b->D * b->H * b->W;
  for (int64_t k = 0; k < b->K * BLOCK; k += LANES) {
    const float *from = output_gradient + k / BLOCK * voxels * BLOCK + k % BLOCK;
    wide total = {0};
    for (int64_t start = 0; start < voxels; start += CHUNK) {
      const int64_t end = voxels - start < CHUNK ? voxels : start + CHUNK;
      vec sum[AT_ONCE] = {{0}, {0}, {0}, {0}};
      for (int64_t i = start; i < end; i += AT_ONCE)
        UNROLL for (int j = 0; j < AT_ONCE; j++) sum[j] += LOAD(from + (i + j) * BLOCK);
      total += WIDEN((sum[0] + sum[1]) + (sum[2] + sum[3]));
    }
    const vec sums = NARROW(total);
    memcpy(bias_gradient + k, &sums, sizeof sums);
  }
}

static void weight_gradient(const zoo_winograd_shape *s, const float *input, const float *output_gradient,
                            float *plain_gradient, float *bias_gradient, void *scratch) {
  const blocking b = make_blocking(s, weight_gradient_tiles(s));
  const workspace w = make_workspace(&b, scratch);
  const int64_t frequency = s->input_channels * s->output_channels;
  float *dU = w.end;
  clear_padding(&b, &w);
  for (int64_t first = 0; first < b.rows; first += b.R) {
    const int64_t rows = rows_from(&b, first);
    read_ahead ahead = make_read_ahead(&b, input, first);
    for (int64_t r = 0; r < rows; r++) gradient_planes(&b, output_gradient, first + r, r, w.Z);
    for (int pair = 0; pair < PAIRS; pair++) {
      for (int64_t r = 0; r < rows; r++) input_planes(&b, input, &w, first + r, r, pair);
      for (int i = 0; i < 2 * FREQUENCIES; i++) {
        const int ab = pairs[pair][i / FREQUENCIES] * FREQUENCIES + i % FREQUENCIES;
        input_columns(&b, rows, w.S + i * b.s, w.V);
        gradient_columns(&b, rows, w.Z + ab * b.z, w.M);
        for (int f = 0; f < FREQUENCIES; f++) {
          read_portion(&b, &ahead);
          multiply_gradient(&b, rows * b.tiles_x, w.V + f * b.v, w.M + f * b.m, dU + (ab * FREQUENCIES + f) * frequency,
                            first == 0);
        }
      }
    }
  }
  unpack_gradient(s, dU, plain_gradient);
  if (bias_gradient) sum_voxels(&b, output_gradient, bias_gradient);
}

static size_t scratch_bytes(const zoo_winograd_shape *s, int with_weight_gradient) {
  const zoo_winograd_shape t = transposed(s);
  const blocking passes[] = {make_blocking(s, FORWARD_TILES), make_blocking(&t, FORWARD_TILES)};
  size_t most = workspace_floats(&passes[0]), other = workspace_floats(&passes[1]);
  if (other > most) most = other;
  if (with_weight_gradient) {
    const blocking b = make_blocking(s, weight_gradient_tiles(s));
    other = workspace_floats(&b) + (size_t)(CUBE * s->input_channels * s->output_channels);
    if (other > most) most = other;
  }
  return most * sizeof(float);
}
