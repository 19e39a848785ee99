// The source of every table in zoo_winograd.h, compiled once a processor kind (ZOO_TARGET, LANES floats a vector) and tile.
//
// Letters: C, K = block of 16 input, output channels; c, k = channel inside a block; a, b, f = frequency along z, y, x;
// a tile is TILE³ outputs, made from FREQUENCIES³ inputs; a tile row is the tiles of one (tz, ty), numbered r; t = tile inside a
// portion.
//
// The volume is done in portions of a few whole tile rows, so that what is between the steps stays in the caches. A portion:
//   1. input_planes   rows of the source   -> S[a,b][C][r][x+1][c]   Bᵀ along z and y, for whole rows: tiles share columns
//   then for each (a,b), in the nearest cache:
//   2. input_columns  S[a,b]               -> V[f][C][t][c]          Bᵀ along x
//   3. multiply       M[f][K][t][k] = Σ_{C,c} V[f][C][t][c] · U[a,b,f][C,c][K,k]
//   4. output_columns M                    -> Z[a,b][K][r][x][k]     Aᵀ along x
//   and at last
//   5. output_planes  Z                    -> rows of the target or sink   Aᵀ along z and y
// The weight gradient goes the other way on the output's side: dy -> Z -> M by A, then dU[a,b,f] += V[f]ᵀ M[f]; dw is Gᵀ dU G.
// With ZOO_MULTIPLIES_INT16 V, M and U are multiplied as integers (integers.h); all else is the same.
#ifdef ZOO_MULTIPLIES_INT16
#include <immintrin.h>
#include <math.h>
#endif
#include <string.h>

#include "zoo_kernels.h"
#include "zoo_winograd.h"

#pragma clang attribute push(__attribute__((target(ZOO_TARGET))), apply_to = function)
#pragma clang fp contract(fast)

#define INLINE static inline __attribute__((always_inline))
#define UNROLL _Pragma("clang loop unroll(full)")

enum {
  BLOCK = 16,               // channels stored side by side
  VECTORS = BLOCK / LANES,  // vectors a block
  FREQUENCIES = TILE + 2,
  SQUARE = FREQUENCIES * FREQUENCIES,
  CUBE = SQUARE * FREQUENCIES,
  TAPS = 27,
};

typedef float vec __attribute__((vector_size(4 * LANES), may_alias));
typedef double wide __attribute__((vector_size(8 * LANES), aligned(64)));

#define LOAD(p) (*(const vec *)(p))
#define STORE(p, v) (*(vec *)(p) = (v))
#define WIDEN(v) __builtin_convertvector((v), wide)
#define NARROW(v) __builtin_convertvector((v), vec)

#include "blocking.h"
#if TILE == 2
#include "transforms_2.h"
#else
#include "transforms_4.h"
#endif
#include "windows.h"
#include "planes.h"
#include "columns.h"
#ifdef ZOO_MULTIPLIES_INT16
#include "integers.h"
#include "integer_columns.h"
#include "integer_products.h"
#include "integer_weights.h"
#else
#include "products.h"
#include "weights.h"
#endif
#include "packing.h"
#include "weight_gradient.h"
#ifdef ZOO_MULTIPLIES_INT16
#include "integer_gradient.h"
#else
#include "gradient_products.h"
#endif
#include "passes.h"

extern const zoo_winograd ZOO_TABLE;
const zoo_winograd ZOO_TABLE = {
    .name = ZOO_NAME,
    .packed_bytes = packed_bytes,
    .scratch_bytes = scratch_bytes,
    .pack_forward = pack_forward,
    .pack_data = pack_data,
    .forward = forward,
    .data_gradient = data_gradient,
    .weight_gradient = weight_gradient,
};

#pragma clang attribute pop
