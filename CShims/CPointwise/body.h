// The source of every table in zoo_pointwise.h, compiled once a processor kind (ZOO_TARGET, LANES floats a vector).
//
// A product adds up GROUP neighbours at once: 1 in f32, 2 in bf16. Operands of a tile are kept as `rows` [block][voxel][16], to be
// summed over channels, or as `groups` [block][voxel / GROUP][16][GROUP], to be summed over voxels; in f32 that is the same.
//
// A tile of the forward pass: rows of the input, times packed weights, to the target. Of the backward pass: rows and groups of the
// output's gradient Z' and groups of the input A; then the weights' gradient += Z'ᵀA, and A' = Z'·weights, to the sink.
#ifdef ZOO_MULTIPLIES_BF16
#include <immintrin.h>
#endif
#include <string.h>

#include "zoo_kernels.h"
#include "zoo_pointwise.h"

#pragma clang attribute push(__attribute__((target(ZOO_TARGET))), apply_to = function)
#pragma clang fp contract(fast)

#include "../CKernels/vectors.h"

enum {
  TILE = 64,                // voxels; 32 to 128 are as fast
  LINE = 64,                // bytes of a cache line
};

#include "../CKernels/operands.h"
#include "operands.h"
#include "read_ahead.h"
#include "products.h"
#include "packing.h"
#include "passes.h"

extern const zoo_pointwise ZOO_TABLE;
const zoo_pointwise ZOO_TABLE = {
    .name = ZOO_NAME,
    .packed_bytes = packed_bytes,
    .scratch_bytes = scratch_bytes,
    .pack_forward = pack_forward,
    .pack_data = pack_data,
    .forward = forward,
    .backward = backward,
};

#pragma clang attribute pop
