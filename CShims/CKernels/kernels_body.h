// The source of every table in zoo_kernels.h, compiled once a processor kind (ZOO_TARGET). A vector holds the 16 channels of
// one voxel; the compiler splits it where registers are narrower.
#include <math.h>
#include <string.h>
#ifdef ZOO_ROUNDS_BF16
#include <immintrin.h>
#endif

#include "zoo_kernels.h"

#ifdef ZOO_TARGET
#pragma clang attribute push(__attribute__((target(ZOO_TARGET))), apply_to = function)
#endif
#pragma clang fp contract(fast)
// Vectors are passed between functions that are always inlined: no calling convention is involved.
#pragma clang diagnostic ignored "-Wpsabi"

#define INLINE static inline __attribute__((always_inline))
#define LANES 16

typedef float vec __attribute__((vector_size(64)));
typedef float vec_unaligned __attribute__((vector_size(64), aligned(4)));
typedef int32_t mask __attribute__((vector_size(64)));
typedef double wide __attribute__((vector_size(128)));
typedef double wide_unaligned __attribute__((vector_size(128), aligned(8)));

enum { CHUNK = 512 };  // voxels summed in f32 before the sum goes to f64

#define LOAD(p) (*(const vec_unaligned *)(p))
#define STORE(p, v) (*(vec_unaligned *)(p) = (v))
#define SELECT(m, a, b) ((vec)(((m) & (mask)(a)) | (~(m) & (mask)(b))))
#define ADD_WIDE(p, v) (*(wide_unaligned *)(p) += __builtin_convertvector((v), wide))

#include "activations.h"
#include "streams.h"
#include "sums.h"
#include "pooling.h"
#include "layouts.h"
#include "softmax.h"

#ifdef ZOO_TARGET
#pragma clang attribute pop
#endif

const zoo_kernels ZOO_TABLE = {
    .name = ZOO_NAME,
    .read = read,
    .write = write,
    .take = take,
    .moments = moments,
    .add = add,
    .sum_slots = sum_slots,
    .average_pool = average_pool,
    .average_pool_backward = average_pool_backward,
    .max_pool = max_pool,
    .max_pool_backward = max_pool_backward,
    .global_mean = global_mean,
    .global_mean_backward = global_mean_backward,
    .dropout = dropout,
    .to_blocks = to_blocks,
    .to_plain = to_plain,
    .softmax = softmax,
    .softmax_backward = softmax_backward,
};
