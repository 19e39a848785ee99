// The products of a tile, with sums held in registers: almost all of the arithmetic.

// y[j][v] = Σ_k rows[k / 16][v][k % 16] · w[k][j] over `depth` blocks of k, for some voxels v and blocks j; w is read once from
// front to end, which at 512 channels too is as fast as pieces that stay in the nearest cache.
INLINE void product(const int voxels, const int blocks, const value *rows, const value *w, int64_t depth, float *y,
                    read_ahead *ahead) {
  const int vectors = blocks * VECTORS;
  vec sum[24];
  operand u[4];
  UNROLL for (int i = 0; i < voxels * vectors; i++) sum[i] = (vec){0};
  for (int64_t b = 0; b < depth; b++, rows += TILE * BLOCK) {
    const char *line = next_lines(ahead);
    _Pragma("clang loop unroll_count(2)") for (int k = 0; k < BLOCK; k += GROUP, w += blocks * BLOCK * GROUP) {
      fetch_lines(&line);
      UNROLL for (int i = 0; i < vectors; i++) u[i] = load_operand(w + i * LANES * GROUP);
      UNROLL for (int v = 0; v < voxels; v++) {
        factor x = load_factor(rows + v * BLOCK + k);
        UNROLL for (int i = 0; i < vectors; i++) sum[v * vectors + i] = multiply_add(x, u[i], sum[v * vectors + i]);
      }
    }
  }
  UNROLL for (int v = 0; v < voxels; v++)
    UNROLL for (int i = 0; i < vectors; i++)
      STORE(y + (i / VECTORS * TILE + v) * BLOCK + i % VECTORS * LANES, sum[v * vectors + i]);
}

// gradient[q][p] += Σ_v z[v][q] · a[v][p] for some channels q of one block and some blocks of p, or = if `first`; rows of the
// gradient are `row` floats long.
INLINE void outer(const int channels, const int blocks, int64_t voxels, const value *z, const value *a, float *gradient,
                  int64_t row, int first, read_ahead *ahead) {
  const int vectors = blocks * VECTORS;
  vec sum[24];
  operand p[4];
  UNROLL for (int i = 0; i < channels * vectors; i++) sum[i] = (vec){0};
  for (int64_t start = 0; start < voxels; start += BLOCK) {
    const int64_t end = voxels - start < BLOCK ? voxels : start + BLOCK;
    const char *line = next_lines(ahead);
    for (int64_t v = start; v < end; v += GROUP) {
      fetch_lines(&line);
      UNROLL for (int i = 0; i < vectors; i++)
        p[i] = load_operand(a + (i / VECTORS * TILE + v) * BLOCK + i % VECTORS * LANES * GROUP);
      UNROLL for (int q = 0; q < channels; q++) {
        factor x = load_factor(z + v * BLOCK + q * GROUP);
        UNROLL for (int i = 0; i < vectors; i++) sum[q * vectors + i] = multiply_add(x, p[i], sum[q * vectors + i]);
      }
    }
  }
  UNROLL for (int q = 0; q < channels; q++)
    UNROLL for (int i = 0; i < vectors; i++) {
      vec_unaligned *to = (vec_unaligned *)(gradient + q * row + i * LANES);
      *to = first ? sum[q * vectors + i] : *to + sum[q * vectors + i];
    }
}

#define PRODUCT(voxels, blocks)                                                                                       \
  static __attribute__((noinline)) void product_##voxels##_##blocks(const value *rows, const value *w, int64_t depth, \
                                                                    float *y, read_ahead *ahead) {                    \
    product(voxels, blocks, rows, w, depth, y, ahead);                                                                \
  }
#define OUTER(channels, left, blocks)                                                                                  \
  static __attribute__((noinline)) void outer_##channels##_##blocks(                                                   \
      int64_t voxels, const value *z, const value *a, float *gradient, int64_t row, int first, read_ahead *ahead) {    \
    int q = 0;                                                                                                         \
    for (; q < BLOCK - left; q += channels)                                                                            \
      outer(channels, blocks, voxels, z + q * GROUP, a, gradient + q * row, row, first, ahead);                        \
    if (left) outer(left, blocks, voxels, z + q * GROUP, a, gradient + q * row, row, first, ahead);                    \
  }
#define RUN(at_once, blocks)                  \
  for (; v + at_once <= voxels; v += at_once) \
    product_##at_once##_##blocks(rows + v * BLOCK, w, depth, y + v * BLOCK, ahead);

// As many sums as registers allow.
#if LANES == 16
enum { PANEL = 4 };  // blocks multiplied at once, whose packed weights lie together
PRODUCT(16, 1) PRODUCT(4, 1) PRODUCT(2, 1)
PRODUCT(12, 2) PRODUCT(4, 2) PRODUCT(2, 2)
PRODUCT(8, 3) PRODUCT(4, 3) PRODUCT(2, 3)
PRODUCT(6, 4) PRODUCT(4, 4) PRODUCT(2, 4)
OUTER(16, 0, 1) OUTER(8, 0, 2) OUTER(8, 0, 3) OUTER(4, 0, 4)
#else
enum { PANEL = 1 };
PRODUCT(6, 1) PRODUCT(4, 1) PRODUCT(2, 1)
OUTER(6, 4, 1)
#endif

// Blocks are shared out evenly among the fewest panels: where panel p begins.
INLINE int64_t panels(int64_t blocks) { return (blocks + PANEL - 1) / PANEL; }
INLINE int64_t panel_start(int64_t blocks, int64_t p) { return blocks * p / panels(blocks); }

// y = rows · w for the blocks of one panel.
static void multiply(int64_t blocks, int64_t voxels, const value *rows, const value *w, int64_t depth, float *y,
                     read_ahead *ahead) {
  int64_t v = 0;
#if LANES == 16
  switch (blocks) {
    case 4: RUN(6, 4) RUN(4, 4) RUN(2, 4) break;
    case 3: RUN(8, 3) RUN(4, 3) RUN(2, 3) break;
    case 2: RUN(12, 2) RUN(4, 2) RUN(2, 2) break;
    default: RUN(16, 1) RUN(4, 1) RUN(2, 1) break;
  }
#else
  (void)blocks;  // 1
  RUN(6, 1) RUN(4, 1) RUN(2, 1)
#endif
}

// The 16 rows of the gradient that belong to one block of z, for one panel of a.
static void multiply_outer(int64_t blocks, int64_t voxels, const value *z, const value *a, float *gradient, int64_t row,
                           int first, read_ahead *ahead) {
#if LANES == 16
  switch (blocks) {
    case 4: outer_4_4(voxels, z, a, gradient, row, first, ahead); break;
    case 3: outer_8_3(voxels, z, a, gradient, row, first, ahead); break;
    case 2: outer_8_2(voxels, z, a, gradient, row, first, ahead); break;
    default: outer_16_1(voxels, z, a, gradient, row, first, ahead); break;
  }
#else
  (void)blocks;  // 1
  outer_6_1(voxels, z, a, gradient, row, first, ahead);
#endif
}
