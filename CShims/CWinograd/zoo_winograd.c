#include "zoo_winograd.h"

extern const zoo_winograd zoo_winograd2_avx512, zoo_winograd4_avx512, zoo_winograd2_avx2, zoo_winograd4_avx2;

const zoo_winograd *zoo_winograd_select(int lanes, int tile) {
#if defined(__x86_64__)
  if (lanes >= 16 && __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512dq") &&
      __builtin_cpu_supports("avx512vl"))
    return tile == 2 ? &zoo_winograd2_avx512 : &zoo_winograd4_avx512;
  if (lanes >= 8 && __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma"))
    return tile == 2 ? &zoo_winograd2_avx2 : &zoo_winograd4_avx2;
#endif
  (void)lanes, (void)tile;
  return NULL;
}

static int is_blocked(int64_t channels) { return channels > 0 && channels % 16 == 0; }

int zoo_winograd_fits(const zoo_winograd_shape *s) {
  return s->size[0] > 0 && s->size[1] > 0 && s->size[2] > 0 && is_blocked(s->input_channels) && is_blocked(s->output_channels);
}
