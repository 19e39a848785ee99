// The one place where oneDNN 2.6 and 3.x differ: making memory and primitive descriptors.
#ifndef ZOO_DESCRIPTORS_H
#define ZOO_DESCRIPTORS_H
#if !__has_include(<dnnl.h>)
#error "oneDNN is missing: apt-get install libdnnl-dev"
#endif
#include <dnnl.h>

#include "zoo_dnnl.h"

#if DNNL_VERSION_MAJOR >= 3
typedef const_dnnl_memory_desc_t zoo_md;     // borrowed
typedef dnnl_memory_desc_t zoo_owned_md;     // freed with zoo_md_free
typedef const_dnnl_primitive_desc_t zoo_pd;  // borrowed
#else
typedef const dnnl_memory_desc_t *zoo_md;
typedef dnnl_memory_desc_t *zoo_owned_md;
typedef const_dnnl_primitive_desc_t zoo_pd;
#endif

// The four memory descriptors a convolution is made from.
typedef struct {
  zoo_owned_md input, weights, bias, output;  // weights in any order oneDNN likes; bias NULL where there is none
} zoo_descriptors;

dnnl_status_t zoo_md_create(zoo_owned_md *out, int axes, const int64_t *sizes, dnnl_format_tag_t tag);
// The place of a tensor of `sizes` in a larger one, from `offsets` on; the larger one's order.
dnnl_status_t zoo_md_create_part(zoo_owned_md *out, zoo_md whole, const int64_t *sizes, const int64_t *offsets);
void zoo_md_free(zoo_owned_md md);

// Primitive descriptors of the three passes, with a scratchpad that the caller provides.
dnnl_status_t zoo_pd_forward(dnnl_primitive_desc_t *out, dnnl_engine_t engine, const zoo_convolution_shape *shape,
                             const zoo_descriptors *d);
dnnl_status_t zoo_pd_backward_data(dnnl_primitive_desc_t *out, dnnl_engine_t engine,
                                   const zoo_convolution_shape *shape, const zoo_descriptors *d, zoo_pd forward);
dnnl_status_t zoo_pd_backward_weights(dnnl_primitive_desc_t *out, dnnl_engine_t engine,
                                      const zoo_convolution_shape *shape, const zoo_descriptors *d, zoo_pd forward);
dnnl_status_t zoo_pd_reorder(dnnl_primitive_desc_t *out, dnnl_engine_t engine, zoo_md from, zoo_md to);

#endif
