// 3 × 3 × 3 convolution of one sample by Winograd's minimal filtering F(m³, 3³): stride 1, one zero of padding all around.
// A tile of 4³ outputs takes 216 products a pair of channels where the direct way takes 1728, a tile of 2³ 64 instead of 216.
//
// Tensors are those of zoo_tensors.h, read and written through CKernels; arithmetic is f32, or products are of integers of 16 bits.
// Plain weights and their gradients are (O, I, 3, 3, 3); packed weights are their transforms, 8 times as large with tiles of 4 (4
// times in integers), 64/27 times with tiles of 2. Tensors, packed weights and scratch begin at multiples of 64 bytes, tensors of bf16
// at multiples of 32. One source, a table of functions for each kind of processor and each tile. Nothing here allocates, keeps state
// or can fail.
//
// Lavin and Gray, Fast Algorithms for Convolutional Neural Networks, CVPR 2016.
#ifndef ZOO_WINOGRAD_H
#define ZOO_WINOGRAD_H
#include <stddef.h>
#include <stdint.h>

#include "zoo_tensors.h"

typedef struct {
  int64_t size[3];  // D, H, W of input and output
  int64_t input_channels, output_channels;  // as stored: multiples of 16
} zoo_winograd_shape;

typedef struct {
  const char *name;
  // Bytes of the packed weights, the same for both packings.
  size_t (*packed_bytes)(const zoo_winograd_shape *s);
  // Scratch of any pass over this shape; with `weight_gradient` that of weight_gradient too, which is larger.
  size_t (*scratch_bytes)(const zoo_winograd_shape *s, int weight_gradient);
  // Plain weights to packed ones, for `forward` and for `data_gradient`.
  void (*pack_forward)(const zoo_winograd_shape *s, const float *plain, float *packed);
  void (*pack_data)(const zoo_winograd_shape *s, const float *plain, float *packed);
  // output = input ∗ weights; the bias is the target's shift. Does a part of `parts`, so that threads can share one sample, each
  // with a scratch of its own; the bits are the same whatever `parts`. Tallies want one part.
  void (*forward)(const zoo_winograd_shape *s, const zoo_source *input, const float *packed, const zoo_target *output,
                  int64_t part, int64_t parts, void *scratch);
  // The gradient of the input from that of the output, in parts likewise; sums want one part.
  void (*data_gradient)(const zoo_winograd_shape *s, const zoo_source *output_gradient, const float *packed,
                        const zoo_sink *input_gradient, int64_t part, int64_t parts, void *scratch);
  // This sample's gradient of the plain weights, and of the bias unless NULL, added to what they hold if `accumulates`.
  void (*weight_gradient)(const zoo_winograd_shape *s, const zoo_source *input, const zoo_source *output_gradient,
                          float *plain_gradient, float *bias_gradient, int accumulates, void *scratch);
} zoo_winograd;

// The fastest table for tiles of `tile`, 2 or 4, that this processor runs with vectors of at most `lanes` floats, or NULL: 16 need
// AVX-512, 8 AVX2 and FMA. With `integers`, products may be of integers of 16 bits, twice as fast (AVX512_VNNI, tiles of 4): results
// are then wrong by up to 0.3 % rms, which suits tensors of bf16.
const zoo_winograd *zoo_winograd_select(int lanes, int tile, int integers);

// Whether sizes and channels are as they must be.
int zoo_winograd_fits(const zoo_winograd_shape *s);

#endif
