// Debian's libmd-dev, as it is.
#ifndef ZOO_MD_H
#define ZOO_MD_H
#if !__has_include(<sha2.h>)
#error "libmd is missing: apt-get install libmd-dev"
#endif
#include <sys/types.h>
#include <sha2.h>
#endif
