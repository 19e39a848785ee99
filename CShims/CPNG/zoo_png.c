#include "zoo_png.h"
