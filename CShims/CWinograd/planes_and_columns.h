// The transforms of a part's activations: along z and y for whole rows ("planes"), along x tile by tile ("columns").

// Activations of at least this size live outside the caches: read ahead, and written past them.
enum { STREAMED_BYTES = 2 << 20 };

static int is_streamed(const blocking *b, int64_t blocks) {
  return blocks * BLOCK * b->D * b->H * b->W * (int64_t)sizeof(float) >= STREAMED_BYTES;
}

// Where row (z, y) of a channel block begins.
INLINE int64_t row_offset(const blocking *b, int64_t block, int64_t z, int64_t y) {
  return ((block * b->D + z) * b->H + y) * b->W * BLOCK;
}

INLINE int is_inside(const blocking *b, int64_t z, int64_t y) { return z >= 0 && z < b->D && y >= 0 && y < b->H; }

INLINE void input_rows(const int pair, const float *const (*rows)[FREQUENCIES], int64_t count, float *out, int64_t stride) {
  for (int64_t i = 0; i < count; i += LANES) {
    vec low[FREQUENCIES], high[FREQUENCIES], t[FREQUENCIES];
    UNROLL for (int y = 0; y < FREQUENCIES; y++) input_pair(pair, rows[y], i, &low[y], &high[y]);
    input_transform(low, t);
    UNROLL for (int b = 0; b < FREQUENCIES; b++) STORE(out + b * stride + i, t[b]);
    input_transform(high, t);
    UNROLL for (int b = 0; b < FREQUENCIES; b++) STORE(out + (FREQUENCIES + b) * stride + i, t[b]);
  }
}

// 1. One pair of z frequencies of one tile row: the rows of its 6 × 6 window are combined at every x.
static void input_planes(const blocking *b, const float *input, const workspace *w, int64_t tile_row, int64_t r, int pair) {
  int64_t z0 = tile_row / b->tiles_y * TILE - 1, y0 = tile_row % b->tiles_y * TILE - 1;
  for (int64_t C = 0; C < b->C; C++) {
    const float *rows[FREQUENCIES][FREQUENCIES];  // [y][z]
    for (int y = 0; y < FREQUENCIES; y++)
      for (int z = 0; z < FREQUENCIES; z++)
        rows[y][z] = is_inside(b, z0 + z, y0 + y) ? input + row_offset(b, C, z0 + z, y0 + y) : w->zero;
    float *out = w->S + ((C * b->R + r) * (b->W + 2) + 1) * BLOCK;
    switch (pair) {
      case 0: input_rows(0, rows, b->W * BLOCK, out, b->s); break;
      case 1: input_rows(1, rows, b->W * BLOCK, out, b->s); break;
      default: input_rows(2, rows, b->W * BLOCK, out, b->s); break;
    }
  }
}

// 2. V of one (a, b) from its slice of S.
static void input_columns(const blocking *b, int64_t rows, const float *S, float *V) {
  // Copies: as far as the compiler knows, a store of a vector may change *b.
  const int64_t stride = b->v, tiles = b->tiles_x;
  for (int64_t C = 0; C < b->C; C++)
    for (int64_t r = 0; r < rows; r++) {
      const float *in = S + (C * b->R + r) * (b->W + 2) * BLOCK;
      float *out = V + (C * b->T + r * tiles) * BLOCK;
      for (int64_t t = 0; t < tiles; t++, in += TILE * BLOCK, out += BLOCK)
        for (int v = 0; v < BLOCK; v += LANES) {
          vec d[FREQUENCIES], q[FREQUENCIES];
          UNROLL for (int x = 0; x < FREQUENCIES; x++) d[x] = LOAD(in + x * BLOCK + v);
          input_transform(d, q);
          UNROLL for (int f = 0; f < FREQUENCIES; f++) STORE(out + f * stride + v, q[f]);
        }
    }
}

// 4. The slice (a, b) of Z from M.
static void output_columns(const blocking *b, int64_t rows, const float *M, float *Z) {
  const int64_t stride = b->m, tiles = b->tiles_x;
  for (int64_t K = 0; K < b->K; K++)
    for (int64_t r = 0; r < rows; r++) {
      const float *in = M + (K * b->T + r * tiles) * BLOCK;
      float *out = Z + (K * b->R + r) * b->W * BLOCK;
      for (int64_t t = 0; t < tiles; t++, in += BLOCK, out += TILE * BLOCK)
        for (int v = 0; v < BLOCK; v += LANES) {
          vec d[FREQUENCIES], q[TILE];
          UNROLL for (int f = 0; f < FREQUENCIES; f++) d[f] = LOAD(in + f * stride + v);
          output_transform(d, q);
          UNROLL for (int x = 0; x < TILE; x++) STORE(out + x * BLOCK + v, q[x]);
        }
    }
}

