#define _GNU_SOURCE  // affinity
#include "zoo_start.h"

#include <sched.h>

// While libraries are loaded they see one processor. OpenBLAS else starts a thread for each, which nobody here uses and which spin
// before they sleep: for as long as predict takes for one case. What an executable has in .preinit_array runs before any library's
// own code; a variable set there is lost, for the C library reads the environment after it.
static cpu_set_t processors;
static volatile int are_known;  // volatile, for the compiler takes constructors to be the first code to run

static void show_one(void) {
  cpu_set_t one;
  are_known = sched_getaffinity(0, sizeof processors, &processors) == 0;
  for (int i = 0; are_known && i < CPU_SETSIZE; i++)
    if (CPU_ISSET(i, &processors)) {
      CPU_ZERO(&one);
      CPU_SET(i, &one);
      sched_setaffinity(0, sizeof one, &one);
      return;
    }
}

// Runs after the libraries' own code, and before main.
__attribute__((constructor)) static void show_all(void) {
  if (are_known) sched_setaffinity(0, sizeof processors, &processors);
}

__attribute__((section(".preinit_array"), used)) static void (*before_libraries)(void) = show_one;
