import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import type { Took } from '../bench/download-process.ts';
import { temporaryFolder } from '../support/temporary.ts';
import { extent } from './extent.ts';

const megabyte = 1024 * 1024;
const size = extent({ full: 512, short: 192 });
const bench = join(import.meta.dirname, '../bench');

test(`a download of ${size} MiB takes less than 64 MiB more memory than one of a megabyte`, async () => {
  const server = fork(join(bench, 'seeded-file-process.ts'));
  onTestFinished(() => server.disconnect());
  const [origin] = (await once(server, 'message')) as [string];
  const folder = await temporaryFolder();
  const child = fork(join(bench, 'download-process.ts'), [origin, String(size * megabyte), folder]);
  const [{ before, peak }] = (await once(child, 'message')) as [Took];
  expect(peak - before).toBeLessThan(64 * megabyte);
});