INLINE void output_rows(const int streamed, const blocking *b, const float *Z, const float *bias, float *out) {
  const int64_t stride = b->z, count = b->W * BLOCK, to_y = count, to_z = b->H * count;
  for (int64_t i = 0; i < count; i += LANES) {
    vec plane[TILE][FREQUENCIES];
    UNROLL for (int f = 0; f < FREQUENCIES; f++) {
      vec d[FREQUENCIES], t[TILE];
      UNROLL for (int a = 0; a < FREQUENCIES; a++) d[a] = LOAD(Z + (a * FREQUENCIES + f) * stride + i);
      output_transform(d, t);
      UNROLL for (int z = 0; z < TILE; z++) plane[z][f] = t[z];
    }
    vec add = {0};
    if (bias) add = LOAD(bias + i % BLOCK);
    UNROLL for (int z = 0; z < TILE; z++) {
      vec t[TILE];
      output_transform(plane[z], t);
      UNROLL for (int y = 0; y < TILE; y++) {
        vec *to = (vec *)(out + z * to_z + y * to_y + i);
        if (streamed) __builtin_nontemporal_store(t[y] + add, to);
        else *to = t[y] + add;
      }
    }
  }
}

// 5. The 4 × 4 output rows of one tile row.
static void output_planes(const blocking *b, const float *Z, const float *bias, int64_t tile_row, int64_t r, float *output) {
  int64_t z = tile_row / b->tiles_y * TILE, y = tile_row % b->tiles_y * TILE;
  for (int64_t K = 0; K < b->K; K++) {
    const float *in = Z + (K * b->R + r) * b->W * BLOCK, *add = bias ? bias + K * BLOCK : NULL;
    float *out = output + row_offset(b, K, z, y);
    // Outputs that would not stay in the cache anyway leave U and S there, and are not read before they are written.
    if (is_streamed(b, b->K)) output_rows(1, b, in, add, out);
    else output_rows(0, b, in, add, out);
  }
}

// The gradient of 4 × 4 output rows to Z, the transpose of step 5.
static void gradient_planes(const blocking *b, const float *output_gradient, int64_t tile_row, int64_t r, float *Z) {
  const int64_t stride = b->z, count = b->W * BLOCK, to_y = count, to_z = b->H * count;
  int64_t z0 = tile_row / b->tiles_y * TILE, y0 = tile_row % b->tiles_y * TILE;
  for (int64_t K = 0; K < b->K; K++) {
    const float *in = output_gradient + row_offset(b, K, z0, y0);
    float *out = Z + (K * b->R + r) * count;
    for (int64_t i = 0; i < count; i += LANES) {
      vec plane[FREQUENCIES][TILE];
      UNROLL for (int y = 0; y < TILE; y++) {
        vec d[TILE], t[FREQUENCIES];
        UNROLL for (int z = 0; z < TILE; z++) d[z] = LOAD(in + z * to_z + y * to_y + i);
        gradient_transform(d, t);
        UNROLL for (int a = 0; a < FREQUENCIES; a++) plane[a][y] = t[a];
      }
      UNROLL for (int a = 0; a < FREQUENCIES; a++) {
        vec t[FREQUENCIES];
        gradient_transform(plane[a], t);
        UNROLL for (int f = 0; f < FREQUENCIES; f++) STORE(out + (a * FREQUENCIES + f) * stride + i, t[f]);
      }
    }
  }
}

// M of one (a, b) from its slice of Z, the transpose of step 4.
static void gradient_columns(const blocking *b, int64_t rows, const float *Z, float *M) {
  const int64_t stride = b->m, tiles = b->tiles_x;
  for (int64_t K = 0; K < b->K; K++)
    for (int64_t r = 0; r < rows; r++) {
      const float *in = Z + (K * b->R + r) * b->W * BLOCK;
      float *out = M + (K * b->T + r * tiles) * BLOCK;
      for (int64_t t = 0; t < tiles; t++, in += TILE * BLOCK, out += BLOCK)
        for (int v = 0; v < BLOCK; v += LANES) {
          vec d[TILE], q[FREQUENCIES];
          UNROLL for (int x = 0; x < TILE; x++) d[x] = LOAD(in + x * BLOCK + v);
          gradient_transform(d, q);
          UNROLL for (int f = 0; f < FREQUENCIES; f++) STORE(out + f * stride + v, q[f]);
        }
    }
}
