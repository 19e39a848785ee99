// 1 × 1 × 1 convolution of one sample, stride 1, no padding, no groups, together with all that is around it: values are read from
// a source, multiplied and handed to a target or a sink (zoo_tensors.h) a tile of voxels at a time, so that nothing between those
// steps leaves the caches.
//
// Plain weights and their gradients are (O, I) f32. Sums are f32; operands are f32 or, in the bf16 table, rounded to bf16 inside
// the tile, whatever the tensors are kept as. Tensors, packed weights and scratch begin at multiples of 64 bytes, tensors of bf16 at
// multiples of 32. One source, a table of functions for each kind of processor. Nothing here allocates, keeps state or can fail.
#ifndef ZOO_POINTWISE_H
#define ZOO_POINTWISE_H
#include <stddef.h>
#include <stdint.h>

#include "zoo_tensors.h"

typedef struct {
  int64_t voxels;
  int64_t input_channels, output_channels;  // multiples of 16
} zoo_pointwise_shape;

typedef struct {
  const char *name;
  // Bytes of the packed weights, the same for both packings, and of the scratch of a call.
  size_t (*packed_bytes)(const zoo_pointwise_shape *s);
  size_t (*scratch_bytes)(const zoo_pointwise_shape *s);
  // Plain weights to packed ones, for `forward` and for `backward`.
  void (*pack_forward)(const zoo_pointwise_shape *s, const float *plain, void *packed);
  void (*pack_data)(const zoo_pointwise_shape *s, const float *plain, void *packed);
  // output = input · weights, for one of `parts` shares of the voxels. The same values whatever `parts` is; with tallies, parts
  // that run at once need a target each.
  void (*forward)(const zoo_pointwise_shape *s, const zoo_source *input, const void *packed, const zoo_target *output, int part,
                  int parts, void *scratch);
  // From the output's gradient, this sample's gradients of the plain weights and of the bias (unless NULL), written or added to
  // what is there; and that of the input, unless packed is NULL.
  void (*backward)(const zoo_pointwise_shape *s, const zoo_source *input, const zoo_source *output_gradient, const void *packed,
                   const zoo_sink *input_gradient, float *gradient, float *bias_gradient, int accumulates, void *scratch);
} zoo_pointwise;

// The fastest table this processor runs with vectors of at most `lanes` floats, or NULL: 16 need AVX-512, 8 AVX2 and FMA. With
// `bf16` the one that multiplies bf16 values, where the processor does (AVX512_BF16).
const zoo_pointwise *zoo_pointwise_select(int lanes, int bf16);

// Whether channels are such multiples and there are voxels.
int zoo_pointwise_fits(const zoo_pointwise_shape *s);

#endif
