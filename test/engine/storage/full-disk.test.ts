import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { smallDisk } from '../../support/disks/small-disk.ts';
import { until } from '../../support/temporary.ts';
import { createBell } from '../../support/test-connector.ts';
import { openTestHost } from '../../support/test-host.ts';

test('on a full disk a callback is not acknowledged, the user is told once, and all goes on when there is room', async (context) => {
  const folder = await smallDisk(context, 8 * 1024 * 1024);
  const ballast = join(folder, 'ballast');
  writeFileSync(ballast, Buffer.alloc(5 * 1024 * 1024));
  const bell = createBell();
  const host = await openTestHost({ connectors: [bell.connector], folder });
  await host.connect();
  const account = { connector: 'bell', settings: { account: 'me' }, secrets: { password: 'correct' } };
  const { id } = await host.ask('connections.add', account);
  const hook = await host.ask('hooks.create', { connection: id, event: 'ring', scope: { door: 'front' } });
  const secret = bell.secretOf(hook.providerId ?? '');
  const ring = async (count: number): Promise<number> => {
    const body = JSON.stringify({ title: `event ${count}`, padding: 'x'.repeat(50_000) });
    const headers = bell.sign(secret, body, String(count));
    return (await fetch(hook.callbackUrl, { method: 'POST', body, headers })).status;
  };

  let count = 0;
  let status = await ring(count);
  while (status === 204) {
    count += 1;
    status = await ring(count);
  }
  expect(status).toBe(503);
  expect(count).toBeGreaterThan(0);
  await until(() => host.notes.some(({ title }) => title === 'A callback could not be saved'));
  expect(host.notes.filter(({ title }) => title === 'A callback could not be saved')).toHaveLength(1);
  expect((await host.ask('status.get', {})).warnings[0]?.message).toMatch(/disk is full/);

  rmSync(ballast);
  expect(await ring(count)).toBe(204);
  const { events } = await host.ask('events.list', { limit: 500 });
  expect(events.map(({ deliveryId }) => Number(deliveryId))).toEqual(
    Array.from({ length: count + 1 }, (_, index) => count - index),
  );
});
