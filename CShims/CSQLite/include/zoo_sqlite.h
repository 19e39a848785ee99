// Debian's libsqlite3-dev, as it is.
#ifndef ZOO_SQLITE_H
#define ZOO_SQLITE_H
#if !__has_include(<sqlite3.h>)
#error "SQLite is missing: apt-get install libsqlite3-dev"
#endif
#include <sqlite3.h>
#endif
