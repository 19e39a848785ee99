#if defined(__x86_64__)
// Tuned, for without that the compiler makes two instructions of a product and its sum.
#define ZOO_TARGET "avx512f,avx512bw,avx512dq,avx512vl,avx512vnni,avx2,fma,tune=znver4"
#define ZOO_TABLE zoo_winograd4_avx512_vnni
#define ZOO_NAME "winograd4:avx512_vnni"
#define ZOO_MULTIPLIES_INT16
#define LANES 16
#define TILE 4
#include "body.h"
#endif
