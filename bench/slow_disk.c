/* A disk whose every sync takes DISK_DELAY microseconds longer. Each is counted in the file DISK_SYNCS (8 bytes). */
#define _GNU_SOURCE
#include <fcntl.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

static atomic_long *syncs;

__attribute__((constructor)) static void begin(void) {
    const char *name = getenv("DISK_SYNCS");
    int file = name ? open(name, O_RDWR) : -1;
    if (file < 0) return;
    void *page = mmap(NULL, sizeof(atomic_long), PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
    syncs = page == MAP_FAILED ? NULL : page;
    close(file);
}

static void later(void) {
    const char *delay = getenv("DISK_DELAY");
    if (syncs) atomic_fetch_add(syncs, 1);
    if (delay) usleep((useconds_t)atoi(delay));
}

int fsync(int file) { later(); return (int)syscall(SYS_fsync, file); }
int fdatasync(int file) { later(); return (int)syscall(SYS_fdatasync, file); }
