#if defined(__x86_64__)
#define ZOO_TARGET "avx512f,avx512bw,avx512dq,avx512vl,fma"
#define ZOO_TABLE zoo_kernels_avx512
#define ZOO_NAME "avx512"
#include "kernels_body.h"
#endif
