import { expect, onTestFinished, test } from 'vitest';
import { connectors } from '../../main/connectors/index.ts';
import { connectDemo } from '../../main/demo/connections.ts';
import { startSandbox } from '../../main/sandbox/sandbox.ts';
import type { TunnelSettings } from '../../preload/contract/index.ts';
import { until } from '../support/temporary.ts';
import { openTestHost } from '../support/test-host.ts';

async function sandbox() {
  const started = await startSandbox();
  onTestFinished(() => started.stop());
  return started;
}

test('it connects to the simulators, through their tunnel', async () => {
  const { engine, ask } = await openTestHost({ connectors });
  const simulators = await sandbox();
  const { aps, autoflex } = await connectDemo(engine, simulators);
  expect(autoflex).toMatchObject({ name: 'Sandbox garage', settings: { baseUrl: simulators.autoflexUrl } });
  expect(aps).toMatchObject({ name: 'Sandbox', connector: 'aps-webhooks', settings: { baseUrl: simulators.apsUrl } });
  await until(async () => (await ask('status.get', {})).tunnel.state === 'up');
  expect(simulators.relay.clients()).toHaveLength(1);
});

test('at the next start the earlier connection gives way, though nobody answers there any more', async () => {
  const { engine, ask } = await openTestHost({ connectors });
  const gone = await sandbox();
  const { aps: earlier } = await connectDemo(engine, gone);
  await until(async () => (await ask('status.get', {})).tunnel.state === 'up');
  const scope = { folder: gone.aps.project.folder };
  await ask('hooks.create', { connection: earlier.id, event: 'dm.version.added', scope });
  await gone.stop();
  const simulators = await sandbox();
  const { aps, manufacturing, autoflex } = await connectDemo(engine, simulators);
  expect(await ask('connections.list', {})).toEqual([aps, manufacturing, autoflex]);
  expect(aps.settings.baseUrl).toBe(simulators.apsUrl);
  expect(await ask('hooks.list', {})).toEqual([]);
  expect((await ask('settings.get', {})).tunnel).toEqual({ provider: 'localtunnel', host: simulators.relayUrl });
});

test.for<TunnelSettings>([
  { provider: 'fixed', url: 'https://hooks.example.org' },
  { provider: 'localtunnel', host: 'https://relay.example.org', subdomain: 'our-own-name' },
])('a tunnel of the user’s own is left alone: $provider', async (tunnel) => {
  const simulators = await sandbox();
  const only: typeof fetch = (input, init) => {
    const url = input instanceof Request ? input.url : String(input);
    return url.startsWith(simulators.apsUrl) || url.startsWith(simulators.autoflexUrl)
      ? fetch(input, init)
      : Promise.reject(new TypeError('there is no internet here'));
  };
  const { engine, ask } = await openTestHost({ connectors, ports: { fetch: only } });
  await ask('settings.set', { tunnel });
  await connectDemo(engine, simulators);
  expect((await ask('settings.get', {})).tunnel).toEqual(tunnel);
});
