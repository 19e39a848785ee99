// The source of every table in zoo_stem.h, compiled once a processor kind (ZOO_TARGET, LANES floats a vector).
//
// The input is copied into a volume with its zeros around it, so that what output voxel v sees through tap t is at
// start(v) + offset[t]: one number for each. Rows of the output are made a panel of channels at a time.
#include <string.h>

#include "zoo_kernels.h"
#include "zoo_stem.h"

#pragma clang attribute push(__attribute__((target(ZOO_TARGET))), apply_to = function)
#pragma clang fp contract(fast)

#include "../CKernels/vectors.h"

enum {
  WIDTH = 2 * LANES,             // channels of a panel
  PANEL = WIDTH / BLOCK,         // its blocks
  VOXELS = LANES == 16 ? 8 : 4,  // made at once
  TAPS = LANES == 16 ? 14 : 6,   // whose gradients are summed at once
};

#include "shapes.h"
#include "products.h"
#include "passes.h"

extern const zoo_stem ZOO_TABLE;
const zoo_stem ZOO_TABLE = {
    .name = ZOO_NAME,
    .packed_bytes = packed_bytes,
    .scratch_bytes = scratch_bytes,
    .pack = pack,
    .forward = forward,
    .weight_gradient = weight_gradient,
};

#pragma clang attribute pop
