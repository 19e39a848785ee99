// Runs of voxels between stored tensors and f32 buffers.

typedef uint16_t halves __attribute__((vector_size(32)));
typedef uint16_t halves_unaligned __attribute__((vector_size(32), aligned(2)));
typedef uint32_t words __attribute__((vector_size(64)));

INLINE vec widened(halves h) { return (vec)(__builtin_convertvector(h, words) << 16); }

// The 16 values at index i.
INLINE vec load_as(int type, const void *values, int64_t i) {
  if (type == ZOO_F32) return LOAD((const float *)values + i);
  return widened(*(const halves_unaligned *)((const uint16_t *)values + i));
}

// Rounds to nearest, ties to even; what is not a number stays so.
INLINE halves rounded(vec v) {
#ifdef ZOO_ROUNDS_BF16
  return (halves)_mm512_cvtneps_pbh((__m512)v);
#else
  words bits = (words)v;
  words up = (bits + 0x7FFF + ((bits >> 16) & 1)) >> 16;
  words odd = (words)(v != v);
  return __builtin_convertvector((up & ~odd) | (odd & 0x7FC0), halves);
#endif
}

// Stores 16 values at index i and gives back what they are now.
INLINE vec store_as(int type, void *values, int64_t i, vec v, int streams) {
  if (type == ZOO_F32) {
    if (streams) __builtin_nontemporal_store(v, (vec *)((float *)values + i));
    else STORE((float *)values + i, v);
    return v;
  }
  halves h = rounded(v);
  if (streams) __builtin_nontemporal_store(h, (halves *)((uint16_t *)values + i));
  else *(halves_unaligned *)((uint16_t *)values + i) = h;
  return widened(h);
}

INLINE vec or_ones(const float *p, int64_t block) { return p ? LOAD(p + block * LANES) : (vec){0} + 1.0f; }
INLINE vec or_zeros(const float *p, int64_t block) { return p ? LOAD(p + block * LANES) : (vec){0}; }

// Makes the type and the activation constants of `call`, so that its loop is compiled without a test inside.
#define BY_ACTIVATION(call, type, of)                        \
  switch ((of)->activation) {                                \
    case ZOO_RELU: call(type, ZOO_RELU); break;              \
    case ZOO_LEAKY_RELU: call(type, ZOO_LEAKY_RELU); break;  \
    case ZOO_ELU: call(type, ZOO_ELU); break;                \
    case ZOO_SIGMOID: call(type, ZOO_SIGMOID); break;        \
    default: call(type, ZOO_IDENTITY); break;                \
  }
#define BY_TYPE(call, of)                             \
  if ((of)->type == ZOO_BF16) {                       \
    BY_ACTIVATION(call, ZOO_BF16, of)                 \
  } else {                                            \
    BY_ACTIVATION(call, ZOO_F32, of)                  \
  }

INLINE void read_as(int type, int activation, const zoo_source *s, int64_t block, int64_t first, int64_t count, float *to) {
  const vec scale = or_ones(s->scale, block), shift = or_zeros(s->shift, block);
  const int64_t from = (block * s->voxels + first) * LANES;
  if (s->z) {
    const vec slope = LOAD(s->slope + block * LANES);
    for (int64_t i = 0; i < count * LANES; i += LANES)
      STORE(to + i, load_as(type, s->x, from + i) * scale + (load_as(type, s->z, from + i) * slope + shift));
  } else {
    for (int64_t i = 0; i < count * LANES; i += LANES) {
      vec u = load_as(type, s->x, from + i) * scale + shift;
      act_values(&u, activation, s->alpha);
      STORE(to + i, u);
    }
  }
}

static void read(const zoo_source *s, int64_t block, int64_t first, int64_t count, float *to) {
#define CALL(type, activation) read_as(type, activation, s, block, first, count, to)
  BY_TYPE(CALL, s)
#undef CALL
}

// One voxel, its distance from the pivot added to the sums.
INLINE void write_one(int type, int activation, const zoo_target *t, int64_t to, int64_t voxel, const float *from,
                      vec scale, vec shift, vec pivot, vec *sum, vec *squares) {
  vec y = LOAD(from + voxel * LANES) * scale + shift;
  act_values(&y, activation, t->alpha);
  vec d = store_as(type, t->values, to + voxel * LANES, y, t->streams) - pivot;
  *sum += d;
  *squares += d * d;
}

