// Plain [channels][voxels] and blocks.

static void to_blocks(const float *plain, float *x, int64_t channels, int64_t blocks, int64_t voxels,
                      const int32_t *place) {
  memset(x, 0, (size_t)(blocks * voxels * LANES) * sizeof *x);
  for (int64_t c = 0; c < channels; c++) {
    float *to = x + place[c] / LANES * voxels * LANES + place[c] % LANES;
    for (int64_t i = 0; i < voxels; i++) to[i * LANES] = plain[c * voxels + i];
  }
}

static void to_plain(const float *x, float *plain, int64_t channels, int64_t voxels, const int32_t *place) {
  for (int64_t c = 0; c < channels; c++) {
    const float *from = x + place[c] / LANES * voxels * LANES + place[c] % LANES;
    for (int64_t i = 0; i < voxels; i++) plain[c * voxels + i] = from[i * LANES];
  }
}
