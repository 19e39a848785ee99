// The source of every table in zoo_batch.h, compiled once a processor kind (ZOO_TARGET, LANES floats a vector).
//
// Rows are numbered voxel · samples + sample. For each tap of the kernel, some rows of the input meet some rows of the output: those
// inside the volume. A pass makes the channels of a panel at a time, tap after tap, from the rows that this tap brings together.
#ifdef ZOO_MULTIPLIES_BF16
#include <immintrin.h>
#endif
#include <string.h>

#include "zoo_batch.h"
#include "zoo_kernels.h"

#pragma clang attribute push(__attribute__((target(ZOO_TARGET))), apply_to = function)
#pragma clang fp contract(fast)

#include "../CKernels/vectors.h"

enum {
  PANEL = LANES == 16 ? 2 : 1,  // blocks of channels made at once
};

// Past the caches, for what nobody reads soon, if a vector fills a line. A fence comes before whatever tells another thread of it.
INLINE void stream(float *to, vec v) {
  if (LANES == 16) __builtin_nontemporal_store(v, (vec *)to);
  else STORE(to, v);
}

#include "../CKernels/operands.h"
#include "values.h"
#include "shapes.h"
#include "transposing.h"
#include "packing.h"
#include "products.h"
#include "gathering.h"
#include "passes.h"
#include "weight_gradient.h"

extern const zoo_batch ZOO_TABLE;
const zoo_batch ZOO_TABLE = {
    .name = ZOO_NAME,
    .packed_bytes = packed_bytes,
    .input_bytes = input_bytes,
    .output_bytes = output_bytes,
    .scratch_bytes = scratch_bytes,
    .pack_forward = pack_forward,
    .pack_data = pack_data,
    .gather_input = gather_input,
    .gather_gradient = gather_gradient,
    .output_parts = output_parts,
    .input_parts = input_parts,
    .forward = forward,
    .data_gradient = data_gradient,
    .weight_gradient = weight_gradient,
};

#pragma clang attribute pop
