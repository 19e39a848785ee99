// What the files of this folder share: a convolution, made of passes and the primitives that pack weights for them.
#ifndef ZOO_CONVOLUTION_H
#define ZOO_CONVOLUTION_H
#include "pass.h"

struct zoo_engine {
  dnnl_engine_t cpu;
};

struct zoo_convolution {
  zoo_convolution_shape shape;
  zoo_descriptors lying;
  zoo_owned_md plain;  // (O, I, D, H, W), with groups (G, O/G, I/G, D, H, W)
  zoo_pass pass[PASSES];
  dnnl_primitive_t pack[PASSES];  // plain weights to the pass's; of the weight gradient, its own to plain
  char names[192];
};

// The weights of a pass, or their gradient, in oneDNN's order: borrowed, NULL where the pass was not made.
zoo_md zoo_packed_md(const zoo_convolution *convolution, int which);

// Writes what failed, and gives the code.
int zoo_fail(char *message, const char *what, dnnl_status_t status);

#endif
