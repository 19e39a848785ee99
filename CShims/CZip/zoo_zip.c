#include "zoo_zip.h"