INLINE void write_as(int type, int activation, const zoo_target *t, int64_t block, int64_t first, int64_t count,
                     const float *from) {
  const vec scale = or_ones(t->scale, block), shift = or_zeros(t->shift, block);
  const int64_t to = (block * t->voxels + first) * LANES;
  zoo_tally *tally = t->tallies ? t->tallies + block : 0;
  vec pivot = {0};
  if (tally && tally->voxels > 0) pivot = LOAD(tally->pivot);
  if (tally && tally->voxels == 0) {
    pivot = LOAD(from) * scale + shift;
    act_values(&pivot, activation, t->alpha);
    if (type == ZOO_BF16) pivot = widened(rounded(pivot));
    STORE(tally->pivot, pivot);
  }
  for (int64_t start = 0; start < count; start += CHUNK) {
    const int64_t end = start + CHUNK < count ? start + CHUNK : count;
    vec sum[2] = {{0}, {0}}, squares[2] = {{0}, {0}};  // two chains hide the latency of the additions
    int64_t i = start;
    for (; i + 1 < end; i += 2)
      for (int k = 0; k < 2; k++) write_one(type, activation, t, to, i + k, from, scale, shift, pivot, &sum[k], &squares[k]);
    if (i < end) write_one(type, activation, t, to, i, from, scale, shift, pivot, &sum[0], &squares[0]);
    if (tally) {
      ADD_WIDE(tally->sum, sum[0] + sum[1]);
      ADD_WIDE(tally->squares, squares[0] + squares[1]);
    }
  }
  if (tally) tally->voxels += count;
}

static void write(const zoo_target *t, int64_t block, int64_t first, int64_t count, const float *from) {
#define CALL(type, activation) write_as(type, activation, t, block, first, count, from)
  BY_TYPE(CALL, t)
#undef CALL
}

static void moments(const zoo_tally *tallies, int64_t blocks, zoo_moment *out) {
  for (int64_t b = 0; b < blocks; b++)
    for (int c = 0; c < LANES; c++) {
      const zoo_tally *t = tallies + b;
      double voxels = (double)t->voxels, squares = t->squares[c] - t->sum[c] * t->sum[c] / voxels;
      out[b * LANES + c] = (zoo_moment){t->pivot[c] + t->sum[c] / voxels, squares > 0 ? squares : 0 * squares};
    }
}

INLINE void take_as(int type, int activation, const zoo_sink *k, int64_t block, int64_t first, int64_t count,
                    const float *da) {
  const vec scale = or_ones(k->scale, block), shift = or_zeros(k->shift, block);
  const vec mean = k->sums ? LOAD(k->mean + block * LANES) : (vec){0};
  const int64_t at = (block * k->voxels + first) * LANES;
  const int reads = k->sums || activation != ZOO_IDENTITY;
  for (int64_t start = 0; start < count; start += CHUNK) {
    const int64_t end = start + CHUNK < count ? start + CHUNK : count;
    vec sum = {0}, centred = {0};
    for (int64_t i = start * LANES; i < end * LANES; i += LANES) {
      vec d = LOAD(da + i);
      if (reads) {
        vec x = load_as(type, k->x, at + i), u = x * scale + shift;
        act_slope(&d, &u, activation, k->alpha);
        sum += d;
        centred += d * (x - mean);
      }
      if (k->g) store_as(type, k->g, at + i, k->accumulates ? load_as(type, k->g, at + i) + scale * d : scale * d, 0);
    }
    if (k->sums) {
      ADD_WIDE(k->sums + block * LANES, sum);
      ADD_WIDE(k->sums + k->places + block * LANES, centred);
    }
  }
}

static void take(const zoo_sink *k, int64_t block, int64_t first, int64_t count, const float *da) {
#define CALL(type, activation) take_as(type, activation, k, block, first, count, da)
  BY_TYPE(CALL, k)
#undef CALL
}
