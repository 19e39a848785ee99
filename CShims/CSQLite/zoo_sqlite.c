#include "zoo_sqlite.h"
