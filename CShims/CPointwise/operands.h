// A tile's operands, read from a source.

// Voxels of a tile as multiplied: an even number, the last may be zeros.
INLINE int64_t even(int64_t count) { return (count + 1) & ~(int64_t)1; }

static void read_run(const zoo_kernels *kernels, const zoo_source *s, int64_t block, int64_t first, int64_t count, float *to) {
  kernels->read(s, block, first, count, to);
  if (count % 2) memset(to + count * BLOCK, 0, BLOCK * sizeof *to);
}

// read_operands reads a run of one block of a source as rows or groups or both (NULL: not wanted), and gives it back in f32; `run`
// is room for that.

#ifdef ZOO_MULTIPLIES_BF16

INLINE value as_value(float f) { return (value)_mm_extract_epi16((__m128i)_mm_cvtneps_pbh(_mm_set1_ps(f)), 0); }

// f32 [voxel][16] to rows.
static void to_rows(const float *from, int64_t voxels, value *to) {
  for (int64_t i = 0; i < voxels * BLOCK; i += 2 * BLOCK)
    _mm512_store_si512(to + i, (__m512i)_mm512_cvtne2ps_pbh(_mm512_load_ps(from + i + BLOCK), _mm512_load_ps(from + i)));
}

// f32 [voxel][16] to groups.
static void to_groups(const float *from, int64_t voxels, value *to) {
  for (int64_t i = 0; i < voxels * BLOCK; i += 2 * BLOCK) {
    __m512i both = (__m512i)_mm512_cvtne2ps_pbh(_mm512_load_ps(from + i + BLOCK), _mm512_load_ps(from + i));
    _mm512_store_si512(to + i, by_turns(both));
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

INLINE value as_value(float f) { return f; }

static const float *read_operands(const zoo_kernels *kernels, const zoo_source *s, int64_t block, int64_t first, int64_t count,
                                  float *run, value *rows, value *groups) {
  (void)run;  // read to where it is wanted
  float *to = rows ? rows : groups;
  read_run(kernels, s, block, first, count, to);
  return to;
}

#endif
