// CShims/COneDNN against plain loops in double: both ends of every convolution pass, the padding that strides leave over,
// groups, dilation, two threads on one convolution, shapes that oneDNN has to refuse. scripts/onednn3 builds and runs it
// with oneDNN 2.6 and 3.x, with and without sanitizers. Exit code 0 only if everything holds.
#define _GNU_SOURCE
#include <math.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "zoo_dnnl.h"

enum { LANES = 16, GUARD = 64 };  // floats behind each buffer that nobody may write
static const float GUARD_VALUE = -12345.5f;
static int failures = 0;

typedef struct {
  const char *name;
  zoo_convolution_shape s;  // output and padding_after are worked out from padding_total
  int padding_total[3];
} test_case;

#define SHAPE(ic, oc, g, in, k, st, d, pad, bias, plain)                                                        \
  {.input_channels = ic, .output_channels = oc, .groups = g, .input = in, .kernel = k, .stride = st, .dilation = d, \
   .padding_before = pad, .has_bias = bias, .plain_input = plain}
#define T(a, b, c) {a, b, c}

static const test_case cases[] = {
    {"1³", SHAPE(32, 64, 1, T(5, 6, 7), T(1, 1, 1), T(1, 1, 1), T(1, 1, 1), T(0, 0, 0), 0, 0), T(0, 0, 0)},
    {"3³ same",
     SHAPE(64, 16, 1, T(5, 6, 7), T(3, 3, 3), T(1, 1, 1), T(1, 1, 1), T(1, 1, 1), 1, 0), T(2, 2, 2)},
    {"3³ valid",
     SHAPE(16, 32, 1, T(5, 6, 7), T(3, 3, 3), T(1, 1, 1), T(1, 1, 1), T(0, 0, 0), 1, 0), T(0, 0, 0)},
    {"3³ wide row",
     SHAPE(16, 16, 1, T(2, 3, 37), T(3, 3, 3), T(1, 1, 1), T(1, 1, 1), T(1, 1, 1), 1, 0), T(2, 2, 2)},
    {"one channel, plain",
     SHAPE(1, 32, 1, T(7, 6, 5), T(3, 3, 3), T(1, 1, 1), T(1, 1, 1), T(1, 1, 1), 1, 1), T(2, 2, 2)},
    {"three channels, plain",
     SHAPE(3, 16, 1, T(4, 6, 5), T(3, 3, 3), T(1, 1, 1), T(1, 1, 1), T(1, 1, 1), 0, 1), T(2, 2, 2)},
    {"stride 2, padding behind only",
     SHAPE(16, 32, 1, T(6, 8, 4), T(3, 3, 3), T(2, 2, 2), T(1, 1, 1), T(0, 0, 0), 1, 0), T(1, 1, 1)},
    {"stride 2, voxels left over",
     SHAPE(16, 16, 1, T(6, 7, 8), T(3, 3, 3), T(2, 2, 2), T(1, 1, 1), T(0, 0, 0), 1, 0), T(0, 0, 0)},
    {"1³ stride 2 on even sizes",
     SHAPE(16, 32, 1, T(6, 4, 8), T(1, 1, 1), T(2, 2, 2), T(1, 1, 1), T(0, 0, 0), 0, 0), T(0, 0, 0)},
    {"stride 1, 2, 3",
     SHAPE(16, 16, 1, T(4, 5, 7), T(3, 3, 3), T(1, 2, 3), T(1, 1, 1), T(1, 1, 1), 1, 0), T(2, 2, 2)},
    {"kernel 1, 3, 5",
     SHAPE(32, 16, 1, T(3, 5, 7), T(1, 3, 5), T(1, 1, 1), T(1, 1, 1), T(0, 1, 2), 1, 0), T(0, 2, 4)},
    {"even kernel",
     SHAPE(16, 16, 1, T(4, 5, 6), T(2, 4, 2), T(1, 1, 1), T(1, 1, 1), T(0, 1, 0), 1, 0), T(1, 3, 1)},
    {"dilation 2",
     SHAPE(16, 16, 1, T(6, 7, 8), T(3, 3, 3), T(1, 1, 1), T(2, 2, 2), T(2, 2, 2), 1, 0), T(4, 4, 4)},
    {"dilation 1, 2, 3, valid",
     SHAPE(16, 32, 1, T(4, 6, 8), T(2, 3, 2), T(1, 1, 1), T(1, 2, 3), T(0, 0, 0), 1, 0), T(0, 0, 0)},
    {"two groups of 16",
     SHAPE(32, 32, 2, T(3, 4, 5), T(3, 3, 3), T(1, 1, 1), T(1, 1, 1), T(1, 1, 1), 1, 0), T(2, 2, 2)},
    {"depthwise",
     SHAPE(32, 32, 32, T(3, 4, 5), T(3, 3, 3), T(1, 1, 1), T(1, 1, 1), T(1, 1, 1), 1, 0), T(2, 2, 2)},
    {"2³, shorter than the kernel",
     SHAPE(32, 64, 1, T(2, 2, 2), T(3, 3, 3), T(1, 1, 1), T(1, 1, 1), T(1, 1, 1), 0, 0), T(2, 2, 2)},
    {"2³, stride 2, odd padding",
     SHAPE(16, 16, 1, T(2, 2, 5), T(3, 4, 3), T(2, 2, 2), T(1, 1, 1), T(0, 1, 1), 1, 0), T(1, 2, 1)},
    {"a padding wider than the volume",
     SHAPE(16, 16, 1, T(1, 2, 1), T(3, 3, 3), T(1, 1, 1), T(1, 1, 1), T(2, 2, 2), 1, 0), T(4, 4, 4)},
};

