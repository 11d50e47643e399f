import { expect, test } from 'vitest';
import type { Aps } from '../../main/sandbox/aps/index.ts';
import {
  connectTo,
  createClock,
  createHooks,
  expectExactly,
  type Front,
  folders,
  moveTo,
  openCloud,
  openFront,
  ring,
} from '../engine/hooks/aps-host.ts';
import { kill, type Spawned, spawnHost } from '../headless/spawned.ts';
import { temporaryFolder, until } from '../support/temporary.ts';

async function start(folder: string, ...ways: Front[]): Promise<Spawned> {
  const host = spawnHost(folder);
  const { receiver } = await host.ask('status.get', {});
  for (const way of ways) way.lead(receiver.port);
  return host;
}

/** A move registers, hands over the secret, and removes the old one. */
const cuts = [
  { method: 'POST', cut: 'after' },
  { method: 'PATCH', cut: 'before' },
  { method: 'DELETE', cut: 'before' },
] as const;

test('a Ringback that is killed in the middle of each request of a move ends with exactly the wanted hooks', async () => {
  const aps: Aps = await openCloud(createClock());
  let present = await openFront();
  const folder = await temporaryFolder();
  let host = await start(folder, present);
  await moveTo(host, present.url);
  await createHooks(host, await connectTo(host, aps));
  for (const [round, { method, cut }] of cuts.entries()) {
    const after = await openFront();
    after.lead((await host.ask('status.get', {})).receiver.port);
    await present.close();

    // The request that is to be the last one hangs, before or after it was done, so that the kill meets exactly it.
    const seen = aps.requests.length;
    const takeBack = aps.addFault({ method, path: '/systems/data', ...(cut === 'before' ? { hang: true } : { cut }) });
    await host.ask('settings.set', { tunnel: { provider: 'fixed', url: after.url } });
    await until(() =>
      aps.requests.slice(seen).some((one) => one.method === method && one.path.includes('/systems/data')),
    );
    await kill(host);
    takeBack();
    expect(aps.hooks().length, method).toBeLessThanOrEqual(folders.length + 1);

    const next = await start(folder, after);
    await until(async () => (await next.ask('hooks.list', {})).every(({ current, healing }) => current && !healing));
    await until(async () => !(await next.ask('hooks.healing', {})).running);
    await next.ask('hooks.reconcile', {});
    expectExactly(aps, after.url);
    expect(await ring(aps), method).toEqual(folders);
    expect((await next.ask('events.list', {})).events).toHaveLength((round + 1) * folders.length);
    [host, present] = [next, after];
  }
});
