// Plain weights to packed ones, both ways.

static size_t packed_bytes(const zoo_winograd_shape *s) { return (size_t)(CUBE * weight_stride(s)) * sizeof(float); }

static void pack_forward(const zoo_winograd_shape *s, const float *plain, float *packed) {
  pack(s->input_channels, s->output_channels, plain, TAPS, s->input_channels * TAPS, 0, packed, weight_stride(s));
}

// The data gradient is a convolution of the output's gradient with the taps in opposite order.
static void pack_data(const zoo_winograd_shape *s, const float *plain, float *packed) {
  pack(s->output_channels, s->input_channels, plain, s->input_channels * TAPS, TAPS, 1, packed, weight_stride(s));
}
