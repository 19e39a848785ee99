// What libraries are shown while they are loaded; being linked into an executable is all it needs.
#ifndef ZOO_START_H
#define ZOO_START_H
#endif
