// Debian's libpng-dev, as it is.
#ifndef ZOO_PNG_H
#define ZOO_PNG_H
#if !__has_include(<png.h>)
#error "libpng is missing: apt-get install libpng-dev"
#endif
#include <png.h>
#endif
