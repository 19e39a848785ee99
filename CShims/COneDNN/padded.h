// The weight gradient over a volume whose padding is written out as zeros.
//
// oneDNN (2.6 to 3.2) has only its reference loops for the weight gradient where padding meets an axis shorter than the
// kernel, or dilation: 512 channels at 2³ then take seconds instead of 20 ms. Without padding it has fast ones.
#ifndef ZOO_PADDED_H
#define ZOO_PADDED_H
#include "descriptors.h"

// What one weight gradient needs beyond the convolution's own descriptors; all zero where nothing is written out.
typedef struct {
  zoo_convolution_shape shape;
  zoo_owned_md input;
} zoo_padded;

// Replaces a slow weight pass in `weights` by one over the padded volume, where oneDNN has a fast one.
void zoo_padded_replace(dnnl_primitive_desc_t *weights, zoo_padded *padded, dnnl_engine_t engine,
                        const zoo_convolution_shape *shape, const zoo_descriptors *d);
void zoo_padded_free(zoo_padded *padded);

// Bytes of the padded volume, 0 where there is none.
size_t zoo_padded_bytes(const zoo_padded *padded);

// Copies a sample of `shape`, [C/16][D][H][W][16], into the middle of zeros.
void zoo_padded_write(const zoo_padded *padded, const zoo_convolution_shape *shape, const float *input, float *out);

#endif
