// What products multiply: f32 values, or pairs of bf16 values that one instruction multiplies and adds up.

// Voxels of a tile as multiplied: an even number, the last may be zeros.
INLINE int64_t even(int64_t count) { return (count + 1) & ~(int64_t)1; }

static void read_run(const zoo_kernels *kernels, const zoo_source *s, int64_t block, int64_t first, int64_t count, float *to) {
  kernels->read(s, block, first, count, to);
  if (count % 2) memset(to + count * BLOCK, 0, BLOCK * sizeof *to);
}

// read_operands reads a run of one block of a source as rows or groups or both (NULL: not wanted), and gives it back in f32; `run`
// is room for that.

#ifdef ZOO_MULTIPLIES_BF16

typedef uint16_t value;
typedef __m512i operand, factor;  // 32 values; a pair, 16 times
enum { GROUP = 2 };

INLINE operand load_operand(const value *p) { return _mm512_load_si512(p); }
INLINE factor load_factor(const value *p) {
  int32_t pair;
  memcpy(&pair, p, sizeof pair);
  return _mm512_set1_epi32(pair);
}
INLINE vec multiply_add(factor a, operand b, vec sum) {
  return (vec)_mm512_dpbf16_ps((__m512)sum, (__m512bh)a, (__m512bh)b);
}

INLINE value as_value(float f) { return (value)_mm_extract_epi16((__m128i)_mm_cvtneps_pbh(_mm_set1_ps(f)), 0); }

// f32 [voxel][16] to rows.
static void to_rows(const float *from, int64_t voxels, value *to) {
  for (int64_t i = 0; i < voxels * BLOCK; i += 2 * BLOCK)
    _mm512_store_si512(to + i, (__m512i)_mm512_cvtne2ps_pbh(_mm512_load_ps(from + i + BLOCK), _mm512_load_ps(from + i)));
}

// f32 [voxel][16] to groups.
static void to_groups(const float *from, int64_t voxels, value *to) {
  static const uint16_t order[2 * BLOCK] __attribute__((aligned(64))) = {
      0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23, 8, 24, 9, 25, 10, 26, 11, 27, 12, 28, 13, 29, 14, 30, 15, 31};
  const __m512i interleaved = _mm512_load_si512(order);
  for (int64_t i = 0; i < voxels * BLOCK; i += 2 * BLOCK) {
    __m512i both = (__m512i)_mm512_cvtne2ps_pbh(_mm512_load_ps(from + i + BLOCK), _mm512_load_ps(from + i));
    _mm512_store_si512(to + i, _mm512_permutexvar_epi16(interleaved, both));
  }
}

static const float *read_operands(const zoo_kernels *kernels, const zoo_source *s, int64_t block, int64_t first, int64_t count,
                                  float *run, value *rows, value *groups) {
  read_run(kernels, s, block, first, count, run);
  if (rows) to_rows(run, even(count), rows);
  if (groups) to_groups(run, even(count), groups);
  return run;
}

#else

typedef float value;
typedef vec operand;
typedef float factor;
enum { GROUP = 1 };

INLINE operand load_operand(const value *p) { return LOAD(p); }
INLINE factor load_factor(const value *p) { return *p; }
INLINE vec multiply_add(factor a, operand b, vec sum) { return a * b + sum; }
INLINE value as_value(float f) { return f; }

static const float *read_operands(const zoo_kernels *kernels, const zoo_source *s, int64_t block, int64_t first, int64_t count,
                                  float *run, value *rows, value *groups) {
  (void)run;  // read to where it is wanted
  float *to = rows ? rows : groups;
  read_run(kernels, s, block, first, count, to);
  return to;
}

#endif
