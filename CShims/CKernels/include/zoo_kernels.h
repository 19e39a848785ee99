// Elementwise loops, reductions and pooling on one sample in blocks of 16 channels: [C/16][D][H][W][16], f32 unless zoo_tensors.h
// says otherwise.
// A table of functions for each kind of processor, one source; zoo_kernels_select picks the best one this processor runs.
// Nothing here allocates or keeps state. Sums over voxels run in f32 over 512 voxels at most, then in f64.
#ifndef ZOO_KERNELS_H
#define ZOO_KERNELS_H
#include <stdint.h>

#include "zoo_tensors.h"

// A window over D, H, W.
typedef struct {
  int64_t input[3], output[3], kernel[3], stride[3], padding_before[3];
  int32_t counts_padding;
} zoo_window;

typedef struct {
  const char *name;
  // Voxels first … first + count of one block of what a source gives, to `to`, [count][16]; 64-byte aligned.
  void (*read)(const zoo_source *s, int64_t block, int64_t first, int64_t count, float *to);
  // Such a run to where it belongs. `from` may be the very place.
  void (*write)(const zoo_target *t, int64_t block, int64_t first, int64_t count, const float *from);
  // Such a run of gradients to where it belongs.
  void (*take)(const zoo_sink *s, int64_t block, int64_t first, int64_t count, const float *da);
  // What tallies say of every channel.
  void (*moments)(const zoo_tally *tallies, int64_t blocks, zoo_moment *out);
  // y += x
  void (*add)(const float *x, float *y, int64_t count);
  // out = the sum of `slots` arrays `stride` apart, in their order.
  void (*sum_slots)(const float *slots, int64_t stride, int64_t count, int64_t slot_count, float *out);
  void (*average_pool)(const float *x, float *y, int64_t blocks, const zoo_window *w);
  // Gradients of pools are added to dx.
  void (*average_pool_backward)(const float *dy, float *dx, int64_t blocks, const zoo_window *w);
  void (*max_pool)(const float *x, float *y, int64_t blocks, const zoo_window *w);
  // The gradient goes to the first greatest voxel of each window.
  void (*max_pool_backward)(const float *x, const float *dy, float *dx, int64_t blocks, const zoo_window *w);
  void (*global_mean)(const float *x, float *y, int64_t blocks, int64_t voxels);
  void (*global_mean_backward)(const float *dy, float *dx, int64_t blocks, int64_t voxels);
  // Zeroes elements (or channels if `spatial`) of a run of one block with probability `rate` and scales the rest by 1/(1 − rate);
  // which ones depends on the key and the position alone. `first` counts voxels from the tensor's first block.
  void (*dropout)(float *run, int64_t block, int64_t first, int64_t count, float rate, int32_t spatial, uint64_t key);
  // Plain [channels][voxels] to blocks and back; place[c] is where channel c stands among the blocks. Blocks are zeroed first.
  void (*to_blocks)(const float *plain, float *x, int64_t channels, int64_t blocks, int64_t voxels, const int32_t *place);
  void (*to_plain)(const float *x, float *plain, int64_t channels, int64_t voxels, const int32_t *place);
  // Softmax over the channels of every voxel, and its gradient from the result y; other places become 0.
  void (*softmax)(const float *x, float *y, int64_t channels, int64_t blocks, int64_t voxels, const int32_t *place);
  void (*softmax_backward)(const float *y, const float *dy, float *dx, int64_t channels, int64_t blocks, int64_t voxels,
                           const int32_t *place);
} zoo_kernels;

extern const zoo_kernels zoo_kernels_avx512_bf16, zoo_kernels_avx512, zoo_kernels_avx2, zoo_kernels_generic;

// The best table for this processor.
const zoo_kernels *zoo_kernels_select(void);

// Whether this processor multiplies bf16 values (AVX512_BF16).
int zoo_has_bf16(void);

// Whether this processor multiplies pairs of integers of 16 bits (AVX512_VNNI).
int zoo_has_vnni(void);

// Floats of the widest vectors that products can use: 16 with AVX-512, 8 with AVX2 and FMA, else 0.
int zoo_vector_lanes(void);

#endif
