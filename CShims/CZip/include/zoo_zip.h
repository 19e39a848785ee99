// Debian's libzip-dev, as it is.
#ifndef ZOO_ZIP_H
#define ZOO_ZIP_H
#if !__has_include(<zip.h>)
#error "libzip is missing: apt-get install libzip-dev"
#endif
#include <zip.h>
#endif
