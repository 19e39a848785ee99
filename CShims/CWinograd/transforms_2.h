// The transforms along one axis for tiles of 2, after Toom and Cook, with the points 0, ±1 and ∞: as exact as the direct way.

// G: 3 taps to 4 frequencies.
static const double filter[FREQUENCIES][3] = {{1, 0, 0}, {0.5, 0.5, 0.5}, {0.5, -0.5, 0.5}, {0, 0, 1}};

// Bᵀ: 4 inputs to 4 frequencies.
INLINE void input_transform(const vec *d, vec *out) {
  out[0] = d[0] - d[2];
  out[1] = d[1] + d[2];
  out[2] = d[2] - d[1];
  out[3] = d[1] - d[3];
}

// The frequencies of Bᵀ that share inputs.
static const int pairs[FREQUENCIES / 2][2] = {{1, 2}, {0, 3}};

// One pair of Bᵀ, of 4 inputs `stride` floats apart.
INLINE void input_pair(const int pair, const float *d, int64_t stride, vec *low, vec *high) {
  vec d1 = LOAD(d + stride), d2 = LOAD(d + 2 * stride);
  *low = pair ? LOAD(d) - d2 : d1 + d2;
  *high = pair ? d1 - LOAD(d + 3 * stride) : d2 - d1;
}

// Aᵀ: 4 frequencies to 2 outputs.
INLINE void output_transform(const vec *m, vec *out) {
  out[0] = m[0] + (m[1] + m[2]);
  out[1] = (m[1] - m[2]) - m[3];
}

// A: 2 output gradients to 4 frequencies.
INLINE void gradient_transform(const vec *y, vec *out) {
  out[0] = y[0];
  out[1] = y[0] + y[1];
  out[2] = y[0] - y[1];
  out[3] = -y[1];
}
