import { expect, test } from 'vitest';
import { hangingDisk } from '../support/disks/hanging-disk.ts';
import { registerHook, signed } from '../support/spawned-hook.ts';
import { temporaryFolder, until } from '../support/temporary.ts';
import { spawnHost } from './spawned.ts';

test('while the disk hangs every sender is answered 503 in time, and what it stores later is there once', async (context) => {
  const folder = await temporaryFolder();
  const disk = await hangingDisk(context);
  const host = spawnHost(folder, disk.variables);
  const { path, secret } = await registerHook(host);
  const { receiver } = await host.ask('status.get', {});
  const send = async (id: string): Promise<number> => {
    const body = JSON.stringify({ payload: { ItemUrn: `urn:${id}`, ItemDescription: id } });
    const url = `http://127.0.0.1:${receiver.port}${path}`;
    return (await fetch(url, { method: 'POST', body, headers: signed(secret, id, body) })).status;
  };
  const ids = Array.from({ length: 30 }, (_, index) => `delivery-${index}`);
  expect(await send('before')).toBe(204);

  disk.hang();
  expect(new Set(await Promise.all(ids.map(send)))).toEqual(new Set([503]));
  const { warnings } = await host.ask('status.get', {});
  expect(warnings.map(({ message }) => message).join()).toMatch(
    /did not store a callback within 4 seconds.*will retry/,
  );
  disk.respond();
  for (const id of ids) await until(async () => (await send(id)) === 204);

  const { events } = await host.ask('events.list', { limit: 500 });
  expect(events.map(({ deliveryId }) => deliveryId).sort()).toEqual(['before', ...ids].sort());
  expect(events.filter(({ deliveryId, deliveries }) => deliveryId !== 'before' && deliveries < 2)).toEqual([]);
});
