import { execFileSync, spawnSync } from 'node:child_process';
import { onTestFinished, type TestContext } from 'vitest';
import { temporaryFolder } from '../temporary.ts';

/** A folder on a file system of its own with this many bytes; skips the test where the system does not let us make one. */
export async function smallDisk(context: TestContext, bytes: number): Promise<string> {
  const folder = await temporaryFolder();
  const { status } = spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${bytes}`, 'tmpfs', folder], { stdio: 'ignore' });
  if (status !== 0) context.skip('a small file system can only be made by root on Linux');
  onTestFinished(() => void execFileSync('umount', ['--lazy', folder]));
  return folder;
}
