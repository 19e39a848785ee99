#if defined(__x86_64__)
#define ZOO_TARGET "avx2,fma"
#define ZOO_TABLE zoo_winograd4_avx2
#define ZOO_NAME "winograd4:avx2"
#define LANES 8
#define TILE 4
#include "body.h"
#endif
