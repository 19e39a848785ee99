#define ZOO_TABLE zoo_kernels_generic
#define ZOO_NAME "generic"
#include "kernels_body.h"

const zoo_kernels *zoo_kernels_select(void) {
#if defined(__x86_64__)
  if (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512dq") &&
      __builtin_cpu_supports("avx512vl"))
    return &zoo_kernels_avx512;
  if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma")) return &zoo_kernels_avx2;
#endif
  return &zoo_kernels_generic;
}
