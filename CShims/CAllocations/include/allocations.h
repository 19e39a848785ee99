// Counts heap allocations of the whole process. Linking this replaces malloc and its relatives by counting ones, which cost a
// look at a flag: for programs that measure themselves, not for libraries.
#ifndef ALLOCATIONS_H
#define ALLOCATIONS_H

typedef struct {
  long own;      // asked for by anything else
  long library;  // asked for by oneDNN and the C++ runtime below it
} allocation_counts;

void allocations_begin(void);
allocation_counts allocations_end(void);

#endif
