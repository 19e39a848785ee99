// Activations and their slopes, of the 16 channels of one voxel. What is not a number stays so: a training that left the numbers
// has to be seen.

INLINE void act_values(vec *u, int activation, float alpha) {
  vec zero = {0};
  switch (activation) {
    case ZOO_RELU: *u = SELECT(zero > *u, zero, *u); break;
    case ZOO_LEAKY_RELU: *u = SELECT(*u > zero, *u, *u * alpha); break;
    case ZOO_ELU:
      for (int i = 0; i < LANES; i++) (*u)[i] = (*u)[i] > 0 ? (*u)[i] : alpha * expm1f((*u)[i]);
      break;
    case ZOO_SIGMOID:
      for (int i = 0; i < LANES; i++) (*u)[i] = 1.0f / (1.0f + expf(-(*u)[i]));
      break;
    default: break;
  }
}

// d ·= act'(u)
INLINE void act_slope(vec *d, const vec *at, int activation, float alpha) {
  vec zero = {0};
  vec u = *at;
  switch (activation) {
    case ZOO_RELU: *d = SELECT(zero >= u, zero, *d); break;
    case ZOO_LEAKY_RELU: *d = SELECT(u > zero, *d, *d * alpha); break;
    case ZOO_ELU:
      for (int i = 0; i < LANES; i++)
        if (!(u[i] > 0)) (*d)[i] *= alpha * expf(u[i]);
      break;
    case ZOO_SIGMOID:
      for (int i = 0; i < LANES; i++) {
        float s = 1.0f / (1.0f + expf(-u[i]));
        (*d)[i] *= s * (1.0f - s);
      }
      break;
    default: break;
  }
}
