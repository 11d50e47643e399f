import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isSafeAddress, normalizeAddress } from '../../../preload/contract/index.ts';
import { trials } from '../../endurance/extent.ts';
import { createBell } from '../../support/test-connector.ts';
import { openTestHost } from '../../support/test-host.ts';

/** Each one is used as something else than the one before it. */
const stored = [
  ['capitals in the host', 'https://Hooks.EXAMPLE.com/Path', 'https://hooks.example.com/Path'],
  ['an umlaut', 'https://b\u00fccher.example', 'https://xn--bcher-kva.example'],
  ['a zero-width space', 'https://hooks\u200b.example.com\u200b', 'https://hooks.example.com'],
  ['a soft hyphen in the path', 'https://hooks.example.com/ho\u00adoks', 'https://hooks.example.com/hooks'],
  ['blanks around', '  https://hooks.example.com/ \n', 'https://hooks.example.com'],
  ['a blank in the path', 'https://hooks.example.com/my hooks', 'https://hooks.example.com/my%20hooks'],
  ['a byte order mark in front', '\ufeffhttps://hooks.example.com', 'https://hooks.example.com'],
  ['the default port', 'https://hooks.example.com:443/a//', 'https://hooks.example.com/a'],
  ['a dot behind the host and a port', 'https://hooks.example.com.:8443', 'https://hooks.example.com:8443'],
  ['a dot behind the host', 'https://hooks.example.com./a', 'https://hooks.example.com/a'],
  ['steps up in the path', 'https://hooks.example.com/a/../b/%2e%2e/c/', 'https://hooks.example.com/c'],
  ['backslashes', 'https:\\\\hooks.example.com\\a', 'https://hooks.example.com/a'],
  ['the default port with a zero', 'https://hooks.example.com:0443', 'https://hooks.example.com'],
  ['an IPv6 address', 'https://[2001:DB8:0:0::1]:8443/', 'https://[2001:db8::1]:8443'],
  ['an ideographic full stop', 'https://hooks\u3002example.com', 'https://hooks.example.com'],
] as const;

test('a custom URL is stored and used as browsers read it', async () => {
  const host = await openTestHost({
    connectors: [createBell().connector],
    ports: { fetch: () => Promise.reject(new TypeError()) },
  });
  for (const [what, entered, used] of stored) {
    const { tunnel } = await host.ask('settings.set', { tunnel: { provider: 'fixed', url: entered } });
    expect(tunnel, what).toEqual({ provider: 'fixed', url: used });
    expect((await host.ask('status.get', {})).tunnel.url, what).toBe(used);
    expect(host.values.get('settings'), what).toMatchObject({ tunnel: { url: used } });
  }
});

const refused = [
  'https://hooks example.com',
  'https://hooks.example.com?key=1',
  'https://hooks.example.com#part',
  'https://user:secret@hooks.example.com',
  'http://hooks.example.com',
  'https://hooks.exa<mple.com',
  'hooks.example.com',
  'https://hooks.example.com:99999',
  'https://[2001:db8::1%25eth0]',
  'ftp://hooks.example.com',
  'https://hooks..example.com',
  'https://.example.com',
  `https://${'a'.repeat(64)}.example`,
  'https://\u200b',
];

test('what is no https address is refused', async () => {
  const host = await openTestHost({ connectors: [] });
  for (const url of refused) {
    const setting = host.ask('settings.set', { tunnel: { provider: 'fixed', url } });
    await expect(setting, url).rejects.toThrow('must be an https address');
  }
});

test('the host of a tunnel server, a proxy and a connection are normalised as well', async () => {
  const { connector } = createBell();
  const field = { name: 'baseUrl', label: 'Base URL', kind: 'url', required: false } as const;
  const host = await openTestHost({ connectors: [{ ...connector, fields: [...connector.fields, field] }] });
  const settings = await host.ask('settings.set', {
    tunnel: { provider: 'localtunnel', host: 'https://Relay.Example/\u200b' },
    network: { proxy: { mode: 'manual', url: 'http://PROXY.example:3128/' } },
  });
  expect(settings).toMatchObject({
    tunnel: { host: 'https://relay.example' },
    network: { proxy: { url: 'http://proxy.example:3128' } },
  });
  const connection = await host.ask('connections.add', {
    connector: 'bell',
    settings: { account: 'me', baseUrl: ' https://API.example/v1/ ' },
    secrets: { password: 'correct' },
  });
  expect(connection.settings.baseUrl).toBe('https://api.example/v1');
});

test('a normalised address stays the same when it is normalised again', () => {
  fc.assert(
    fc.property(fc.webUrl({ withFragments: false, withQueryParameters: false }), (address) => {
      const once = normalizeAddress(address);
      expect(normalizeAddress(once)).toBe(once);
      expect(isSafeAddress(once)).toBe(isSafeAddress(address));
    }),
    trials(),
  );
});
