import { request } from 'node:http';
import { expect, onTestFinished, test } from 'vitest';
import { createNetwork } from '../../../main/platform/network/index.ts';
import type { SettingsChange } from '../../../preload/contract/index.ts';
import { serveSecurely, trustAuthority } from '../../support/certificates.ts';
import { startProxyServer } from '../../support/proxy-server.ts';
import { until } from '../../support/temporary.ts';
import { openTestHost } from '../../support/test-host.ts';

/** An engine whose requests leave through a real network port. */
async function openHost(values = new Map<string, unknown>(), folder?: string) {
  const network = createNetwork({ system: { environment: {} } });
  onTestFinished(() => network.close());
  return openTestHost({ connectors: [], values, ...(folder ? { folder } : {}), ports: network });
}

/** A public URL that leads to the receiver, and that only the proxy can reach. */
async function publicUrl(receiverPort: () => number): Promise<string> {
  trustAuthority();
  const { port } = await serveSecurely((incoming, response) => {
    const { method, url, headers } = incoming;
    const onward = request({ host: '127.0.0.1', port: receiverPort(), method, path: url, headers }, (answer) => {
      response.writeHead(answer.statusCode ?? 502);
      answer.pipe(response);
    });
    onward.on('error', () => response.writeHead(502).end());
    incoming.pipe(onward);
  });
  return `https://api.acme.example:${port}`;
}

function manual(port: number, more: object = {}): SettingsChange {
  return { network: { proxy: { mode: 'manual', url: `http://127.0.0.1:${port}`, ...more } } };
}

test('the echo goes through the proxy of the settings with its password, also after a restart', async () => {
  const proxy = await startProxyServer({ credentials: 'user:secret' });
  const first = await openHost();
  const receiver = { port: (await first.ask('status.get', {})).receiver.port };
  const url = await publicUrl(() => receiver.port);
  const credentials = { username: 'user', password: 'secret' };
  await first.ask('settings.set', { ...manual(proxy.port, credentials), tunnel: { provider: 'fixed', url } });
  await until(async () => (await first.ask('status.get', {})).tunnel.state === 'up');
  expect(new Set(proxy.requests)).toEqual(new Set([`CONNECT ${new URL(url).host}`]));
  await first.engine.close();

  const second = await openHost(first.values, first.folder);
  await until(async () => (await second.ask('status.get', {})).tunnel.state === 'up');
});

test('the password is stored encrypted, and never crosses to the window', async () => {
  const { ask, values, changes } = await openHost();
  const change = manual(3128, { username: 'user', password: 'top-secret', bypass: ['intranet.example'] });
  const settings = await ask('settings.set', change);
  const proxy = {
    ...{ mode: 'manual', url: 'http://127.0.0.1:3128', username: 'user', bypass: ['intranet.example'] },
    hasPassword: true,
  };
  expect(settings.network).toEqual({ proxy });
  expect((await ask('settings.get', {})).network).toEqual({ proxy });
  expect(JSON.stringify([...values, changes])).not.toContain('top-secret');
});

test.for([
  ['stays while it is not entered again', {}, true],
  ['is replaced by a new one', { password: 'other' }, true],
  ['is removed by an empty one', { password: '' }, undefined],
  ['is not sent to another proxy', { url: 'http://other.example:3128' }, undefined],
  ['does not stay for another user', { username: 'other' }, undefined],
] as const)('a stored password %s', async ([, more, hasPassword]) => {
  const { ask } = await openHost();
  await ask('settings.set', manual(3128, { username: 'user', password: 'secret' }));
  const { network } = await ask('settings.set', manual(3128, { username: 'user', ...more }));
  expect(network?.proxy).toMatchObject({ mode: 'manual' });
  expect(network?.proxy?.mode === 'manual' && network.proxy.hasPassword).toBe(hasPassword);
});

test('without a proxy the password is forgotten', async () => {
  const { ask } = await openHost();
  await ask('settings.set', manual(3128, { username: 'user', password: 'secret' }));
  expect((await ask('settings.set', { network: { proxy: { mode: 'none' } } })).network).toEqual({
    proxy: { mode: 'none' },
  });
  const { network } = await ask('settings.set', manual(3128, { username: 'user' }));
  expect(network?.proxy).not.toHaveProperty('hasPassword');
});

test('other settings leave the proxy as it is', async () => {
  const { ask } = await openHost();
  const { network } = await ask('settings.set', manual(3128));
  expect((await ask('settings.set', { startAtLogin: true })).network).toEqual(network);
});

test.for([
  'proxy.example:3128',
  'socks5://proxy.example',
  'http://user:secret@proxy.example',
  'http://proxy.example/path',
])('%s is not accepted as a proxy', async (url) => {
  const { ask } = await openHost();
  await expect(ask('settings.set', manual(1, { url }))).rejects.toThrow('must be http:// or https://');
});
