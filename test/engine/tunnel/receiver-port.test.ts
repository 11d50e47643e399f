import { expect, onTestFinished, test } from 'vitest';
import type { ReceiverAccess } from '../../../main/engine/ports.ts';
import { openReceiverPort } from '../../../main/engine/tunnel/receiver-port.ts';
import { silentLog } from '../../support/log.ts';
import { statusAt } from '../../support/status-at.ts';

const healthAt = (address: string, port = 0, method = 'GET'): Promise<number> =>
  statusAt(address, port, '/healthz', method);

async function open(first: ReceiverAccess) {
  const state = { access: first, healthy: true };
  const receiver = await openReceiverPort({
    port: 0,
    router: { match: () => undefined },
    access: () => state.access,
    isHealthy: () => state.healthy,
    retried: () => {},
    log: silentLog,
  });
  onTestFinished(() => receiver.close());
  return { receiver, state };
}

test('the health is answered only when asked for, by GET and HEAD', async () => {
  const { receiver, state } = await open({});
  expect(await healthAt('127.0.0.1', receiver.port)).toBe(404);
  state.access = { health: true };
  expect(await healthAt('127.0.0.1', receiver.port)).toBe(200);
  expect(await healthAt('127.0.0.1', receiver.port, 'HEAD')).toBe(200);
  expect(await healthAt('127.0.0.1', receiver.port, 'POST')).toBe(404);
  state.healthy = false;
  expect(await healthAt('127.0.0.1', receiver.port)).toBe(503);
});

test.skipIf(process.platform !== 'linux')('it moves between addresses and keeps its port', async () => {
  const { receiver, state } = await open({ bind: '127.0.0.2', health: true });
  const port = receiver.port ?? 0;
  expect([await healthAt('127.0.0.1', port), await healthAt('127.0.0.2', port)]).toEqual([200, 200]);
  expect(receiver.status).toEqual({ port, bind: '127.0.0.2' });
  expect(await receiver.use(0)).toBe(false);
  state.access = { bind: '0.0.0.0', health: true };
  expect(await receiver.use(port)).toBe(true);
  expect([await healthAt('127.0.0.1', port), await healthAt('127.0.0.3', port)]).toEqual([200, 200]);
  state.access = { health: true };
  expect(await receiver.use(port)).toBe(true);
  expect([await healthAt('127.0.0.1', port), await healthAt('127.0.0.2', port)]).toEqual([200, 0]);
  expect(receiver.status).toEqual({ port });
});

test('an address of another computer is named, and it stays where it is', async () => {
  const { receiver, state } = await open({ health: true });
  const port = receiver.port ?? 0;
  state.access = { bind: '192.0.2.1', health: true };
  await expect(receiver.use(port)).rejects.toThrow(`The receiver cannot listen on port ${port} of 192.0.2.1 (EADDR`);
  expect(receiver.status).toEqual({ port });
  expect(await healthAt('127.0.0.1', port)).toBe(200);
});
