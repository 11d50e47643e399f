import { expect, test } from 'vitest';
import { temporaryFolder } from '../support/temporary.ts';
import { kill, spawnHost } from './spawned.ts';

test('of two hosts that start at once on one folder one runs, and the other names its process and ends', async () => {
  const folder = await temporaryFolder();
  const hosts = [spawnHost(folder), spawnHost(folder)];
  const [index, code] = await Promise.any(hosts.map(async ({ ended }, number) => [number, await ended] as const));
  const running = hosts[1 - index];
  if (!running) throw new Error('Both ended.');
  expect(code).toBe(1);
  await running.ready();
  expect(hosts[index]?.printed.error).toContain(`Another Ringback (process ${running.process.pid ?? 0})`);
  expect((await running.ask('status.get', {})).warnings).toEqual([]);
  await kill(running);
  expect((await spawnHost(folder).ask('status.get', {})).warnings).toEqual([]);
});
