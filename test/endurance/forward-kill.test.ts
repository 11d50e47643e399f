import { expect, test } from 'vitest';
import { kill, type Spawned, spawnHost } from '../headless/spawned.ts';
import { startCommand } from '../support/command.ts';
import { type Handler, openHandler } from '../support/handler.ts';
import { registerHook, type SpawnedHook, signed } from '../support/spawned-hook.ts';
import { temporaryFolder, until } from '../support/temporary.ts';
import { extent } from './extent.ts';

const count = extent({ full: 1000, short: 100 });
const kills = extent({ full: 8, short: 2 });

const idOf = (index: number): string => `delivery-${index}`;
const namesOf = ({ requests }: Handler): string[] =>
  requests.map(({ body }) => (JSON.parse(body) as { payload: { ItemDescription: string } }).payload.ItemDescription);
const inOrder = Array.from({ length: count }, (_, index) => idOf(index));

/** Delivers in order to the host that runs, again where it was not acknowledged, as the provider does. */
async function deliverAll({ path, secret }: SpawnedHook, port: () => Promise<number>): Promise<void> {
  for (let index = 0; index < count; index += 1) {
    const body = JSON.stringify({ payload: { ItemUrn: `urn:${idOf(index)}`, ItemDescription: idOf(index) } });
    await until(async () => {
      const url = `http://127.0.0.1:${await port()}${path}`;
      const sending = fetch(url, { method: 'POST', body, headers: signed(secret, idOf(index), body) });
      return (await sending.catch(() => undefined))?.status === 204;
    });
  }
}

async function portOf(host: Spawned): Promise<number> {
  return (await host.ask('status.get', {})).receiver.port;
}

test(`a handler gets each of ${count} events at least once and in order, although host and handler are killed`, async () => {
  const folder = await temporaryFolder();
  let host = spawnHost(folder);
  const hook = await registerHook(host);
  const handler = await openHandler();
  await host.ask('hooks.update', { id: hook.id, forward: { enabled: true, url: handler.url } });
  let port = portOf(host);
  const delivering = deliverAll(hook, () => port);
  for (let round = 1; round <= kills; round += 1) {
    await until(() => new Set(namesOf(handler)).size >= (round * count) / (kills + 2));
    await handler.stop();
    await kill(host);
    await handler.start();
    host = spawnHost(folder);
    port = portOf(host);
  }
  await delivering;
  await until(() => namesOf(handler).includes(idOf(count - 1)), 120_000);
  expect([...new Set(namesOf(handler))]).toEqual(inOrder);

  const ids = (await host.ask('events.list', { limit: 40 })).events.map(({ id }) => id).reverse();
  handler.requests.length = 0;
  const resending = startCommand(['resend', ...ids, '--to', handler.url], { folder });
  await until(() => handler.requests.length >= 5);
  await kill(host);
  spawnHost(folder);
  expect(await resending.ended).toMatchObject({ code: 0 });
  expect([...new Set(namesOf(handler))]).toEqual(inOrder.slice(-ids.length));
});
