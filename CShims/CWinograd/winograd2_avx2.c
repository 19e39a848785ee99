#if defined(__x86_64__)
#define ZOO_TARGET "avx2,fma"
#define ZOO_TABLE zoo_winograd2_avx2
#define ZOO_NAME "winograd2:avx2"
#define LANES 8
#define TILE 2
#include "body.h"
#endif
