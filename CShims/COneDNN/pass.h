// One pass of a convolution, over activations in the order that oneDNN is fast at.
//
// That is as they lie wherever oneDNN has more for it than its reference loops, which take a hundred times as long. On processors
// with AVX2 alone it has no more for blocks of 16 channels, on others for groups of single channels or dilation: then a sample is
// copied with its channels last. (2.6 to 3.2 also lack the weight gradient where padding meets an axis shorter than the kernel,
// but not where that padding is written out as zeros.)
#ifndef ZOO_PASS_H
#define ZOO_PASS_H
#include "descriptors.h"

enum { FORWARD, DATA, WEIGHTS, PASSES };

// The input or output of a pass. All NULL where it is taken as it lies.
typedef struct {
  zoo_owned_md md;      // as the pass reads or writes it
  zoo_owned_md middle;  // the tensor's place in it, where padding is written out around
  dnnl_primitive_t copy;
} zoo_operand;

typedef struct {
  dnnl_primitive_desc_t pd;
  dnnl_primitive_t primitive;
  zoo_operand input, output;
} zoo_pass;

// Makes pass `which`; `lying` is how tensors lie, with weights in any order.
dnnl_status_t zoo_pass_create(zoo_pass *pass, int which, dnnl_engine_t engine, const zoo_convolution_shape *shape,
                              const zoo_descriptors *lying);
void zoo_pass_destroy(zoo_pass *pass);

// The name of the implementation, or "-" where the pass was not made.
const char *zoo_pass_name(const zoo_pass *pass);

// Bytes of a copy, 0 where there is none; a multiple of 64.
size_t zoo_operand_bytes(const zoo_operand *operand);

#endif
