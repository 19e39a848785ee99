// Rows of voxels on their way between tensors and the buffer, and ahead of it into the second cache.

// A block's rows y0 … y0 + rows of planes z0 … z0 + planes to the buffer. What lies outside the volume is zero: the padding is one
// of values as the operation sees them.
static void fetch(const blocking *b, const workspace *w, const zoo_source *source, int64_t block, int64_t z0, int64_t planes,
                  int64_t y0, int64_t rows) {
  const int64_t row = b->W * BLOCK, first = y0 < 0 ? 0 : y0, end = smaller(y0 + rows, b->H);
  for (int64_t z = z0; z < z0 + planes; z++) {
    float *plane = w->buffer + (z - z0) * b->plane;
    if (z < 0 || z >= b->D) {
      memset(plane, 0, (size_t)(rows * row) * sizeof(float));
      continue;
    }
    memset(plane, 0, (size_t)((first - y0) * row) * sizeof(float));
    w->loops->read(source, block, (z * b->H + first) * b->W, (end - first) * b->W, plane + (first - y0) * row);
    memset(plane + (end - y0) * row, 0, (size_t)((y0 + rows - end) * row) * sizeof(float));
  }
}

// Where results go: one of the two.
typedef struct {
  const zoo_target *target;
  const zoo_sink *sink;
} outlet;

// The part of a tile high buffer of `rows` rows, the first at (z0, y0), that is inside the volume to where it belongs.
static void deliver(const blocking *b, const workspace *w, const outlet *to, int64_t block, int64_t z0, int64_t y0,
                    int64_t rows) {
  const int64_t count = (smaller(y0 + rows, b->H) - y0) * b->W;
  for (int64_t z = z0; z < smaller(z0 + TILE, b->D); z++) {
    const float *plane = w->buffer + (z - z0) * b->plane;
    const int64_t first = (z * b->H + y0) * b->W;
    if (to->target) w->loops->write(to->target, block, first, count, plane);
    else w->loops->take(to->sink, block, first, count, plane);
  }
}

// Tensors of at least this size come from memory, or go there: read ahead, and written past the caches.
enum { STREAMED_BYTES = 2 << 20 };

static int64_t voxel_bytes(int32_t type) { return BLOCK * (type == ZOO_BF16 ? 2 : 4); }

static int is_streamed(const blocking *b, int64_t blocks, int32_t type) {
  return blocks * b->D * b->H * b->W * voxel_bytes(type) >= STREAMED_BYTES;
}

// Rows of a tensor that are read into the second cache, some at each product, so that their way is hidden behind it.
typedef struct {
  const char *values;
  int64_t voxel, blocks;
  int64_t window, before;  // rows along z and y that a tile sees, and how many of them lie before it
  int64_t rows, done;      // of all windows, and those that were read
  int64_t tile_z, tile_y;  // of the next row, as the rest is
  int64_t block, z, y;     // in the window
} read_ahead;

// What `tile_rows` tile rows from `first` on will read, unless it is in the cache anyway.
static read_ahead make_ahead(const blocking *b, const void *values, int32_t type, int64_t blocks, int64_t first, int64_t end,
                             int64_t window) {
  read_ahead ahead = {
      .values = values, .voxel = voxel_bytes(type), .blocks = blocks, .window = window, .before = (window - TILE) / 2,
      .tile_z = first / b->tiles_y, .tile_y = first % b->tiles_y};
  if (values && first < end && is_streamed(b, blocks, type)) ahead.rows = rows_from(b, first, end) * blocks * window * window;
  return ahead;
}

INLINE void read_row(const blocking *b, const read_ahead *ahead) {
  if (ahead->y < ahead->window - TILE && ahead->tile_y > 0) return;  // read for the tile row before
  const int64_t z = ahead->tile_z * TILE - ahead->before + ahead->z, y = ahead->tile_y * TILE - ahead->before + ahead->y;
  if (z < 0 || z >= b->D || y < 0 || y >= b->H) return;
  const char *row = ahead->values + ((ahead->block * b->D + z) * b->H + y) * b->W * ahead->voxel;
  for (int64_t byte = 0; byte < b->W * ahead->voxel; byte += 64) __builtin_prefetch(row + byte, 0, 2);
}

// The share of product number `product` of the CUBE products of a portion.
INLINE void read_share(const blocking *b, read_ahead *ahead, int64_t product) {
  for (; ahead->done < ahead->rows * (product + 1) / CUBE; ahead->done++) {
    read_row(b, ahead);
    if (++ahead->y < ahead->window) continue;
    ahead->y = 0;
    if (++ahead->z < ahead->window) continue;
    ahead->z = 0;
    if (++ahead->block < ahead->blocks) continue;
    ahead->block = 0;
    if (++ahead->tile_y < b->tiles_y) continue;
    ahead->tile_y = 0;
    ahead->tile_z++;
  }
}
