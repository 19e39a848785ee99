// Convolution of a group of samples at once, for small volumes with many channels: weights are read once a group instead of once a
// sample, and taps outside the volume cost nothing. Any kernel, stride, dilation and padding; no groups. A few planes of one sample
// are such a group too.
//
// What is multiplied are rows of 16 channels, [channel block][voxel][sample][16], gathered a sample at a time from sources; what
// comes out goes to a target or sink of each sample (zoo_tensors.h). Plain weights and their gradients are (O, I, D, H, W) f32. Sums
// are f32; rows and packed weights are f32 or, in the bf16 table, bf16, whatever the tensors are kept as. Tensors, rows, packed
// weights and scratch begin at multiples of 64 bytes, tensors of bf16 at multiples of 32. One source, a table of functions for each
// kind of processor. Nothing here allocates, keeps state or can fail.
#ifndef ZOO_BATCH_H
#define ZOO_BATCH_H
#include <stdint.h>

#include "zoo_tensors.h"

typedef struct zoo_batch_shape {
  int64_t input_channels, output_channels;  // as stored: multiples of 16
  int64_t input[3], output[3], kernel[3], stride[3], dilation[3], padding[3];  // D, H, W; dilation 1 is dense;
                                            // padding before, below 0 where a part of a volume passes over its first voxels
  int64_t samples;                          // of a group
} zoo_batch_shape;

typedef struct zoo_batch {
  const char *name;
  // Bytes of the packed weights, the same for both packings, whatever the samples.
  int64_t (*packed_bytes)(const zoo_batch_shape *s);
  // Bytes of the rows of all samples' inputs, and of their outputs' gradients.
  int64_t (*input_bytes)(const zoo_batch_shape *s);
  int64_t (*output_bytes)(const zoo_batch_shape *s);
  // Scratch of one thread in any call.
  int64_t (*scratch_bytes)(const zoo_batch_shape *s);
  // Plain weights to packed ones, for `forward` and for `data_gradient`.
  void (*pack_forward)(const zoo_batch_shape *s, const float *plain, void *packed);
  void (*pack_data)(const zoo_batch_shape *s, const float *plain, void *packed);
  // One sample's input, or its output's gradient, into the rows.
  void (*gather_input)(const zoo_batch_shape *s, const zoo_source *input, int64_t sample, void *rows);
  void (*gather_gradient)(const zoo_batch_shape *s, const zoo_source *output_gradient, int64_t sample, void *rows);
  // How many parts can do something: panels of output channels for forward and weight_gradient, of input channels for data_gradient.
  int64_t (*output_parts)(const zoo_batch_shape *s);
  int64_t (*input_parts)(const zoo_batch_shape *s);
  // The passes do a part of `parts`, for threads with a scratch each; parts write to channels of their own, the same bits whatever
  // `parts`. Targets and sinks are one a sample; the bias is the targets' shift.
  void (*forward)(const zoo_batch_shape *s, const void *input_rows, const void *packed, const zoo_target *targets, int64_t part,
                  int64_t parts, void *scratch);
  void (*data_gradient)(const zoo_batch_shape *s, const void *gradient_rows, const void *packed, const zoo_sink *sinks,
                        int64_t part, int64_t parts, void *scratch);
  // The sum over the samples, added to what is there if `accumulate`; bias_gradient may be NULL.
  void (*weight_gradient)(const zoo_batch_shape *s, const void *input_rows, const void *gradient_rows, float *gradient,
                          float *bias_gradient, int accumulate, int64_t part, int64_t parts, void *scratch);
} zoo_batch;

enum { ZOO_BATCH_TAPS = 512 };  // of a kernel, at most

// Whether channels are such multiples, nothing is empty and the kernel is not too large; asked of a whole volume.
int zoo_batch_fits(const zoo_batch_shape *s);

// The fastest table this processor runs with vectors of at most `lanes` floats, or NULL: 16 need AVX-512, 8 AVX2 and FMA. With `bf16`
// the one that multiplies bf16 values, where the processor does (AVX512_BF16).
const zoo_batch *zoo_batch_select(int lanes, int bf16);

#endif
