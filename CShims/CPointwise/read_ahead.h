// Fetches what comes next from memory, a line or two at every step of a product. All at once they would fill the miss buffers and
// stall; the processor's own prefetching ends at the 4 KiB of one block's tile.

enum {
  STEPS = BLOCK / GROUP,  // of a product between two calls of next_lines
  LINES = LANES / 8,      // a step: one would be too few where wide vectors take few steps
  TENSORS = 6,            // at most
};

typedef struct {
  const char *first;              // of the first block
  int64_t blocks, stride, bytes;  // bytes from block to block and of one block's run
} ahead_tensor;

typedef struct {
  ahead_tensor tensors[TENSORS];
  int count, tensor;
  int64_t block, offset;
  const char *nothing;  // fetched when all is: something near
} read_ahead;

// Voxels first … first + count of all blocks of a tensor; NULL for none.
static void fetch_tensor(read_ahead *a, const void *values, int type, int64_t blocks, int64_t voxels, int64_t first,
                         int64_t count) {
  const int64_t voxel = BLOCK * (type == ZOO_BF16 ? 2 : 4);
  if (values && count > 0)
    a->tensors[a->count++] = (ahead_tensor){(const char *)values + first * voxel, blocks, voxels * voxel, count * voxel};
}

static void fetch_source(read_ahead *a, const zoo_source *s, int64_t blocks, int64_t first, int64_t count) {
  fetch_tensor(a, s->x, s->type, blocks, s->voxels, first, count);
  fetch_tensor(a, s->z, s->type, blocks, s->voxels, first, count);
}

// The first of the lines to fetch during the next STEPS steps.
INLINE const char *next_lines(read_ahead *a) {
  if (a->tensor == a->count) return a->nothing;
  const ahead_tensor *t = a->tensors + a->tensor;
  const char *line = t->first + a->block * t->stride + a->offset;
  a->offset += STEPS * LINES * LINE;
  if (a->offset >= t->bytes) {
    a->offset = 0;
    if (++a->block == t->blocks) {
      a->block = 0;
      a->tensor++;
    }
  }
  return line;
}

// Fetches the lines of one step, and goes on to the next.
INLINE void fetch_lines(const char **line) {
  UNROLL for (int i = 0; i < LINES; i++) __builtin_prefetch(*line + i * LINE, 0, 2);
  *line += LINES * LINE;
}
