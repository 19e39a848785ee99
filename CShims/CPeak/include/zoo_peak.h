// What this processor can do at most: loops that do nothing else than multiply and add, or stream through memory.
#ifndef ZOO_PEAK_H
#define ZOO_PEAK_H
#include <stdint.h>

// Multiplies and adds f32 on the calling thread for `rounds` rounds at the widest vectors of this processor, and returns how many
// floating-point operations that were. `sink` is written, so that the loop cannot be left out.
int64_t zoo_peak_multiply(int64_t rounds, float *sink);

// a = b + factor·c over `count` floats (the triad of STREAM): 12 bytes moved for each, as is usually counted.
void zoo_peak_triad(float *a, const float *b, const float *c, float factor, int64_t count);

#endif
