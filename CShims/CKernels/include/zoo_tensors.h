// How operations see stored tensors. A tensor is one sample in blocks of 16 channels, [C/16][voxels][16], kept as f32 or bf16;
// all arithmetic is f32. Operations move runs of voxels of one block between the tensor and a small f32 buffer, so that
// normalisation, activation, rounding and statistics happen while the values are in the cache.
#ifndef ZOO_TENSORS_H
#define ZOO_TENSORS_H
#include <stdint.h>

typedef enum { ZOO_F32, ZOO_BF16 } zoo_type;

enum { ZOO_IDENTITY, ZOO_RELU, ZOO_LEAKY_RELU, ZOO_ELU, ZOO_SIGMOID };

// A tensor as an operation reads it: act(scale·x + slope·z + shift), a number of each a channel.
typedef struct {
  const void *x, *z;           // z may be NULL: no such term, and only then an activation
  const float *scale, *slope;  // scale NULL for 1
  const float *shift;          // NULL for 0
  int64_t voxels;
  int32_t type;                // of x and z
  int32_t activation;
  float alpha;                 // slope of a leaky ReLU, α of an ELU
} zoo_source;

// Sums over the voxels of one block, relative to its first value so that a large mean does no harm.
typedef struct {
  float pivot[16];
  double sum[16], squares[16];
  int64_t voxels;  // 0: nothing seen
} zoo_tally;

// Where an operation's result y goes: act(scale·y + shift), rounded to the type.
typedef struct {
  void *values;
  const float *scale, *shift;  // NULL for 1 and 0
  zoo_tally *tallies;          // one a block, of the values as stored; NULL for none
  int64_t voxels;
  int32_t type;
  int32_t activation;
  float alpha;
  int32_t streams;             // not 0: past the caches, for values nobody reads soon
} zoo_target;

// Where the gradient da of what a source gave goes: d = da·act'(scale·x + shift), g = scale·d or g += scale·d.
typedef struct {
  void *g;                     // NULL: only the sums
  const void *x;
  const float *scale, *shift;  // NULL for 1 and 0
  const float *mean;
  double *sums;                // [2][places]: d and d·(x − mean) are added, for a batch norm's gradient; NULL for none
  int64_t places;              // channels as stored
  int64_t voxels;
  int32_t type;                // of g and x
  int32_t activation;
  float alpha;
  int32_t accumulates;         // not 0: g holds something already
} zoo_sink;

// Mean and centred sum of squares of one channel of one sample.
typedef struct {
  double mean, squares;
} zoo_moment;

#endif
