// The passes over one sample.

// The convolution of a source by packed weights, a part of `parts`.
static void convolve(const zoo_winograd_shape *s, const zoo_source *input, const float *packed, const outlet *to, int64_t part,
                     int64_t parts, void *scratch) {
  const blocking b = make_blocking(s, FORWARD_TILES);
  const workspace w = make_workspace(&b, scratch);
  const int64_t frequency = weight_stride(s), end = b.rows * (part + 1) / parts;
  clear_columns(w.S, b.s, b.C * b.R, b.width + 2, 1, b.W);
  for (int64_t first = b.rows * part / parts; first < end; first += b.R) {
    const int64_t rows = rows_from(&b, first, end);
    // What the next portion reads; and what this one adds to and is masked by.
    const zoo_sink *sink = to->sink;
    read_ahead ahead[] = {
        make_ahead(&b, input->x, input->type, b.C, first + b.R, end, FREQUENCIES),
        make_ahead(&b, input->z, input->type, b.C, first + b.R, end, FREQUENCIES),
        make_ahead(&b, sink ? sink->x : NULL, sink ? sink->type : ZOO_F32, b.K, first, end, TILE),
        make_ahead(&b, sink && sink->accumulates ? sink->g : NULL, sink ? sink->type : ZOO_F32, b.K, first, end, TILE),
    };
    for (int64_t r = 0, group; r < rows; r += group) {
      group = group_from(&b, first + r, rows - r);
      input_planes(&b, &w, input, first + r, r, group);
    }
    for (int64_t ab = 0; ab < SQUARE; ab++) {
      make_factors(&b, &w, rows, w.S + ab * b.s);
      for (int64_t f = 0; f < FREQUENCIES; f++) {
        for (int i = 0; i < 4; i++) read_share(&b, &ahead[i], ab * FREQUENCIES + f);
        multiply(&b, &w, rows * b.tiles_x, f, packed + (ab * FREQUENCIES + f) * frequency);
      }
      output_columns(&b, rows, w.M, w.Z + ab * b.z);
    }
    for (int64_t r = 0, group; r < rows; r += group) {
      group = group_from(&b, first + r, rows - r);
      output_planes(&b, &w, first + r, r, group, to);
    }
  }
}

static void forward(const zoo_winograd_shape *s, const zoo_source *input, const float *packed, const zoo_target *output,
                    int64_t part, int64_t parts, void *scratch) {
  const blocking b = make_blocking(s, FORWARD_TILES);
  zoo_target target = *output;
  target.streams = is_streamed(&b, b.K, target.type);
  convolve(s, input, packed, &(outlet){.target = &target}, part, parts, scratch);
  __builtin_ia32_sfence();  // streamed stores come before whatever tells another thread that the output is there
}

// The shape of the convolution that makes the data gradient.
static zoo_winograd_shape transposed(const zoo_winograd_shape *s) {
  zoo_winograd_shape t = *s;
  t.input_channels = s->output_channels;
  t.output_channels = s->input_channels;
  return t;
}

static void data_gradient(const zoo_winograd_shape *s, const zoo_source *output_gradient, const float *packed,
                          const zoo_sink *input_gradient, int64_t part, int64_t parts, void *scratch) {
  const zoo_winograd_shape t = transposed(s);
  convolve(&t, output_gradient, packed, &(outlet){.sink = input_gradient}, part, parts, scratch);
}

static void weight_gradient(const zoo_winograd_shape *s, const zoo_source *input, const zoo_source *output_gradient,
                            float *plain_gradient, float *bias_gradient, int accumulates, void *scratch) {
  const blocking b = make_gradient_blocking(s);
  const workspace w = make_workspace(&b, scratch);
  const sides d = make_sides(s);
  const int keeps = b.kept == CUBE;
  double *sums = bias_gradient ? (double *)w.end : NULL;
  float *dU = w.end + 2 * b.K * BLOCK;
  if (sums) memset(sums, 0, (size_t)(b.K * BLOCK) * sizeof *sums);
  clear_columns(w.S, b.s, b.C * b.R, b.width + 2, 1, b.W);
  clear_columns(w.Z, b.z, b.K * b.R, b.width, 0, b.W);
  for (int64_t first = 0; first < b.rows; first += b.R) {
    const int64_t rows = rows_from(&b, first, b.rows), next = first + b.R;
    read_ahead ahead[] = {
        make_ahead(&b, input->x, input->type, b.C, next, b.rows, FREQUENCIES),
        make_ahead(&b, input->z, input->type, b.C, next, b.rows, FREQUENCIES),
        make_ahead(&b, output_gradient->x, output_gradient->type, b.K, next, b.rows, TILE),
        make_ahead(&b, output_gradient->z, output_gradient->type, b.K, next, b.rows, TILE),
    };
    for (int64_t r = 0, group; r < rows; r += group) {
      group = group_from(&b, first + r, rows - r);
      gradient_planes(&b, &w, output_gradient, first + r, r, group, sums);
      input_planes(&b, &w, input, first + r, r, group);
    }
    for (int64_t ab = 0; ab < SQUARE; ab++) {
      const int64_t at = keeps ? ab * FREQUENCIES : 0;
      make_gradient_factors(&b, &w, rows, w.S + ab * b.s, w.Z + ab * b.z, at);
      for (int64_t f = 0; !keeps && f < FREQUENCIES; f++) {
        for (int i = 0; i < 4; i++) read_share(&b, &ahead[i], ab * FREQUENCIES + f);
        for (int64_t p = 0; p < d.p; p += GRADIENT_PANEL)
          for (int64_t q = 0; q < d.q; q += BLOCK)
            multiply_gradient(&b, &w, &d, p, q, rows * b.tiles_x, f,
                              dU + gradient_block_offset(&d, p, q) + (ab * FREQUENCIES + f) * block_stride(panel_width(&d, p)),
                              first == 0);
      }
    }
  }
  for (int64_t p = 0; p < d.p; p += GRADIENT_PANEL)
    for (int64_t q = 0; q < d.q; q += BLOCK) {
      for (int64_t f = 0; keeps && f < CUBE; f++)
        multiply_gradient(&b, &w, &d, p, q, b.rows * b.tiles_x, f, dU + f * block_stride(panel_width(&d, p)), 1);
      unpack_gradient(&d, p, q, keeps ? dU : dU + gradient_block_offset(&d, p, q), plain_gradient, accumulates);
    }
  if (sums)
    for (int64_t k = 0; k < b.K * BLOCK; k++) bias_gradient[k] = (accumulates ? bias_gradient[k] : 0) + (float)sums[k];
}

static size_t scratch_bytes(const zoo_winograd_shape *s, int with_weight_gradient) {
  const zoo_winograd_shape t = transposed(s);
  const blocking passes[] = {make_blocking(s, FORWARD_TILES), make_blocking(&t, FORWARD_TILES)};
  size_t most = workspace_floats(&passes[0]), other = workspace_floats(&passes[1]);
  if (other > most) most = other;
  if (with_weight_gradient) {
    const blocking b = make_gradient_blocking(s);
    const sides d = make_sides(s);
    const int64_t blocks = b.kept == CUBE ? gradient_block_floats(panel_width(&d, 0)) : gradient_floats(&d);
    other = workspace_floats(&b) + (size_t)(2 * b.K * BLOCK + blocks);
    if (other > most) most = other;
  }
  return most * sizeof(float);
}
