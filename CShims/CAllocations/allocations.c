#define _GNU_SOURCE
#include "allocations.h"

#include <dlfcn.h>
#include <errno.h>
#include <stdatomic.h>
#include <stddef.h>
#include <string.h>

extern void *__libc_malloc(size_t);
extern void *__libc_calloc(size_t, size_t);
extern void *__libc_realloc(void *, size_t);
extern void *__libc_memalign(size_t, size_t);

static atomic_int counting;
static atomic_long own, library;

static void count(void *caller) {
  if (!atomic_load_explicit(&counting, memory_order_relaxed)) return;
  Dl_info info;
  int is_library = dladdr(caller, &info) && info.dli_fname &&
                   (strstr(info.dli_fname, "libdnnl") || strstr(info.dli_fname, "libstdc++"));
  atomic_fetch_add(is_library ? &library : &own, 1);
}

void *malloc(size_t size) {
  count(__builtin_return_address(0));
  return __libc_malloc(size);
}

void *calloc(size_t items, size_t size) {
  count(__builtin_return_address(0));
  return __libc_calloc(items, size);
}

void *realloc(void *old, size_t size) {
  count(__builtin_return_address(0));
  return __libc_realloc(old, size);
}

void *aligned_alloc(size_t alignment, size_t size) {
  count(__builtin_return_address(0));
  return __libc_memalign(alignment, size);
}

int posix_memalign(void **out, size_t alignment, size_t size) {
  count(__builtin_return_address(0));
  *out = __libc_memalign(alignment, size);
  return *out ? 0 : ENOMEM;
}

void allocations_begin(void) {
  atomic_store(&own, 0);
  atomic_store(&library, 0);
  atomic_store(&counting, 1);
}

allocation_counts allocations_end(void) {
  atomic_store(&counting, 0);
  return (allocation_counts){atomic_load(&own), atomic_load(&library)};
}
