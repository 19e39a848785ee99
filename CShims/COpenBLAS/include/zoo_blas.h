// Dense products and LAPACK through OpenBLAS. The only file that knows cblas.h is zoo_blas.c.
#ifndef ZOO_BLAS_H
#define ZOO_BLAS_H
#include <stdint.h>

// One BLAS thread: the engine's own workers share out the samples.
void zoo_blas_single_thread(void);

// C[m][n] = beta * C + op(A) · op(B), row major; op(A) is m × k, op(B) is k × n; lda, ldb, ldc are row lengths.
void zoo_sgemm(int transpose_a, int transpose_b, int64_t m, int64_t n, int64_t k, const float *a, int64_t lda,
               const float *b, int64_t ldb, float beta, float *c, int64_t ldc);

// Solves A · x = b by Cholesky's factors (LAPACK's dposv); A is n × n, symmetric, and only its lower half is read, row major.
// b becomes x, A its factor. 0, or the order of the first minor that is not positive.
int zoo_solve_positive(int64_t n, double *a, double *b);

#endif
