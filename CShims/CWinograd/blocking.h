// How a volume is cut into portions, and where the arrays between the steps stand in the scratch.

typedef struct {
  int64_t D, H, W;
  int64_t C, K;              // blocks of input and of output channels
  int64_t tiles_y, tiles_x;  // along y and x; the last ones may reach past the volume
  int64_t width;             // voxels along x that the tiles cover
  int64_t rows;              // tile rows of the volume
  int64_t R, T;              // tile rows of a full portion, and room for its tiles
  int64_t G;                 // tile rows along y that are read or written together, at most
  int64_t plane;             // floats from one plane of rows to the next in the buffer
  int64_t s, v, m, z;        // floats from one frequency to the next in S, V, M, Z
  int64_t kept;              // frequencies that V and M have room for
} blocking;

enum { FORWARD_TILES = 16 };

INLINE int64_t smaller(int64_t a, int64_t b) { return a < b ? a : b; }

// Portions of about `tiles` tiles; more where one tile row is longer.
static blocking make_blocking(const zoo_winograd_shape *shape, int64_t tiles) {
  blocking b = {.D = shape->size[0], .H = shape->size[1], .W = shape->size[2]};
  b.C = shape->input_channels / BLOCK;
  b.K = shape->output_channels / BLOCK;
  b.tiles_y = (b.H + TILE - 1) / TILE;
  b.tiles_x = (b.W + TILE - 1) / TILE;
  b.width = b.tiles_x * TILE;
  b.rows = (b.D + TILE - 1) / TILE * b.tiles_y;
  b.R = smaller((tiles + b.tiles_x - 1) / b.tiles_x, b.rows);
  b.T = (b.R * b.tiles_x + 3) / 4 * 4;
  b.G = smaller(smaller((FORWARD_TILES + b.tiles_x - 1) / b.tiles_x, b.tiles_y), b.R);
  // Rows that are combined lie a power of two apart in usual sizes; moved by 8 lines from plane to plane they all find room in the
  // nearest cache.
  b.plane = (((b.G * TILE + 2) * b.W + 63) / 64 * 64 + 8) * BLOCK;
  // An odd number of cache lines, so that the frequencies of one place do not all fall into the same cache set.
  b.s = (b.C * b.R * (b.width + 2) | 1) * BLOCK;
  b.v = (b.C * b.T | 1) * BLOCK;
  b.m = (b.K * b.T | 1) * BLOCK;
  b.z = (b.K * b.R * b.width | 1) * BLOCK;
  b.kept = FREQUENCIES;
  return b;
}

// Where V and M of the whole volume are smaller than dU, they are kept, and dU is made a block at a time. Else dU, which passes
// through the caches once a portion, is summed up over larger portions than those of the forward pass.
static blocking make_gradient_blocking(const zoo_winograd_shape *s) {
  blocking whole = make_blocking(s, INT64_MAX / 2);
  whole.kept = CUBE;
  return (whole.C + whole.K) * whole.T <= whole.C * whole.K * BLOCK ? whole : make_blocking(s, 32);
}

typedef struct {
  const zoo_kernels *loops;  // move runs of voxels between tensors and the buffer
  float *buffer;             // planes of rows [z][y][x][16] on their way
  float *S;                  // [a,b][C][r][x+1][c], with columns of zeros outside the volume
  float *Z;                  // [a,b][K][r][x][k]
  float *V;                  // [f][C][t][c]
  float *M;                  // [f][K][t][k]
  float *end;
} workspace;

static workspace make_workspace(const blocking *b, float *scratch) {
  workspace w = {.loops = zoo_kernels_select(), .buffer = scratch};
  w.S = w.buffer + FREQUENCIES * b->plane;
  w.Z = w.S + SQUARE * b->s;
  w.V = w.Z + SQUARE * b->z;
  w.M = w.V + b->kept * b->v;
  w.end = w.M + b->kept * b->m;
  return w;
}

static size_t workspace_floats(const blocking *b) {
  return (size_t)(FREQUENCIES * b->plane + SQUARE * (b->s + b->z) + b->kept * (b->v + b->m));
}

// Writes the zeros outside the volume that the steps rely on and never overwrite: columns from `first` on, and the one before.
static void clear_columns(float *slices, int64_t stride, int64_t rows, int64_t length, int64_t before, int64_t volume) {
  for (int slice = 0; slice < SQUARE; slice++)
    for (int64_t row = 0; row < rows; row++) {
      float *first = slices + slice * stride + row * length * BLOCK;
      memset(first, 0, (size_t)(before * BLOCK) * sizeof(float));
      memset(first + (before + volume) * BLOCK, 0, (size_t)((length - before - volume) * BLOCK) * sizeof(float));
    }
}

// Tile rows of the portion that begins at `first` and ends before `end` at the latest.
static int64_t rows_from(const blocking *b, int64_t first, int64_t end) { return smaller(end - first, b->R); }

// Tile rows, from `first` on, that are read or written together: neighbours along y, up to `most`.
static int64_t group_from(const blocking *b, int64_t first, int64_t most) {
  return smaller(smaller(b->tiles_y - first % b->tiles_y, b->G), most);
}
