// The transforms along z and y, for whole rows.

// One pair of z frequencies: the rows of a 6 × 6 window, `plane` and `row` floats apart, are combined at every x.
INLINE void input_rows(const int pair, const float *in, int64_t plane, int64_t row, int64_t count, float *out, int64_t stride) {
  float *low_out = out + pairs[pair][0] * FREQUENCIES * stride, *high_out = out + pairs[pair][1] * FREQUENCIES * stride;
  for (int64_t i = 0; i < count; i += LANES) {
    vec low[FREQUENCIES], high[FREQUENCIES], t[FREQUENCIES];
    UNROLL for (int y = 0; y < FREQUENCIES; y++) input_pair(pair, in + y * row + i, plane, &low[y], &high[y]);
    input_transform(low, t);
    UNROLL for (int b = 0; b < FREQUENCIES; b++) STORE(low_out + b * stride + i, t[b]);
    input_transform(high, t);
    UNROLL for (int b = 0; b < FREQUENCIES; b++) STORE(high_out + b * stride + i, t[b]);
  }
}

enum { STRETCH = 8 };  // voxels of a window that stay in the nearest cache while all pairs are made

// 1. S of a group of tile rows, from number r of the portion on.
static void input_planes(const blocking *b, const workspace *w, const zoo_source *input, int64_t tile_row, int64_t r,
                         int64_t group) {
  const int64_t z0 = tile_row / b->tiles_y * TILE - 1, y0 = tile_row % b->tiles_y * TILE - 1, row = b->W * BLOCK;
  const int64_t plane = b->plane, stride = b->s;
  for (int64_t C = 0; C < b->C; C++) {
    fetch(b, w, input, C, z0, FREQUENCIES, y0, group * TILE + 2);
    for (int64_t g = 0; g < group; g++) {
      const float *in = w->buffer + g * TILE * row;
      float *out = w->S + ((C * b->R + r + g) * (b->width + 2) + 1) * BLOCK;
      for (int64_t x = 0; x < b->W; x += STRETCH, in += STRETCH * BLOCK, out += STRETCH * BLOCK) {
        const int64_t count = smaller(b->W - x, STRETCH) * BLOCK;
        UNROLL for (int pair = 0; pair < FREQUENCIES / 2; pair++) input_rows(pair, in, plane, row, count, out, stride);
      }
    }
  }
}

INLINE void output_rows(const float *Z, int64_t stride, int64_t count, float *out, int64_t plane) {
  for (int64_t i = 0; i < count; i += LANES) {
    vec along_z[TILE][FREQUENCIES];
    UNROLL for (int f = 0; f < FREQUENCIES; f++) {
      vec d[FREQUENCIES], t[TILE];
      UNROLL for (int a = 0; a < FREQUENCIES; a++) d[a] = LOAD(Z + (a * FREQUENCIES + f) * stride + i);
      output_transform(d, t);
      UNROLL for (int z = 0; z < TILE; z++) along_z[z][f] = t[z];
    }
    UNROLL for (int z = 0; z < TILE; z++) {
      vec t[TILE];
      output_transform(along_z[z], t);
      UNROLL for (int y = 0; y < TILE; y++) STORE(out + z * plane + y * count + i, t[y]);
    }
  }
}

// 5. The output rows of a group of tile rows.
static void output_planes(const blocking *b, const workspace *w, int64_t tile_row, int64_t r, int64_t group, const outlet *to) {
  const int64_t z0 = tile_row / b->tiles_y * TILE, y0 = tile_row % b->tiles_y * TILE, row = b->W * BLOCK;
  for (int64_t K = 0; K < b->K; K++) {
    for (int64_t g = 0; g < group; g++)
      output_rows(w->Z + (K * b->R + r + g) * b->width * BLOCK, b->z, row, w->buffer + g * TILE * row, b->plane);
    deliver(b, w, to, K, z0, y0, group * TILE);
  }
}

INLINE void gradient_rows(const float *in, int64_t plane, int64_t count, float *Z, int64_t stride) {
  for (int64_t i = 0; i < count; i += LANES) {
    vec along_z[FREQUENCIES][TILE];
    UNROLL for (int y = 0; y < TILE; y++) {
      vec d[TILE], t[FREQUENCIES];
      UNROLL for (int z = 0; z < TILE; z++) d[z] = LOAD(in + z * plane + y * count + i);
      gradient_transform(d, t);
      UNROLL for (int a = 0; a < FREQUENCIES; a++) along_z[a][y] = t[a];
    }
    UNROLL for (int a = 0; a < FREQUENCIES; a++) {
      vec t[FREQUENCIES];
      gradient_transform(along_z[a], t);
      UNROLL for (int f = 0; f < FREQUENCIES; f++) STORE(Z + (a * FREQUENCIES + f) * stride + i, t[f]);
    }
  }
}

// Adds a block's voxels in the buffer to its channels' sums: in f32 over 512 of them at most, then in f64.
static void add_voxels(const float *from, int64_t voxels, double *sums) {
  enum { CHUNK = 512, AT_ONCE = 4 };  // several sums at once hide the latency of an addition
  for (int64_t start = 0; start < voxels; start += CHUNK) {
    const int64_t count = smaller(voxels - start, CHUNK);
    for (int lane = 0; lane < BLOCK; lane += LANES) {
      const float *at = from + start * BLOCK + lane;
      vec sum[AT_ONCE] = {{0}, {0}, {0}, {0}};
      int64_t i = 0;
      for (; i + AT_ONCE <= count; i += AT_ONCE)
        UNROLL for (int j = 0; j < AT_ONCE; j++) sum[j] += LOAD(at + (i + j) * BLOCK);
      for (; i < count; i++) sum[0] += LOAD(at + i * BLOCK);
      *(wide *)(sums + lane) += WIDEN((sum[0] + sum[1]) + (sum[2] + sum[3]));
    }
  }
}

// The gradient of the output rows of a group of tile rows to Z, the transpose of step 5; and their sums unless NULL.
static void gradient_planes(const blocking *b, const workspace *w, const zoo_source *output_gradient, int64_t tile_row, int64_t r,
                            int64_t group, double *sums) {
  const int64_t z0 = tile_row / b->tiles_y * TILE, y0 = tile_row % b->tiles_y * TILE, row = b->W * BLOCK;
  for (int64_t K = 0; K < b->K; K++) {
    fetch(b, w, output_gradient, K, z0, TILE, y0, group * TILE);
    for (int64_t g = 0; g < group; g++)
      gradient_rows(w->buffer + g * TILE * row, b->plane, row, w->Z + (K * b->R + r + g) * b->width * BLOCK, b->z);
    if (sums)
      for (int z = 0; z < TILE; z++) add_voxels(w->buffer + z * b->plane, group * TILE * b->W, sums + K * BLOCK);
  }
}
