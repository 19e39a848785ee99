#if !__has_include(<cblas.h>)
#error "OpenBLAS is missing: apt-get install libopenblas-dev"
#endif
#include <cblas.h>
#include <stddef.h>

#include "zoo_blas.h"

// OpenBLAS carries LAPACK in Fortran's calling convention; Debian keeps lapacke.h in another package.
void dposv_(const char *uplo, const blasint *n, const blasint *nrhs, double *a, const blasint *lda, double *b,
            const blasint *ldb, blasint *info, size_t uplo_length);

void zoo_blas_single_thread(void) { openblas_set_num_threads(1); }

void zoo_sgemm(int transpose_a, int transpose_b, int64_t m, int64_t n, int64_t k, const float *a, int64_t lda,
               const float *b, int64_t ldb, float beta, float *c, int64_t ldc) {
  cblas_sgemm(CblasRowMajor, transpose_a ? CblasTrans : CblasNoTrans, transpose_b ? CblasTrans : CblasNoTrans,
              (blasint)m, (blasint)n, (blasint)k, 1.0f, a, (blasint)lda, b, (blasint)ldb, beta, c, (blasint)ldc);
}

int zoo_solve_positive(int64_t n, double *a, double *b) {
  blasint order = (blasint)n, one = 1, info = 0;
  // The lower half by rows is Fortran's upper half by columns.
  dposv_("U", &order, &one, a, &order, b, &order, &info, 1);
  return (int)info;
}
