/*
 * Preloaded into a program, keeps a copy of each file below POWER_ROOT as it was at its last sync, and of the names in each
 * folder as they were at that folder's last sync: what a power cut leaves at worst. The copies are in POWER_KEPT, the names
 * in its file "journal". A file's own name counts as synced with the file, as on ext4, XFS and Btrfs.
 */
#define _GNU_SOURCE
#include <dirent.h>
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>

enum { path_size = 4096, key_size = 96, block_size = 1 << 18, list_size = 1 << 20 };

static void check(int fine) {
  if (!fine) abort();
}

/* The inode and its time of birth: an inode's number alone is used again after a removal. */
static int key_of(int folder, const char *name, char *key) {
  struct statx found;
  if (statx(folder, name, *name ? 0 : AT_EMPTY_PATH, STATX_INO | STATX_BTIME, &found) != 0) return 0;
  snprintf(key, key_size, "%llu-%lld-%u", (unsigned long long)found.stx_ino, (long long)found.stx_btime.tv_sec,
           found.stx_btime.tv_nsec);
  return 1;
}

static void record(const char *text, size_t length) {
  char path[path_size];
  snprintf(path, sizeof path, "%s/journal", getenv("POWER_KEPT"));
  int journal = open(path, O_WRONLY | O_CREAT | O_APPEND, 0600);
  check(journal >= 0 && write(journal, text, length) == (ssize_t)length);
  close(journal);
}

static void copy(int source, int target) {
  char *block = malloc(block_size);
  ssize_t length;
  while ((length = read(source, block, block_size)) > 0) check(write(target, block, length) == length);
  check(length == 0);
  free(block);
}

static void keep_file(int descriptor, const char *path) {
  char key[key_size], opened[64], kept[path_size], partial[path_size + 32], line[2 * path_size];
  check(key_of(descriptor, "", key));
  snprintf(opened, sizeof opened, "/proc/self/fd/%d", descriptor);
  snprintf(kept, sizeof kept, "%s/%s", getenv("POWER_KEPT"), key);
  snprintf(partial, sizeof partial, "%s.%d", kept, gettid());
  int source = open(opened, O_RDONLY), target = open(partial, O_WRONLY | O_CREAT | O_TRUNC, 0600);
  check(source >= 0 && target >= 0);
  copy(source, target);
  close(source);
  close(target);
  check(rename(partial, kept) == 0);
  record(line, snprintf(line, sizeof line, "file\t%s\t%s\n", path, key));
}

static void keep_names(const char *path) {
  DIR *folder = opendir(path);
  check(folder != NULL);
  char *list = malloc(list_size);
  size_t used = snprintf(list, list_size, "folder\t%s\n", path);
  for (struct dirent *entry; (entry = readdir(folder));) {
    char key[key_size];
    /* One that cannot be found was removed meanwhile. */
    if (entry->d_type != DT_REG || !key_of(dirfd(folder), entry->d_name, key)) continue;
    used += snprintf(list + used, list_size - used, "file\t%s/%s\t%s\n", path, entry->d_name, key);
    check(used < list_size);
  }
  closedir(folder);
  record(list, used);
  free(list);
}

static void keep(int descriptor) {
  char opened[64], path[path_size];
  const char *root = getenv("POWER_ROOT");
  struct stat found;
  snprintf(opened, sizeof opened, "/proc/self/fd/%d", descriptor);
  ssize_t length = readlink(opened, path, sizeof path - 1);
  if (length < 0 || fstat(descriptor, &found) != 0 || found.st_nlink == 0) return;
  path[length] = 0;
  if (strncmp(path, root, strlen(root)) != 0) return;
  if (S_ISDIR(found.st_mode)) keep_names(path);
  else keep_file(descriptor, path);
}

static int synced(const char *name, int descriptor) {
  int code = ((int (*)(int))dlsym(RTLD_NEXT, name))(descriptor);
  if (code == 0) keep(descriptor);
  return code;
}

/* A write to a file that was opened with O_DSYNC is synced with it. */
static ssize_t written(int descriptor, ssize_t length) {
  int number = errno;
  if (length >= 0 && (fcntl(descriptor, F_GETFL) & O_DSYNC)) keep(descriptor);
  errno = number;
  return length;
}

ssize_t pwrite64(int descriptor, const void *bytes, size_t length, off64_t at) {
  static ssize_t (*real)(int, const void *, size_t, off64_t);
  if (!real) real = dlsym(RTLD_NEXT, "pwrite64");
  return written(descriptor, real(descriptor, bytes, length, at));
}

ssize_t pwritev64(int descriptor, const struct iovec *blocks, int count, off64_t at) {
  static ssize_t (*real)(int, const struct iovec *, int, off64_t);
  if (!real) real = dlsym(RTLD_NEXT, "pwritev64");
  return written(descriptor, real(descriptor, blocks, count, at));
}

int fsync(int descriptor) { return synced("fsync", descriptor); }
int fdatasync(int descriptor) { return synced("fdatasync", descriptor); }
