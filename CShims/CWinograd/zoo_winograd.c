#include "zoo_winograd.h"

#include "zoo_kernels.h"

extern const zoo_winograd zoo_winograd2_avx512, zoo_winograd4_avx512, zoo_winograd4_avx512_vnni, zoo_winograd2_avx2,
    zoo_winograd4_avx2;

const zoo_winograd *zoo_winograd_select(int lanes, int tile, int integers) {
#if defined(__x86_64__)
  if (integers && lanes >= 16 && tile == 4 && zoo_has_vnni()) return &zoo_winograd4_avx512_vnni;
  if (lanes >= 16 && zoo_vector_lanes() >= 16) return tile == 2 ? &zoo_winograd2_avx512 : &zoo_winograd4_avx512;
  if (lanes >= 8 && zoo_vector_lanes() >= 8)
    return tile == 2 ? &zoo_winograd2_avx2 : &zoo_winograd4_avx2;
#endif
  (void)lanes, (void)tile, (void)integers;
  return NULL;
}

static int is_blocked(int64_t channels) { return channels > 0 && channels % 16 == 0; }

int zoo_winograd_fits(const zoo_winograd_shape *s) {
  return s->size[0] > 0 && s->size[1] > 0 && s->size[2] > 0 && is_blocked(s->input_channels) && is_blocked(s->output_channels);
}
