import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { expect, onTestFinished, test } from 'vitest';
import { apsWebhooks } from '../../../main/connectors/aps-webhooks/connector.ts';
import { hooks } from '../../../main/connectors/aps-webhooks/hooks.ts';
import type { Delivery, Secret } from '../../../main/engine/connector/index.ts';
import { openAps } from '../context.ts';
import { diagnosed } from '../deliveries.ts';

const secret = 'ef'.repeat(32);
const secrets: readonly Secret[] = [{ of: 'hook', value: secret }];

/** An address that keeps what it receives, and knows the names earlier deliveries taught. */
async function openAddress(hook: Delivery['hook']): Promise<{ callbackUrl: string; received: Delivery[] }> {
  const received: Delivery[] = [];
  const names = new Map<string, string>();
  const server = createServer(async (request, response) => {
    const body = await buffer(request);
    const delivery: Delivery = {
      method: request.method ?? '',
      suffix: '',
      headers: flat(request.headers),
      body,
      hook,
      nameOf: (resource) => names.get(resource),
    };
    received.push(delivery);
    for (const [resource, name] of Object.entries(apsWebhooks.read(delivery).resourceNames ?? {}))
      names.set(resource, name);
    response.writeHead(204).end();
  }).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  onTestFinished(() => void server.close());
  return { callbackUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/in/key`, received };
}

function flat(headers: IncomingHttpHeaders): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, [value].flat().join(', ')]));
}

async function watch(system: string, event: string) {
  const { aps, context } = await openAps();
  const scope: Record<string, string> =
    system === 'derivative' ? { workflow: aps.project.workflow } : { folder: aps.project.folder };
  const { callbackUrl, received } = await openAddress({ system, event, scope });
  await hooks.create(context, { system, event, scope, callbackUrl, secret, installation: 'here' });
  return { aps, received };
}

test('callbacks of a hook made here are genuine and readable', async () => {
  const { aps, received } = await watch('data', 'dm.*');
  await aps.upload();
  const [delivery] = received;
  if (!delivery) throw new Error('Nothing came.');
  expect(apsWebhooks.verify(delivery, secrets)).toEqual({
    genuine: true,
    verified: 'signature',
    secret: 'hook',
    deliveryId: aps.callbacks[0]?.deliveryId,
  });
  expect(apsWebhooks.read(delivery)).toMatchObject({ event: 'dm.version.added', title: 'Tower.rvt: version 1 added' });
});

test('a translation is told from its start to its end', async () => {
  const { aps, received } = await watch('derivative', 'extraction.*');
  aps.behaviour.translationTime = 20;
  await aps.translate({ outcome: 'failed' });
  expect(received.map((delivery) => apsWebhooks.read(delivery).title)).toEqual([
    'Translation in progress: pump.ipt',
    'Translation failed: pump.ipt',
  ]);
});

test.each([
  [{ signature: 'wrong' }, 'does not match the body'],
  [{ signature: 'none' }, 'is missing'],
  [{ body: 'reserialised' }, 're-serialised on the way'],
] as const)('a callback altered by %j is refused', async (alteration, reason) => {
  const { aps, received } = await watch('data', 'dm.version.added');
  await aps.upload({ alter: alteration });
  const verdicts = received.map((delivery) => diagnosed(apsWebhooks.verify(delivery, secrets)));
  expect(verdicts).toMatchObject([{ genuine: false, reason: expect.stringContaining(reason) }]);
});

test('a retry under another id is the same event', async () => {
  const { aps, received } = await watch('data', 'dm.version.added');
  await aps.upload({ alter: { repeat: 'new-id' } });
  await aps.upload();
  const [first, again, next] = received.map((delivery) => apsWebhooks.read(delivery).identity);
  expect(again).toBe(first);
  expect(next).not.toBe(first);
});
