// The products of the forward pass and the data gradient, with sums held in registers: almost all of their arithmetic.

// panel[to[r]][j] += Σ_k rows[k / 16][from[r]][k % 16] · w[k][j] for some rows r, the channels j of a panel and `depth` blocks of k,
// which are `stride` values apart. Meanwhile the next chunk's weights come nearer.
INLINE void product(const int count, const int blocks, const value *rows, int64_t stride, const int32_t *from, const value *w,
                    int64_t depth, float *panel, const int32_t *to) {
  const int vectors = blocks * VECTORS;
  const value *row[8];
  vec sum[16];
  operand u[4];
  UNROLL for (int r = 0; r < count; r++) row[r] = rows + (int64_t)from[r] * BLOCK;
  UNROLL for (int i = 0; i < count * vectors; i++) sum[i] = (vec){0};
  for (int64_t b = 0; b < depth; b++) {
    _Pragma("clang loop unroll(full)") for (int k = 0; k < BLOCK; k += GROUP, w += blocks * BLOCK * GROUP) {
      UNROLL for (int i = 0; i < blocks; i++) __builtin_prefetch(w + (CHUNK / GROUP * blocks + i) * BLOCK * GROUP, 0, 2);
      UNROLL for (int i = 0; i < vectors; i++) u[i] = load_operand(w + i * LANES * GROUP);
      UNROLL for (int r = 0; r < count; r++) {
        factor x = load_factor(row[r] + k);
        UNROLL for (int i = 0; i < vectors; i++) sum[r * vectors + i] = multiply_add(x, u[i], sum[r * vectors + i]);
      }
    }
    UNROLL for (int r = 0; r < count; r++) row[r] += stride;
  }
  UNROLL for (int r = 0; r < count; r++)
    UNROLL for (int i = 0; i < vectors; i++) {
      float *at = panel + to[r] * (int64_t)(blocks * BLOCK) + i * LANES;
      STORE(at, LOAD(at) + sum[r * vectors + i]);
    }
}

#define PRODUCT(count, blocks)                                                                                         \
  static __attribute__((noinline)) void product_##count##_##blocks(const value *rows, int64_t stride, const int32_t *from, \
                                                                   const value *w, int64_t depth, float *panel,        \
                                                                   const int32_t *to) {                                \
    product(count, blocks, rows, stride, from, w, depth, panel, to);                                                   \
  }
#define RUN(at_once, blocks)                 \
  for (; r + at_once <= count; r += at_once) \
    product_##at_once##_##blocks(rows, stride, from + r, w, depth, panel, to + r);

#if LANES == 16
PRODUCT(8, 2) PRODUCT(4, 2) PRODUCT(2, 2) PRODUCT(1, 2)
PRODUCT(8, 1)
#else
PRODUCT(6, 1)
#endif
PRODUCT(4, 1) PRODUCT(2, 1) PRODUCT(1, 1)

// The same for any number of rows.
static void multiply(int64_t count, int64_t blocks, const value *rows, int64_t stride, const int32_t *from, const value *w,
                     int64_t depth, float *panel, const int32_t *to) {
  int64_t r = 0;
#if LANES == 16
  if (blocks == 2) {
    RUN(8, 2) RUN(4, 2) RUN(2, 2) RUN(1, 2)
    return;
  }
  RUN(8, 1)
#else
  (void)blocks;  // 1
  RUN(6, 1)
#endif
  RUN(4, 1) RUN(2, 1) RUN(1, 1)
}
