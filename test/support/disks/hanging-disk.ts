import { spawnSync } from 'node:child_process';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { TestContext } from 'vitest';
import { temporaryFolder } from '../temporary.ts';

/** Lets each write to the event store wait for as long as a file exists. */
const source = `
#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
static void hang(int descriptor) {
  char link[64], path[4096];
  snprintf(link, sizeof link, "/proc/self/fd/%d", descriptor);
  ssize_t length = readlink(link, path, sizeof path - 1);
  path[length < 0 ? 0 : length] = 0;
  const char *flag = getenv("HANG_WHILE");
  while (flag && strstr(path, "events.sqlite") && access(flag, F_OK) == 0) usleep(5000);
}
int fsync(int descriptor) { hang(descriptor); return ((int (*)(int))dlsym(RTLD_NEXT, "fsync"))(descriptor); }
int fdatasync(int descriptor) { hang(descriptor); return ((int (*)(int))dlsym(RTLD_NEXT, "fdatasync"))(descriptor); }
`;

export interface HangingDisk {
  /** The environment of the program that is to have it. */
  readonly variables: Readonly<Record<string, string>>;
  hang(): void;
  respond(): void;
}

/** A disk that stops responding on request; skips the test where there is no C compiler, or no Linux. */
export async function hangingDisk(context: TestContext): Promise<HangingDisk> {
  const folder = await temporaryFolder();
  const [code, library, flag] = [join(folder, 'hang.c'), join(folder, 'hang.so'), join(folder, 'hang')];
  writeFileSync(code, source);
  const { status } = spawnSync('cc', ['-shared', '-fPIC', '-o', library, code, '-ldl'], { stdio: 'ignore' });
  if (status !== 0 || process.platform !== 'linux') context.skip('a disk that hangs needs Linux and a C compiler');
  return {
    variables: { LD_PRELOAD: library, HANG_WHILE: flag },
    hang: () => writeFileSync(flag, ''),
    respond: () => rmSync(flag, { force: true }),
  };
}
