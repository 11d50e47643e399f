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
  const trial = await sandbox();
  const { aps, autoflex } = await connectDemo(engine, trial);
  expect(autoflex).toMatchObject({ name: 'Sandbox garage', settings: { baseUrl: trial.autoflexUrl } });
  expect(aps).toMatchObject({ name: 'Sandbox', connector: 'aps-webhooks', settings: { baseUrl: trial.apsUrl } });
  await until(async () => (await ask('status.get', {})).tunnel.state === 'up');
  expect(trial.relay.clients()).toHaveLength(1);
});

test('at the next start the earlier connection gives way, though nobody answers there any more', async () => {
  const { engine, ask } = await openTestHost({ connectors });
  const gone = await sandbox();
  const { aps: earlier } = await connectDemo(engine, gone);
  await until(async () => (await ask('status.get', {})).tunnel.state === 'up');
  const scope = { folder: gone.aps.project.folder };
  await ask('hooks.create', { connection: earlier.id, event: 'dm.version.added', scope });
  await gone.stop();
  const trial = await sandbox();
  const { aps, manufacturing, autoflex } = await connectDemo(engine, trial);
  expect(await ask('connections.list', {})).toEqual([aps, manufacturing, autoflex]);
  expect(aps.settings.baseUrl).toBe(trial.apsUrl);
  expect(await ask('hooks.list', {})).toEqual([]);
  expect((await ask('settings.get', {})).tunnel).toEqual({ provider: 'localtunnel', host: trial.relayUrl });
});

test.for<TunnelSettings>([
  { provider: 'fixed', url: 'https://hooks.example.org' },
  { provider: 'localtunnel', host: 'https://relay.example.org', subdomain: 'our-own-name' },
])('a tunnel of the user’s own is left alone: $provider', async (tunnel) => {
  const trial = await sandbox();
  const only: typeof fetch = (input, init) => {
    const url = input instanceof Request ? input.url : String(input);
    return url.startsWith(trial.apsUrl) || url.startsWith(trial.autoflexUrl)
      ? fetch(input, init)
      : Promise.reject(new TypeError('there is no internet here'));
  };
  const { engine, ask } = await openTestHost({ connectors, ports: { fetch: only } });
  await ask('settings.set', { tunnel });
  await connectDemo(engine, trial);
  expect((await ask('settings.get', {})).tunnel).toEqual(tunnel);
});
