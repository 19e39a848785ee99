// The transforms along one axis for tiles of 4, after Toom and Cook, with the points 0, ±p, ±q and ∞.
//
// p = 11/16 and q = 3/2 cost what the usual 1 and 2 cost and round a third as much: relative errors of 1e-6 to 2.5e-6 rms.
// Every constant of Bᵀ and Aᵀ is exact in f32.
#define NEAR 0.6875
#define FAR 1.5
#define NEAR_PRODUCT (2 * NEAR * NEAR * (NEAR * NEAR - FAR * FAR))  // ∏ (p − each other point)
#define FAR_PRODUCT (2 * FAR * FAR * (FAR * FAR - NEAR * NEAR))

static const float p1 = NEAR, p2 = NEAR * NEAR, p3 = NEAR * NEAR * NEAR, q1 = FAR, q2 = FAR * FAR, q3 = FAR * FAR * FAR;
static const float p2q2 = NEAR * NEAR * FAR * FAR, p2_plus_q2 = NEAR * NEAR + FAR * FAR;

// G: 3 taps to 6 frequencies.
static const double filter[FREQUENCIES][3] = {
    {1 / (NEAR * NEAR * FAR * FAR), 0, 0},
    {1 / NEAR_PRODUCT, NEAR / NEAR_PRODUCT, NEAR * NEAR / NEAR_PRODUCT},
    {1 / NEAR_PRODUCT, -NEAR / NEAR_PRODUCT, NEAR * NEAR / NEAR_PRODUCT},
    {1 / FAR_PRODUCT, FAR / FAR_PRODUCT, FAR * FAR / FAR_PRODUCT},
    {1 / FAR_PRODUCT, -FAR / FAR_PRODUCT, FAR * FAR / FAR_PRODUCT},
    {0, 0, 1},
};

// Bᵀ: 6 inputs to 6 frequencies.
INLINE void input_transform(const vec *d, vec *out) {
  vec u = d[4] - q2 * d[2], v = d[3] - q2 * d[1];
  vec s = d[4] - p2 * d[2], w = d[3] - p2 * d[1];
  out[0] = d[4] - p2_plus_q2 * d[2] + p2q2 * d[0];
  out[1] = u + p1 * v;
  out[2] = u - p1 * v;
  out[3] = s + q1 * w;
  out[4] = s - q1 * w;
  out[5] = d[5] - p2_plus_q2 * d[3] + p2q2 * d[1];
}

// The frequencies of Bᵀ that share inputs.
static const int pairs[FREQUENCIES / 2][2] = {{1, 2}, {3, 4}, {0, 5}};

// One pair of Bᵀ, of 6 inputs `stride` floats apart.
INLINE void input_pair(const int pair, const float *d, int64_t stride, vec *low, vec *high) {
  vec d1 = LOAD(d + stride), d2 = LOAD(d + 2 * stride), d3 = LOAD(d + 3 * stride), d4 = LOAD(d + 4 * stride);
  if (pair < 2) {
    vec even = d4 - (pair ? p2 : q2) * d2, odd = d3 - (pair ? p2 : q2) * d1;
    *low = even + (pair ? q1 : p1) * odd;
    *high = even - (pair ? q1 : p1) * odd;
  } else {
    *low = d4 - p2_plus_q2 * d2 + p2q2 * LOAD(d);
    *high = LOAD(d + 5 * stride) - p2_plus_q2 * d3 + p2q2 * d1;
  }
}

// Aᵀ: 6 frequencies to 4 outputs.
INLINE void output_transform(const vec *m, vec *out) {
  vec s = m[1] + m[2], e = m[1] - m[2], g = m[3] + m[4], h = m[3] - m[4];
  out[0] = m[0] + s + g;
  out[1] = p1 * e + q1 * h;
  out[2] = p2 * s + q2 * g;
  out[3] = m[5] + p3 * e + q3 * h;
}

// A: 4 output gradients to 6 frequencies.
INLINE void gradient_transform(const vec *y, vec *out) {
  vec s = y[0] + p2 * y[2], e = y[1] + p2 * y[3];
  vec g = y[0] + q2 * y[2], h = y[1] + q2 * y[3];
  out[0] = y[0];
  out[1] = s + p1 * e;
  out[2] = s - p1 * e;
  out[3] = g + q1 * h;
  out[4] = g - q1 * h;
  out[5] = y[3];
}
