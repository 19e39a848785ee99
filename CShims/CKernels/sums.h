// Sums of whole arrays, and dropout.

static void add(const float *x, float *y, int64_t count) {
  int64_t i = 0;
  for (; i + LANES <= count; i += LANES) STORE(y + i, LOAD(y + i) + LOAD(x + i));
  for (; i < count; i++) y[i] += x[i];
}

static void sum_slots(const float *slots, int64_t stride, int64_t count, int64_t slot_count, float *out) {
  int64_t i = 0;
  for (; i + LANES <= count; i += LANES) {
    vec sum = LOAD(slots + i);
    for (int64_t k = 1; k < slot_count; k++) sum += LOAD(slots + k * stride + i);
    STORE(out + i, sum);
  }
  for (; i < count; i++) {
    float sum = slots[i];
    for (int64_t k = 1; k < slot_count; k++) sum += slots[k * stride + i];
    out[i] = sum;
  }
}

// A 32-bit hash of a position under a key (Murmur's finaliser, as in Appleby 2016).
INLINE uint32_t hashed(uint64_t key, uint64_t position) {
  uint64_t h = key + position * 0x9E3779B97F4A7C15ull;
  h = (h ^ (h >> 33)) * 0xFF51AFD7ED558CCDull;
  h = (h ^ (h >> 33)) * 0xC4CEB9FE1A85EC53ull;
  return (uint32_t)(h >> 32);
}

static void dropout(float *run, int64_t block, int64_t first, int64_t count, float rate, int32_t spatial, uint64_t key) {
  uint32_t limit = (uint32_t)((double)rate * 4294967296.0);
  float keep = 1.0f / (1.0f - rate);
  for (int64_t i = 0; i < count; i++)
    for (int c = 0; c < LANES; c++) {
      int64_t position = spatial ? block * LANES + c : (first + i) * LANES + c;
      run[i * LANES + c] *= hashed(key, (uint64_t)position) < limit ? 0.0f : keep;
    }
}
