#if defined(__x86_64__)
#define ZOO_TARGET "avx512f,avx512bw,avx512dq,avx512vl,avx512bf16,avx2,fma"
#define ZOO_TABLE zoo_batch_avx512_bf16
#define ZOO_NAME "batch:avx512_bf16"
#define ZOO_MULTIPLIES_BF16
#define LANES 16
#include "body.h"
#endif
