#include "zoo_winograd.h"

extern const zoo_winograd zoo_winograd_avx512, zoo_winograd_avx2;

const zoo_winograd *zoo_winograd_select(int lanes) {
#if defined(__x86_64__)
  if (lanes >= 16 && __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512dq") &&
      __builtin_cpu_supports("avx512vl"))
    return &zoo_winograd_avx512;
  if (lanes >= 8 && __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma")) return &zoo_winograd_avx2;
#endif
  (void)lanes;
  return NULL;
}

static int is_multiple(int64_t value, int64_t of) { return value > 0 && value % of == 0; }

int zoo_winograd_fits(const zoo_winograd_shape *s) {
  return is_multiple(s->size[0], 4) && is_multiple(s->size[1], 4) && is_multiple(s->size[2], 4) &&
         is_multiple(s->input_channels, 16) && is_multiple(s->output_channels, 16);
}

size_t zoo_winograd_packed_bytes(const zoo_winograd_shape *s) {
  return (size_t)(216 * s->input_channels * s->output_channels) * sizeof(float);
}