static float number(uint32_t *state) {
  *state = *state * 1664525u + 1013904223u;
  return (float)(int32_t)*state / 2147483648.0f;
}

// A 64-byte aligned buffer of random floats, and a guard behind it.
static float *buffer(size_t count, uint32_t seed) {
  size_t bytes = (count + GUARD) * sizeof(float);
  float *data = aligned_alloc(64, (bytes + 63) / 64 * 64);
  if (!data) abort();
  for (size_t i = 0; i < count; i++) data[i] = number(&seed);
  for (size_t i = count; i < count + GUARD; i++) data[i] = GUARD_VALUE;
  return data;
}

static void release(const char *name, const char *what, float *data, size_t count) {
  for (size_t i = count; i < count + GUARD; i++)
    if (data[i] != GUARD_VALUE) {
      printf("FAILED %s: wrote behind %s\n", name, what);
      failures++;
      break;
    }
  free(data);
}

static void check(const char *name, int code, const char *message) {
  if (!code) return;
  printf("FAILED %s: %s\n", name, message);
  exit(1);
}

static zoo_convolution_shape completed(const test_case *test) {
  zoo_convolution_shape s = test->s;
  for (int a = 0; a < 3; a++) {
    int64_t span = (s.kernel[a] - 1) * s.dilation[a] + 1;
    s.output[a] = (s.input[a] + test->padding_total[a] - span) / s.stride[a] + 1;
    s.padding_after[a] = (s.output[a] - 1) * s.stride[a] + span - s.input[a] - s.padding_before[a];
  }
  return s;
}

static size_t voxels(const int64_t *axes) { return (size_t)(axes[0] * axes[1] * axes[2]); }

// Position of a channel and voxel, [C/16][D][H][W][16] or [C][D][H][W].
static size_t place(int plain, int64_t channel, size_t voxel, size_t count) {
  return plain ? (size_t)channel * count + voxel
               : ((size_t)(channel / LANES) * count + voxel) * LANES + (size_t)(channel % LANES);
}

typedef struct {
  size_t input, output, weights, bias;
} sizes;

static sizes sizes_of(const zoo_convolution_shape *s) {
  return (sizes){
      (size_t)s->input_channels * voxels(s->input), (size_t)s->output_channels * voxels(s->output),
      (size_t)(s->output_channels * s->input_channels / s->groups) * voxels(s->kernel), (size_t)s->output_channels};
}

// One walk over all products of the convolution gives all three passes, each with the sum of absolute products beside
// it, which is what rounding errors are measured against.
typedef struct {
  double *output, *input_gradient, *weight_gradient, *bias_gradient, *scales[4];
} reference;

static void multiply(const zoo_convolution_shape *s, const float *x, const float *w, const float *bias, const float *dy,
                     reference *r) {
  int64_t inputs = s->input_channels / s->groups, outputs = s->output_channels / s->groups;
  size_t in = voxels(s->input), out = voxels(s->output), taps = voxels(s->kernel);
  for (int64_t o = 0; o < s->output_channels; o++)
    for (size_t p = 0; p < out; p++) {
      int64_t at[3] = {(int64_t)p / (s->output[1] * s->output[2]), (int64_t)p / s->output[2] % s->output[1],
                       (int64_t)p % s->output[2]};
      size_t y = place(0, o, p, out);
      r->output[y] = bias ? bias[o] : 0;
      r->scales[0][y] = fabs(r->output[y]);
      r->bias_gradient[o] += dy[y];
      r->scales[3][o] += fabs((double)dy[y]);
      for (size_t t = 0; t < taps; t++) {
        int64_t tap[3] = {(int64_t)t / (s->kernel[1] * s->kernel[2]), (int64_t)t / s->kernel[2] % s->kernel[1],
                          (int64_t)t % s->kernel[2]};
        int64_t from[3];
        int inside = 1;
        for (int a = 0; a < 3; a++) {
          from[a] = at[a] * s->stride[a] + tap[a] * s->dilation[a] - s->padding_before[a];
          inside = inside && from[a] >= 0 && from[a] < s->input[a];
        }
        if (!inside) continue;
        size_t q = (size_t)((from[0] * s->input[1] + from[1]) * s->input[2] + from[2]);
        for (int64_t c = 0; c < inputs; c++) {
          size_t i = place(s->plain_input, o / outputs * inputs + c, q, in);
          size_t k = ((size_t)(o * inputs + c)) * taps + t;
          r->output[y] += (double)x[i] * w[k];
          r->scales[0][y] += fabs((double)x[i] * w[k]);
          r->input_gradient[i] += (double)dy[y] * w[k];
          r->scales[1][i] += fabs((double)dy[y] * w[k]);
          r->weight_gradient[k] += (double)dy[y] * x[i];
          r->scales[2][k] += fabs((double)dy[y] * x[i]);
        }
      }
    }
}

