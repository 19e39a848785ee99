#include "zoo_pointwise.h"

#include "zoo_kernels.h"

extern const zoo_pointwise zoo_pointwise_avx512_bf16, zoo_pointwise_avx512, zoo_pointwise_avx2;

const zoo_pointwise *zoo_pointwise_select(int lanes, int bf16) {
#if defined(__x86_64__)
  if (bf16 && lanes >= 16 && zoo_has_bf16()) return &zoo_pointwise_avx512_bf16;
  if (lanes >= 16 && zoo_vector_lanes() >= 16) return &zoo_pointwise_avx512;
  if (lanes >= 8 && zoo_vector_lanes() >= 8) return &zoo_pointwise_avx2;
#endif
  (void)lanes, (void)bf16;
  return NULL;
}

int zoo_pointwise_fits(const zoo_pointwise_shape *s) {
  return s->voxels > 0 && s->input_channels > 0 && s->input_channels % 16 == 0 && s->output_channels > 0 &&
         s->output_channels % 16 == 0;
}
