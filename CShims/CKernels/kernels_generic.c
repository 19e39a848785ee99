#define ZOO_TABLE zoo_kernels_generic
#define ZOO_NAME "generic"
#include "kernels_body.h"

#if defined(__x86_64__)
static int has_avx512(void) {
  return __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512dq") &&
         __builtin_cpu_supports("avx512vl");
}

int zoo_has_bf16(void) { return has_avx512() && __builtin_cpu_supports("avx512bf16"); }

int zoo_has_vnni(void) { return has_avx512() && __builtin_cpu_supports("avx512vnni"); }

int zoo_vector_lanes(void) {
  return has_avx512() ? 16 : __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma") ? 8 : 0;
}
#else
int zoo_has_bf16(void) { return 0; }
int zoo_has_vnni(void) { return 0; }
int zoo_vector_lanes(void) { return 0; }
#endif

const zoo_kernels *zoo_kernels_select(void) {
#if defined(__x86_64__)
  if (zoo_has_bf16()) return &zoo_kernels_avx512_bf16;
  if (zoo_vector_lanes() == 16) return &zoo_kernels_avx512;
  if (zoo_vector_lanes() == 8) return &zoo_kernels_avx2;
#endif
  return &zoo_kernels_generic;
}
