#include "zoo_stem.h"

#include "zoo_kernels.h"

#include <stddef.h>

extern const zoo_stem zoo_stem_avx512, zoo_stem_avx2;

const zoo_stem *zoo_stem_select(int lanes) {
#if defined(__x86_64__)
  if (lanes >= 16 && zoo_vector_lanes() >= 16) return &zoo_stem_avx512;
  if (lanes >= 8 && zoo_vector_lanes() >= 8) return &zoo_stem_avx2;
#endif
  (void)lanes;
  return NULL;
}

int zoo_stem_fits(const zoo_stem_shape *s) {
  for (int a = 0; a < 3; a++)
    if (s->input[a] <= 0 || s->output[a] <= 0 || s->kernel[a] <= 0 || s->stride[a] <= 0 || s->dilation[a] <= 0 || s->padding[a] < 0)
      return 0;
  return s->input_channels > 0 && s->output_channels > 0 && s->output_channels % 16 == 0;
}
