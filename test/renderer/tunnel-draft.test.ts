import { expect, test } from 'vitest';
import { SettingsChange, type TunnelLink, type TunnelSettings, type TunnelStatus } from '../../preload/contract.ts';
import { changeOf, missingInWay, newWay, startTunnel, wayOf } from '../../renderer/settings/tunnel-draft.ts';
import { linkOf } from '../../renderer/settings/tunnel-link.ts';

const url = 'https://hooks.example.com';
const ways: readonly TunnelSettings[] = [
  { provider: 'fixed', url },
  { provider: 'localtunnel', host: 'https://tunnel.example.net', subdomain: 'bell' },
  { provider: 'ssh', destination: 'me@server.example', port: 2222, remotePort: 8080, url },
  { provider: 'ssh', destination: 'nokey@service.example' },
  { provider: 'cloudflared' },
  { provider: 'cloudflared', tunnel: 'bell', url },
];

test('an order of ways comes out of its form as it went in', () => {
  const [tunnel = { provider: 'off' as const }, ...tunnelFallbacks] = ways;
  const settings = { tunnel, tunnelFallbacks, tunnelWhenNeeded: true };
  const change = changeOf(startTunnel(settings));
  expect(change).toEqual(settings);
  expect(SettingsChange.safeParse(change).success).toBe(true);
});

test('without any way the tunnel is off', () => {
  const draft = startTunnel({ tunnel: { provider: 'off' }, tunnelFallbacks: [], tunnelWhenNeeded: false });
  expect(draft.ways).toEqual([]);
  expect(changeOf(draft)).toEqual({ tunnel: { provider: 'off' }, tunnelFallbacks: [], tunnelWhenNeeded: false });
});

test('what is left empty is left out', () => {
  const local = { ...newWay('localtunnel', 'a'), subdomain: ' ' };
  expect(wayOf(local)).toEqual({ provider: 'localtunnel', host: 'https://localtunnel.me' });
});

test('each kind of way has its own fields that must be filled in', () => {
  expect(missingInWay(newWay('fixed', 'a'))).toEqual(['url']);
  expect(missingInWay({ ...newWay('localtunnel', 'a'), host: '' })).toEqual(['host']);
  expect(missingInWay(newWay('ssh', 'a'))).toEqual(['destination']);
  expect(missingInWay(newWay('cloudflared', 'a'))).toEqual([]);
  expect(missingInWay({ ...newWay('cloudflared', 'a'), tunnel: 'bell' })).toEqual(['url']);
});

test('the state of a way is shown beside it wherever it was moved, but not beside one that was changed', () => {
  const [first, second] = ways;
  if (!first || !second) throw new Error('two ways are needed');
  const settings = { tunnel: first, tunnelFallbacks: [second], tunnelWhenNeeded: false };
  const chain: TunnelLink[] = [
    { provider: 'fixed', state: 'down', problem: 'It is silent.', used: false, proving: false },
    { provider: 'localtunnel', state: 'up', url, used: true, proving: false },
  ];
  const status: TunnelStatus = { provider: 'localtunnel', state: 'up', url, chain };
  const [own, local] = startTunnel(settings).ways;
  if (!own || !local) throw new Error('both stand in the form');
  expect(linkOf(local, settings, status)).toBe(chain[1]);
  expect(linkOf(own, settings, status)).toBe(chain[0]);
  expect(linkOf({ ...own, url: 'https://other.example' }, settings, status)).toBeUndefined();
  expect(linkOf(local, settings, { provider: 'localtunnel', state: 'idle' })).toBeUndefined();
});
