// Squares of LANES × LANES floats, turned in registers.

#if LANES == 16
#define FIRST_HALVES 0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23
#define SECOND_HALVES 8, 24, 9, 25, 10, 26, 11, 27, 12, 28, 13, 29, 14, 30, 15, 31
#else
#define FIRST_HALVES 0, 8, 1, 9, 2, 10, 3, 11
#define SECOND_HALVES 4, 12, 5, 13, 6, 14, 7, 15
#endif

// Every turn of the loop moves one bit of the row's number into the lane's.
INLINE void transpose(vec *rows) {
  vec turned[LANES];
  UNROLL for (int bit = 1; bit < LANES; bit *= 2) {
    UNROLL for (int i = 0; i < LANES / 2; i++) {
      turned[2 * i] = __builtin_shufflevector(rows[i], rows[i + LANES / 2], FIRST_HALVES);
      turned[2 * i + 1] = __builtin_shufflevector(rows[i], rows[i + LANES / 2], SECOND_HALVES);
    }
    UNROLL for (int i = 0; i < LANES; i++) rows[i] = turned[i];
  }
}
