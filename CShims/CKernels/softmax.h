// Softmax over the channels of every voxel.

#define AT(c) ((place[c] / LANES * voxels + i) * LANES + place[c] % LANES)

static void softmax(const float *x, float *y, int64_t channels, int64_t blocks, int64_t voxels, const int32_t *place) {
  memset(y, 0, (size_t)(blocks * voxels * LANES) * sizeof *y);
  for (int64_t i = 0; i < voxels; i++) {
    float most = x[AT(0)];
    for (int64_t c = 1; c < channels; c++) most = x[AT(c)] > most ? x[AT(c)] : most;
    double sum = 0;
    for (int64_t c = 0; c < channels; c++) sum += exp((double)x[AT(c)] - most);
    for (int64_t c = 0; c < channels; c++) y[AT(c)] = (float)(exp((double)x[AT(c)] - most) / sum);
  }
}

static void softmax_backward(const float *y, const float *dy, float *dx, int64_t channels, int64_t blocks,
                             int64_t voxels, const int32_t *place) {
  memset(dx, 0, (size_t)(blocks * voxels * LANES) * sizeof *dx);
  for (int64_t i = 0; i < voxels; i++) {
    double dot = 0;
    for (int64_t c = 0; c < channels; c++) dot += (double)y[AT(c)] * dy[AT(c)];
    for (int64_t c = 0; c < channels; c++) dx[AT(c)] = (float)(y[AT(c)] * (dy[AT(c)] - dot));
  }
}
