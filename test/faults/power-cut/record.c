/*
 * A preload library that writes down, in order, what a process does to the files of one folder:
 * every write with its bytes, every truncation, every flush, every removal. Nothing of what it does
 * changes what the process does. The records go to one trace file, each in one write of its own.
 *
 *     AURA_RECORD_FOLDER  the folder, with its slash at the end
 *     AURA_RECORD_TRACE   where the records go
 *
 * A record: kind (1 byte), length of the name (1), name, offset (8), length (8), bytes.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

#define MAX_FD 4096
#define MAX_NAME 200

static char names[MAX_FD][MAX_NAME];
static const char *folder;
static int trace = -1;
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

static const char *name_in_folder(const char *path) {
  if (folder == NULL) {
    folder = getenv("AURA_RECORD_FOLDER");
    if (folder == NULL) folder = "";
  }
  size_t length = strlen(folder);
  if (length == 0) return NULL;
  /* The folder itself: flushing it makes what was created and removed in it durable. */
  if (strlen(path) == length - 1 && strncmp(path, folder, length - 1) == 0) return ".";
  if (strncmp(path, folder, length) != 0) return NULL;
  const char *name = path + length;
  /* The shared memory of the write-ahead log is rebuilt at every start and never flushed. */
  size_t ends = strlen(name);
  if (ends == 0 || ends >= MAX_NAME) return NULL;
  if (ends > 4 && strcmp(name + ends - 4, "-shm") == 0) return NULL;
  return name;
}

static void record(char kind, const char *name, uint64_t offset, const void *bytes, uint64_t length) {
  if (trace < 0) {
    const char *path = getenv("AURA_RECORD_TRACE");
    if (path == NULL) return;
    trace = (int)syscall(SYS_openat, AT_FDCWD, path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
  }
  uint8_t name_length = (uint8_t)strlen(name);
  struct iovec parts[] = {
      {&kind, 1}, {&name_length, 1}, {(void *)name, name_length},
      {&offset, 8}, {&length, 8},    {(void *)bytes, bytes ? length : 0},
  };
  syscall(SYS_writev, trace, parts, 6);
}

#define REAL(name) \
  static __typeof__(&name) real; \
  if (!real) real = (__typeof__(&name))dlsym(RTLD_NEXT, #name)

static int opened(int fd, const char *path) {
  if (fd < 0 || fd >= MAX_FD) return fd;
  const char *name = name_in_folder(path);
  pthread_mutex_lock(&lock);
  names[fd][0] = 0;
  if (name != NULL) strcpy(names[fd], name);
  pthread_mutex_unlock(&lock);
  return fd;
}

#define OPEN(function) \
  int function(const char *path, int flags, ...) { \
    REAL(function); \
    mode_t mode = 0; \
    if (flags & O_CREAT) { \
      va_list rest; \
      va_start(rest, flags); \
      mode = va_arg(rest, mode_t); \
      va_end(rest); \
    } \
    return opened(real(path, flags, mode), path); \
  }
OPEN(open)
OPEN(open64)

static const char *watched(int fd) {
  return fd >= 0 && fd < MAX_FD && names[fd][0] ? names[fd] : NULL;
}

#define PWRITE(function, offset_type) \
  ssize_t function(int fd, const void *bytes, size_t length, offset_type offset) { \
    REAL(function); \
    const char *name = watched(fd); \
    if (name == NULL) return real(fd, bytes, length, offset); \
    pthread_mutex_lock(&lock); \
    ssize_t done = real(fd, bytes, length, offset); \
    if (done > 0) record('W', name, (uint64_t)offset, bytes, (uint64_t)done); \
    pthread_mutex_unlock(&lock); \
    return done; \
  }
PWRITE(pwrite, off_t)
PWRITE(pwrite64, off64_t)

ssize_t write(int fd, const void *bytes, size_t length) {
  REAL(write);
  const char *name = watched(fd);
  if (name == NULL) return real(fd, bytes, length);
  pthread_mutex_lock(&lock);
  uint64_t offset = (uint64_t)lseek(fd, 0, SEEK_CUR);
  ssize_t done = real(fd, bytes, length);
  if (done > 0) record('W', name, offset, bytes, (uint64_t)done);
  pthread_mutex_unlock(&lock);
  return done;
}

#define TRUNCATE(function, offset_type) \
  int function(int fd, offset_type length) { \
    REAL(function); \
    const char *name = watched(fd); \
    pthread_mutex_lock(&lock); \
    int done = real(fd, length); \
    if (name != NULL && done == 0) record('T', name, (uint64_t)length, NULL, 0); \
    pthread_mutex_unlock(&lock); \
    return done; \
  }
TRUNCATE(ftruncate, off_t)
TRUNCATE(ftruncate64, off64_t)

#define FLUSH(function) \
  int function(int fd) { \
    REAL(function); \
    const char *name = watched(fd); \
    int done = real(fd); \
    if (name != NULL && done == 0) { \
      pthread_mutex_lock(&lock); \
      record('S', name, 0, NULL, 0); \
      pthread_mutex_unlock(&lock); \
    } \
    return done; \
  }
FLUSH(fsync)
FLUSH(fdatasync)

int unlink(const char *path) {
  REAL(unlink);
  const char *name = name_in_folder(path);
  int done = real(path);
  if (name != NULL && done == 0) {
    pthread_mutex_lock(&lock);
    record('U', name, 0, NULL, 0);
    pthread_mutex_unlock(&lock);
  }
  return done;
}

int close(int fd) {
  REAL(close);
  if (fd >= 0 && fd < MAX_FD) names[fd][0] = 0;
  return real(fd);
}
