// Debian's zlib1g-dev, as it is.
#ifndef ZOO_ZLIB_H
#define ZOO_ZLIB_H
#if !__has_include(<zlib.h>)
#error "zlib is missing: apt-get install zlib1g-dev"
#endif
#include <zlib.h>
#endif
