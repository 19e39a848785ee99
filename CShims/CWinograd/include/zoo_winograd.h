// 3 × 3 × 3 convolution of one sample by Winograd's minimal filtering F(4³, 3³): stride 1, one zero of padding all around, f32.
// A tile of 4³ outputs takes 216 products a pair of channels where the direct way takes 1728.
//
// Activations are nCdhw16c, [C/16][D][H][W][16]; plain weights and their gradients are (O, I, 3, 3, 3); packed weights are their
// transforms, 8 times as large. Activations, packed weights, biases and scratch begin at multiples of 64 bytes. One source, a
// table of functions for each kind of processor. Nothing here allocates, keeps state or can fail.
//
// Lavin and Gray, Fast Algorithms for Convolutional Neural Networks, CVPR 2016.
#ifndef ZOO_WINOGRAD_H
#define ZOO_WINOGRAD_H
#include <stddef.h>
#include <stdint.h>

typedef struct {
  int64_t size[3];  // D, H, W of input and output: multiples of 4
  int64_t input_channels, output_channels;  // multiples of 16
} zoo_winograd_shape;

typedef struct {
  const char *name;
  // Scratch of any pass over this shape; with `weight_gradient` that of weight_gradient too, which is larger.
  size_t (*scratch_bytes)(const zoo_winograd_shape *s, int weight_gradient);
  // Plain weights to packed ones, for `forward` and for `data_gradient`.
  void (*pack_forward)(const zoo_winograd_shape *s, const float *plain, float *packed);
  void (*pack_data)(const zoo_winograd_shape *s, const float *plain, float *packed);
  // output = input ∗ weights + bias; bias may be NULL.
  void (*forward)(const zoo_winograd_shape *s, const float *input, const float *packed, const float *bias, float *output,
                  void *scratch);
  // The gradient of the input from that of the output.
  void (*data_gradient)(const zoo_winograd_shape *s, const float *output_gradient, const float *packed,
                        float *input_gradient, void *scratch);
  // This sample's gradient of the plain weights, and of the bias unless NULL.
  void (*weight_gradient)(const zoo_winograd_shape *s, const float *input, const float *output_gradient, float *plain_gradient,
                          float *bias_gradient, void *scratch);
} zoo_winograd;

// The fastest table this processor runs with vectors of at most `lanes` floats, or NULL: 16 need AVX-512, 8 AVX2 and FMA.
const zoo_winograd *zoo_winograd_select(int lanes);

// Whether sizes and channels are such multiples.
int zoo_winograd_fits(const zoo_winograd_shape *s);

// Bytes of the packed weights, the same for both packings.
size_t zoo_winograd_packed_bytes(const zoo_winograd_shape *s);

#endif
