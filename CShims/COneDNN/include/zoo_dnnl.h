// 3D convolution of one sample through oneDNN, behind opaque handles: nothing outside this folder sees dnnl.h, so a newer
// oneDNN is a change of this folder only. No policy here: the caller owns memory, threads and layouts.
//
// Activations are nCdhw16c, [C/16][D][H][W][16] with C a multiple of 16 (or plain [C][D][H][W] on the input side where
// asked for); weights and their gradients are f32, plain (O, I/groups, D, H, W) or in oneDNN's own packed order.
// Functions return 0, or another number with a text in `message` (ZOO_MESSAGE_BYTES long).
#ifndef ZOO_DNNL_H
#define ZOO_DNNL_H
#include <stddef.h>
#include <stdint.h>

#define ZOO_MESSAGE_BYTES 256

typedef struct {
  int64_t input_channels, output_channels, groups;
  int64_t input[3], output[3], kernel[3], stride[3], dilation[3], padding_before[3], padding_after[3];  // D, H, W
  int32_t has_bias;
  int32_t plain_input;  // the input is [C][D][H][W]: for the first layer, 1 or 3 channels
} zoo_convolution_shape;

enum { ZOO_FORWARD = 1, ZOO_BACKWARD_DATA = 2, ZOO_BACKWARD_WEIGHTS = 4 };

typedef struct zoo_engine zoo_engine;            // oneDNN's CPU engine
typedef struct zoo_convolution zoo_convolution;  // primitives of one layer, shared by all workers
typedef struct zoo_lane zoo_lane;                // what one worker needs to run one layer: a stream and memory handles

// The version oneDNN reports, as 20603 for 2.6.3.
int zoo_dnnl_version(void);

// From now on oneDNN runs on the calling thread alone (OpenMP's thread count is a property of the calling thread).
void zoo_dnnl_single_thread(void);

int zoo_engine_create(zoo_engine **out, char *message);
void zoo_engine_destroy(zoo_engine *engine);

// Makes the primitives of the passes asked for. Call on a thread that has called zoo_dnnl_single_thread.
int zoo_convolution_create(zoo_engine *engine, const zoo_convolution_shape *shape, int passes, zoo_convolution **out,
                           char *message);
void zoo_convolution_destroy(zoo_convolution *convolution);

// Bytes of the packed weights of the forward and of the data pass, of a packed weight gradient, of a worker's scratch.
size_t zoo_convolution_forward_bytes(const zoo_convolution *convolution);
size_t zoo_convolution_data_bytes(const zoo_convolution *convolution);
size_t zoo_convolution_gradient_bytes(const zoo_convolution *convolution);
size_t zoo_convolution_scratch_bytes(const zoo_convolution *convolution);

// The implementations oneDNN chose, for tables: "jit:avx512_core | ...". Lives as long as the convolution.
const char *zoo_convolution_names(const zoo_convolution *convolution);

int zoo_lane_create(zoo_engine *engine, const zoo_convolution *convolution, zoo_lane **out, char *message);
void zoo_lane_destroy(zoo_lane *lane);

// How often the lane has copied activations into another layout: for a weight gradient that is slow on the input as it lies.
// oneDNN's own reorders run on weights only, in the functions below.
int64_t zoo_lane_reorders(const zoo_lane *lane);

// Plain weights to packed, and a packed gradient to plain.
int zoo_lane_pack_forward(zoo_lane *lane, const float *plain, float *packed, char *message);
int zoo_lane_pack_data(zoo_lane *lane, const float *plain, float *packed, char *message);
int zoo_lane_unpack_gradient(zoo_lane *lane, const float *packed, float *plain, char *message);

// One sample. `bias` and `bias_gradient` may be NULL where the shape has no bias; gradients are overwritten.
int zoo_lane_forward(zoo_lane *lane, const float *input, const float *packed, const float *bias, float *output,
                     void *scratch, char *message);
int zoo_lane_backward_data(zoo_lane *lane, const float *output_gradient, const float *packed, float *input_gradient,
                           void *scratch, char *message);
int zoo_lane_backward_weights(zoo_lane *lane, const float *input, const float *output_gradient, float *packed_gradient,
                              float *bias_gradient, void *scratch, char *message);

#endif
