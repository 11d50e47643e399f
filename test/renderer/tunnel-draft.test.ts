import { expect, test } from 'vitest';
import {
  SettingsChange,
  type TunnelLink,
  type TunnelSettings,
  type TunnelStatus,
} from '../../preload/contract/index.ts';
import { changeOf, missingIn, newProvider, settingsOf, startTunnel } from '../../renderer/settings/tunnel-draft.ts';
import { linkOf } from '../../renderer/settings/tunnel-link.ts';

const url = 'https://hooks.example.com';
const providers: readonly TunnelSettings[] = [
  { provider: 'fixed', url },
  { provider: 'localtunnel', host: 'https://tunnel.example.net', subdomain: 'bell' },
  { provider: 'ssh', destination: 'me@server.example', port: 2222, remotePort: 8080, url },
  { provider: 'ssh', destination: 'nokey@service.example' },
  { provider: 'cloudflared' },
  { provider: 'cloudflared', tunnel: 'bell', url },
];

test('an order of providers comes out of its form as it went in', () => {
  const [tunnel = { provider: 'off' as const }, ...tunnelFallbacks] = providers;
  const settings = { tunnel, tunnelFallbacks, tunnelWhenNeeded: true };
  const change = changeOf(startTunnel(settings));
  expect(change).toEqual(settings);
  expect(SettingsChange.safeParse(change).success).toBe(true);
});

test('without any provider the tunnel is off', () => {
  const draft = startTunnel({ tunnel: { provider: 'off' }, tunnelFallbacks: [], tunnelWhenNeeded: false });
  expect(draft.providers).toEqual([]);
  expect(changeOf(draft)).toEqual({ tunnel: { provider: 'off' }, tunnelFallbacks: [], tunnelWhenNeeded: false });
});

test('what is left empty is left out', () => {
  const local = { ...newProvider('localtunnel', 'a'), subdomain: ' ' };
  expect(settingsOf(local)).toEqual({ provider: 'localtunnel', host: 'https://localtunnel.me' });
});

test('each kind of provider has its own fields that must be filled in', () => {
  expect(missingIn(newProvider('fixed', 'a'))).toEqual(['url']);
  expect(missingIn({ ...newProvider('localtunnel', 'a'), host: '' })).toEqual(['host']);
  expect(missingIn(newProvider('ssh', 'a'))).toEqual(['destination']);
  expect(missingIn(newProvider('cloudflared', 'a'))).toEqual([]);
  expect(missingIn({ ...newProvider('cloudflared', 'a'), tunnel: 'bell' })).toEqual(['url']);
});

test('the state of a provider is shown beside it wherever it was moved, but not beside one that was changed', () => {
  const [first, second] = providers;
  if (!first || !second) throw new Error('two providers are needed');
  const settings = { tunnel: first, tunnelFallbacks: [second], tunnelWhenNeeded: false };
  const chain: TunnelLink[] = [
    { provider: 'fixed', state: 'down', problem: 'It is silent.', used: false, proving: false },
    { provider: 'localtunnel', state: 'up', url, used: true, proving: false },
  ];
  const status: TunnelStatus = { provider: 'localtunnel', state: 'up', url, chain };
  const [own, local] = startTunnel(settings).providers;
  if (!own || !local) throw new Error('the form must have both');
  expect(linkOf(local, settings, status)).toBe(chain[1]);
  expect(linkOf(own, settings, status)).toBe(chain[0]);
  expect(linkOf({ ...own, url: 'https://other.example' }, settings, status)).toBeUndefined();
  expect(linkOf(local, settings, { provider: 'localtunnel', state: 'idle' })).toBeUndefined();
});