// Largest error against the sum of absolute products; a NaN fails.
static double compare(const char *name, const char *what, const float *actual, const double *expected,
                      const double *scale, size_t count) {
  double worst = 0;
  for (size_t i = 0; i < count; i++) {
    double error = fabs(actual[i] - expected[i]) / (scale[i] + 1e-3);
    if (!(error <= 1e-6)) {
      printf("FAILED %s: %s[%zu] is %g, expected %g\n", name, what, i, actual[i], expected[i]);
      failures++;
      return error;
    }
    worst = fmax(worst, error);
  }
  return worst;
}

// What one worker does with one sample.
typedef struct {
  zoo_engine *engine;
  const zoo_convolution *convolution;
  const zoo_convolution_shape *s;
  const char *name;
  const float *x, *weights, *bias, *dy;
  float *output, *input_gradient, *weight_gradient, *bias_gradient;
} job;

static void *work(void *argument) {
  job *j = argument;
  const zoo_convolution *c = j->convolution;
  char message[ZOO_MESSAGE_BYTES] = "";
  size_t forward = zoo_convolution_forward_bytes(c) / 4, data = zoo_convolution_data_bytes(c) / 4;
  size_t gradient = zoo_convolution_gradient_bytes(c) / 4, scratch = (zoo_convolution_scratch_bytes(c) + 3) / 4;
  float *packed = buffer(forward, 7), *packed_data = buffer(data, 8), *packed_gradient = buffer(gradient, 9);
  float *room = buffer(scratch, 10);
  zoo_lane *lane = NULL;
  zoo_dnnl_single_thread();
  check(j->name, zoo_lane_create(j->engine, c, &lane, message), message);
  check(j->name, zoo_lane_pack_forward(lane, j->weights, packed, message), message);
  check(j->name, zoo_lane_forward(lane, j->x, packed, j->bias, j->output, room, message), message);
  check(j->name, zoo_lane_backward_weights(lane, j->x, j->dy, packed_gradient, j->bias_gradient, room, message), message);
  check(j->name, zoo_lane_unpack_gradient(lane, packed_gradient, j->weight_gradient, message), message);
  if (j->input_gradient) {
    check(j->name, zoo_lane_pack_data(lane, j->weights, packed_data, message), message);
    check(j->name, zoo_lane_backward_data(lane, j->dy, packed_data, j->input_gradient, room, message), message);
  }
  zoo_lane_destroy(lane);
  release(j->name, "packed weights", packed, forward);
  release(j->name, "packed weights of the data pass", packed_data, data);
  release(j->name, "the packed gradient", packed_gradient, gradient);
  release(j->name, "the scratchpad", room, scratch);
  return NULL;
}

static void same(const char *name, const char *what, const float *a, const float *b, size_t count) {
  if (!memcmp(a, b, count * sizeof(float))) return;
  printf("FAILED %s: two threads disagree on the %s\n", name, what);
  failures++;
}

