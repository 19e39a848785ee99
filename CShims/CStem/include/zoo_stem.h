// A network's first convolution: from a plain input of few channels, [C][D][H][W], into blocks. Any kernel, stride, dilation and
// padding; no groups, no input gradient. Weights and their gradients are plain (O, C, D, H, W) f32, the input is f32, the output as
// its target keeps it. Packed weights and scratch begin at multiples of 64 bytes. One source, a table of functions for each kind of
// processor. Nothing here allocates, keeps state or can fail.
#ifndef ZOO_STEM_H
#define ZOO_STEM_H
#include <stdint.h>

#include "zoo_tensors.h"

typedef struct zoo_stem_shape {
  int64_t input_channels;   // as they are
  int64_t output_channels;  // as stored: a multiple of 16
  int64_t input[3], output[3], kernel[3], stride[3], dilation[3], padding[3];  // D, H, W; dilation 1 is dense; padding before
} zoo_stem_shape;

typedef struct zoo_stem {
  const char *name;
  int64_t (*packed_bytes)(const zoo_stem_shape *s);
  // Scratch of one thread in any call.
  int64_t (*scratch_bytes)(const zoo_stem_shape *s);
  void (*pack)(const zoo_stem_shape *s, const float *plain, void *packed);
  // A source sees the plain input as one block whose voxels are runs of 16 values; it may be read up to 15 values past its end.
  // A part of `parts` makes its planes of the output, the same bits whatever `parts`.
  void (*forward)(const zoo_stem_shape *s, const zoo_source *input, const void *packed, const zoo_target *output, int64_t part,
                  int64_t parts, void *scratch);
  // Added to what is there if `accumulate`; bias_gradient may be NULL.
  void (*weight_gradient)(const zoo_stem_shape *s, const zoo_source *input, const zoo_source *output_gradient, float *gradient,
                          float *bias_gradient, int accumulate, void *scratch);
} zoo_stem;

// Whether channels are such multiples and nothing is empty.
int zoo_stem_fits(const zoo_stem_shape *s);

// The fastest table this processor runs with vectors of at most `lanes` floats, or NULL: 16 need AVX-512, 8 AVX2 and FMA.
const zoo_stem *zoo_stem_select(int lanes);

#endif
