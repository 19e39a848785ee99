#if defined(__x86_64__)
#define ZOO_TARGET "avx512f,avx512bw,avx512dq,avx512vl,avx512bf16,fma"
#define ZOO_TABLE zoo_kernels_avx512_bf16
#define ZOO_NAME "avx512_bf16"
#define ZOO_ROUNDS_BF16
#include "kernels_body.h"
#endif
