#include "zoo_batch.h"

#include "zoo_kernels.h"

const zoo_batch *zoo_batch_select(int lanes, int bf16) {
  (void)lanes, (void)bf16;
  return 0;
}

int zoo_batch_fits(const zoo_batch_shape *s) {
  for (int a = 0; a < 3; a++)
    if (s->input[a] <= 0 || s->output[a] <= 0 || s->kernel[a] <= 0 || s->stride[a] <= 0 || s->dilation[a] <= 0 || s->padding[a] < 0)
      return 0;
  return s->samples > 0 && s->input_channels > 0 && s->input_channels % 16 == 0 && s->output_channels > 0 &&
         s->output_channels % 16 == 0;
}
