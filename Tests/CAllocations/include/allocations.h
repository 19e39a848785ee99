// Counts heap allocations of the whole process, for tests. Linking this replaces malloc and its relatives by counting ones.
#ifndef ALLOCATIONS_H
#define ALLOCATIONS_H

typedef struct {
  long own;      // asked for by anything else
  long library;  // asked for by oneDNN and the C++ runtime below it
} allocation_counts;

void allocations_begin(void);
allocation_counts allocations_end(void);

#endif
