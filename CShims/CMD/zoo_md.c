#include "zoo_md.h"
