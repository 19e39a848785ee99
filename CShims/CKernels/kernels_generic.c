#define ZOO_TABLE zoo_kernels_generic
#define ZOO_NAME "generic"
#include "kernels_body.h"

#if defined(__x86_64__)
static int has_avx512(void) {
  return __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512dq") &&
         __builtin_cpu_supports("avx512vl");
}

int zoo_has_bf16(void) { return has_avx512() && __builtin_cpu_supports("avx512bf16"); }
#else
int zoo_has_bf16(void) { return 0; }
#endif

const zoo_kernels *zoo_kernels_select(void) {
#if defined(__x86_64__)
  if (zoo_has_bf16()) return &zoo_kernels_avx512_bf16;
  if (has_avx512()) return &zoo_kernels_avx512;
  if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma")) return &zoo_kernels_avx2;
#endif
  return &zoo_kernels_generic;
}
