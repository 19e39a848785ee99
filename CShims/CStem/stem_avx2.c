#if defined(__x86_64__)
#define ZOO_TARGET "avx2,fma"
#define ZOO_TABLE zoo_stem_avx2
#define ZOO_NAME "stem:avx2"
#define LANES 8
#include "body.h"
#endif
