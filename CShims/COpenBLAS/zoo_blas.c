#if !__has_include(<cblas.h>)
#error "OpenBLAS is missing: apt-get install libopenblas-dev"
#endif
#include <cblas.h>

#include "zoo_blas.h"

void zoo_blas_single_thread(void) { openblas_set_num_threads(1); }

void zoo_sgemm(int transpose_a, int transpose_b, int64_t m, int64_t n, int64_t k, const float *a, int64_t lda,
               const float *b, int64_t ldb, float beta, float *c, int64_t ldc) {
  cblas_sgemm(CblasRowMajor, transpose_a ? CblasTrans : CblasNoTrans, transpose_b ? CblasTrans : CblasNoTrans,
              (blasint)m, (blasint)n, (blasint)k, 1.0f, a, (blasint)lda, b, (blasint)ldb, beta, c, (blasint)ldc);
}
