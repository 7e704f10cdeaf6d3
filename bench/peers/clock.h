/* CPU time of the calling thread, the clock of every bench; and a loud exit. */
#ifndef FARSPAN_CLOCK_H
#define FARSPAN_CLOCK_H

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

static inline int64_t cpu_ns(void) {
    struct timespec t;
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
    return t.tv_sec * 1000000000LL + t.tv_nsec;
}

static inline void require(int condition, const char *what) {
    if (!condition) {
        perror(what);
        exit(1);
    }
}

#endif
