#include "zoo_batch.h"

#include <stddef.h>

#include "zoo_kernels.h"

extern const zoo_batch zoo_batch_avx512_bf16, zoo_batch_avx512, zoo_batch_avx2;

const zoo_batch *zoo_batch_select(int lanes, int bf16) {
#if defined(__x86_64__)
  if (bf16 && lanes >= 16 && zoo_has_bf16()) return &zoo_batch_avx512_bf16;
  if (lanes >= 16 && zoo_vector_lanes() >= 16) return &zoo_batch_avx512;
  if (lanes >= 8 && zoo_vector_lanes() >= 8) return &zoo_batch_avx2;
#endif
  (void)lanes, (void)bf16;
  return NULL;
}

int zoo_batch_fits(const zoo_batch_shape *s) {
  for (int a = 0; a < 3; a++)
    if (s->input[a] <= 0 || s->output[a] <= 0 || s->kernel[a] <= 0 || s->stride[a] <= 0 || s->dilation[a] <= 0 || s->padding[a] < 0)
      return 0;
  return s->kernel[0] * s->kernel[1] * s->kernel[2] <= ZOO_BATCH_TAPS && s->samples > 0 && s->input_channels > 0 && s->input_channels % 16 == 0 && s->output_channels > 0 &&
         s->output_channels % 16 == 0;
}
