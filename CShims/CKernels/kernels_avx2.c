#if defined(__x86_64__)
#define ZOO_TARGET "avx2,fma"
#define ZOO_TABLE zoo_kernels_avx2
#define ZOO_NAME "avx2"
#include "kernels_body.h"
#endif