static void run(zoo_engine *engine, const test_case *test) {
  zoo_convolution_shape s = completed(test);
  sizes n = sizes_of(&s);
  char message[ZOO_MESSAGE_BYTES] = "";
  zoo_convolution *c = NULL;
  int passes = ZOO_FORWARD | ZOO_BACKWARD_DATA | ZOO_BACKWARD_WEIGHTS;
  check(test->name, zoo_convolution_create(engine, &s, passes, &c, message), message);

  float *x = buffer(n.input, 1), *w = buffer(n.weights, 2), *bias = buffer(n.bias, 3), *dy = buffer(n.output, 4);
  reference r = {calloc(n.output, 8), calloc(n.input, 8), calloc(n.weights, 8), calloc(n.bias, 8),
                 {calloc(n.output, 8), calloc(n.input, 8), calloc(n.weights, 8), calloc(n.bias, 8)}};
  multiply(&s, x, w, s.has_bias ? bias : NULL, dy, &r);

  job jobs[2];
  pthread_t threads[2];
  for (int i = 0; i < 2; i++) {
    jobs[i] = (job){engine, c, &s, test->name, x, w, s.has_bias ? bias : NULL, dy,
                    buffer(n.output, 5), buffer(n.input, 5), buffer(n.weights, 5),
                    s.has_bias ? buffer(n.bias, 5) : NULL};
    if (pthread_create(&threads[i], NULL, work, &jobs[i])) abort();
  }
  for (int i = 0; i < 2; i++) pthread_join(threads[i], NULL);

  job *a = &jobs[0], *b = &jobs[1];
  double worst = compare(test->name, "output", a->output, r.output, r.scales[0], n.output);
  worst = fmax(worst, compare(test->name, "input gradient", a->input_gradient, r.input_gradient, r.scales[1], n.input));
  worst = fmax(worst, compare(test->name, "weight gradient", a->weight_gradient, r.weight_gradient, r.scales[2], n.weights));
  if (s.has_bias)
    worst = fmax(worst, compare(test->name, "bias gradient", a->bias_gradient, r.bias_gradient, r.scales[3], n.bias));
  same(test->name, "output", a->output, b->output, n.output);
  same(test->name, "input gradient", a->input_gradient, b->input_gradient, n.input);
  same(test->name, "weight gradient", a->weight_gradient, b->weight_gradient, n.weights);
  printf("%-34s %.1e  %s\n", test->name, worst, zoo_convolution_names(c));

  for (int i = 0; i < 2; i++) {
    release(test->name, "the output", jobs[i].output, n.output);
    release(test->name, "the input gradient", jobs[i].input_gradient, n.input);
    release(test->name, "the weight gradient", jobs[i].weight_gradient, n.weights);
    if (s.has_bias) release(test->name, "the bias gradient", jobs[i].bias_gradient, n.bias);
  }
  release(test->name, "the input", x, n.input);
  release(test->name, "the weights", w, n.weights);
  release(test->name, "the bias", bias, n.bias);
  release(test->name, "the output gradient", dy, n.output);
  free(r.output), free(r.input_gradient), free(r.weight_gradient), free(r.bias_gradient);
  for (int i = 0; i < 4; i++) free(r.scales[i]);
  zoo_convolution_destroy(c);
}

static void expect(int holds, const char *what) {
  if (holds) return;
  printf("FAILED: %s\n", what);
  failures++;
}

// What cannot be done gives a code and a text, and takes nothing with it.
static void refusals(zoo_engine *engine) {
  char message[ZOO_MESSAGE_BYTES] = "";
  zoo_convolution *c = NULL;
  zoo_lane *lane = NULL;
  zoo_convolution_shape s = completed(&cases[1]);
  s.output[0] += 1;
  expect(zoo_convolution_create(engine, &s, ZOO_FORWARD, &c, message) != 0, "an output too long is refused");
  expect(strlen(message) > 0 && !c, "a refusal has a text and no convolution");
  s = completed(&cases[1]);
  s.groups = 3;
  expect(zoo_convolution_create(engine, &s, ZOO_FORWARD, &c, message) != 0, "groups that do not divide are refused");
  s = completed(&cases[1]);
  s.input[1] = -4;
  expect(zoo_convolution_create(engine, &s, ZOO_FORWARD, &c, message) != 0, "a negative size is refused");

  s = completed(&cases[1]);
  check("forward only", zoo_convolution_create(engine, &s, ZOO_FORWARD, &c, message), message);
  check("forward only", zoo_lane_create(engine, c, &lane, message), message);
  expect(zoo_convolution_data_bytes(c) == 0 && zoo_convolution_gradient_bytes(c) == 0, "no backward pass, no bytes");
  message[0] = 0;
  expect(zoo_lane_backward_data(lane, NULL, NULL, NULL, NULL, message) != 0, "a pass not asked for is refused");
  expect(strlen(message) > 0, "that refusal has a text");
  zoo_lane_destroy(lane);
  zoo_convolution_destroy(c);
  zoo_lane_destroy(NULL);
  zoo_convolution_destroy(NULL);
}

int main(void) {
  char message[ZOO_MESSAGE_BYTES] = "";
  zoo_engine *engine = NULL;
  setvbuf(stdout, NULL, _IOLBF, 0);
  zoo_dnnl_single_thread();
  check("engine", zoo_engine_create(&engine, message), message);
  printf("oneDNN %d, %zu convolutions; largest error against the sum of absolute products\n", zoo_dnnl_version(),
         sizeof cases / sizeof *cases);
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) run(engine, &cases[i]);
  refusals(engine);
  zoo_engine_destroy(engine);
  zoo_engine_destroy(NULL);
  printf(failures ? "%d failures\n" : "all hold\n", failures);
  return failures != 0;
}
