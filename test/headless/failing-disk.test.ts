import { spawnSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { registerHook, signed } from '../support/spawned-hook.ts';
import { temporaryFolder } from '../support/temporary.ts';
import { kill, spawnHost } from './spawned.ts';

/** From then on each write behind that many bytes of a file fails, as on a disk that fails; false where the system has no such limit. */
function limitFiles(process: number, bytes: number | 'unlimited'): boolean {
  return spawnSync('prlimit', [`--pid=${process}`, `--fsize=${bytes}:unlimited`]).status === 0;
}

test('while writing fails no callback is acknowledged, and afterwards all goes on without a restart', async (context) => {
  const folder = await temporaryFolder();
  const host = spawnHost(folder);
  const { path, secret } = await registerHook(host);
  const { receiver } = await host.ask('status.get', {});
  const send = async (id: string): Promise<number> => {
    const body = JSON.stringify({ payload: { ItemUrn: `urn:${id}`, ItemDescription: id } });
    const url = `http://127.0.0.1:${receiver.port}${path}`;
    return (await fetch(url, { method: 'POST', body, headers: signed(secret, id, body) })).status;
  };
  expect(await send('before')).toBe(204);
  const id = host.process.pid ?? 0;
  if (!limitFiles(id, 0)) context.skip('the sizes of files cannot be limited here');
  const ids = Array.from({ length: 20 }, (_, index) => `delivery-${index}`);
  expect(new Set(await Promise.all(ids.map(send)))).toEqual(new Set([503]));
  const { warnings } = await host.ask('status.get', {});
  expect(warnings.map(({ message }) => message).join()).toMatch(/callback/);
  expect((await host.ask('events.list', {})).events).toHaveLength(1);

  limitFiles(id, 'unlimited');
  expect(new Set(await Promise.all(ids.map(send)))).toEqual(new Set([204]));
  const listed = async (from: typeof host) =>
    (await from.ask('events.list', { limit: 100 })).events.map(({ deliveryId }) => deliveryId).sort();
  expect(await listed(host)).toEqual(['before', ...ids].sort());
  await kill(host);
  const next = spawnHost(folder);
  expect(await listed(next)).toEqual(['before', ...ids].sort());
  expect((await next.ask('status.get', {})).warnings).toEqual([]);
});
