// How a volume is cut into parts, and where the arrays between the steps stand in the scratch.

typedef struct {
  int64_t D, H, W;
  int64_t C, K;              // blocks of input and of output channels
  int64_t tiles_y, tiles_x;  // along y and x
  int64_t rows;              // tile rows of the volume
  int64_t R, T;              // tile rows and tiles of a full part
  int64_t s, v, m, z;        // floats from one frequency to the next in S, V, M, Z
} blocking;

// Parts of about `tiles` tiles; more where one tile row is longer.
static blocking make_blocking(const zoo_winograd_shape *shape, int64_t tiles) {
  blocking b = {.D = shape->size[0], .H = shape->size[1], .W = shape->size[2]};
  b.C = shape->input_channels / BLOCK;
  b.K = shape->output_channels / BLOCK;
  b.tiles_y = b.H / TILE;
  b.tiles_x = b.W / TILE;
  b.rows = b.D / TILE * b.tiles_y;
  b.R = (tiles + b.tiles_x - 1) / b.tiles_x;
  if (b.R > b.rows) b.R = b.rows;
  b.T = b.R * b.tiles_x;
  // An odd number of cache lines, so that the frequencies of one place do not all fall into the same cache set.
  b.s = (b.C * b.R * (b.W + 2) | 1) * BLOCK;
  b.v = (b.C * b.T | 1) * BLOCK;
  b.m = (b.K * b.T | 1) * BLOCK;
  b.z = (b.K * b.R * b.W | 1) * BLOCK;
  return b;
}

enum { FORWARD_TILES = 16 };

// The accumulated dU passes through the caches once a part: larger parts where it does not stay in the second cache.
static int64_t weight_gradient_tiles(const zoo_winograd_shape *s) {
  return zoo_winograd_packed_bytes(s) > 1 << 20 ? 128 : 32;
}

// The input is taken one pair of z frequencies at a time, hence the 2: fewer registers and a smaller S.
typedef struct {
  float *zero;  // [W][16] zeros, read in place of the rows outside the volume
  float *S;     // [2,b][C][r][x+1][c], with a column of zeros at either end
  float *Z;     // [a,b][K][r][x][k]
  float *V;     // [f][C][t][c]
  float *M;     // [f][K][t][k]
  float *end;
} workspace;

static workspace make_workspace(const blocking *b, float *scratch) {
  workspace w = {.zero = scratch};
  w.S = w.zero + b->W * BLOCK;
  w.Z = w.S + 2 * FREQUENCIES * b->s;
  w.V = w.Z + FREQUENCIES * FREQUENCIES * b->z;
  w.M = w.V + FREQUENCIES * b->v;
  w.end = w.M + FREQUENCIES * b->m;
  return w;
}

static size_t workspace_floats(const blocking *b) {
  return (size_t)(b->W * BLOCK + 2 * FREQUENCIES * b->s + FREQUENCIES * FREQUENCIES * b->z +
                  FREQUENCIES * (b->v + b->m));
}

// Writes the zeros that the steps rely on and never overwrite.
static void clear_padding(const blocking *b, const workspace *w) {
  memset(w->zero, 0, (size_t)(b->W * BLOCK) * sizeof(float));
  for (int slice = 0; slice < 2 * FREQUENCIES; slice++)
    for (int64_t row = 0; row < b->C * b->R; row++) {
      float *first = w->S + slice * b->s + row * (b->W + 2) * BLOCK;
      memset(first, 0, BLOCK * sizeof(float));
      memset(first + (b->W + 1) * BLOCK, 0, BLOCK * sizeof(float));
    }
}

// Tile rows of the part that begins at `first`.
static int64_t rows_from(const blocking *b, int64_t first) {
  return b->rows - first < b->R ? b->rows - first : b->R;
}
