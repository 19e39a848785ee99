#if defined(__x86_64__)
#define ZOO_TARGET "avx512f,avx512dq,avx512vl,avx2,fma"
#define ZOO_TABLE zoo_stem_avx512
#define ZOO_NAME "stem:avx512"
#define LANES 16
#include "body.h"
#endif
