#include "zoo_zlib.h"
