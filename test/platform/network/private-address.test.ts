import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { createFileFetch } from '../../../main/platform/network/file-fetch.ts';
import {
  createBriefLookup,
  isPrivateAddress,
  privateAddressFilter,
} from '../../../main/platform/network/private-address.ts';
import type { Lookup } from '../../../main/platform/network/tcp.ts';

test.each([
  '127.0.0.1',
  '127.9.9.9',
  '0.0.0.0',
  '10.1.2.3',
  '172.31.255.255',
  '192.168.1.1',
  '169.254.169.254',
  '100.64.0.1',
  '224.0.0.1',
  '255.255.255.255',
  '::1',
  '[::1]',
  '::',
  'fe80::1%eth0',
  'fd00::1',
  '::ffff:127.0.0.1',
  '::ffff:7f00:1',
  '64:ff9b::a00:1',
  '[::7f00:1]',
  '64:ff9b:1::7f00:1',
  '2002:7f00:1::',
  '2001:0:7f00:1::',
  '::ffff:0:7f00:1',
  '64:ff9b:0:0:0:0:7f00:1',
  '0064:FF9B:0000:0000:0000:0000:10.0.0.1',
  '[64:ff9b::192.168.1.1]',
  '64:ff9b::1',
  '0:0:0:0:0:ffff:a9fe:a9fe',
  '::FFFF:192.168.0.1',
  '0:0:0:0:0:0:0:1',
  '192.88.99.1',
  '64:ff9b::192.88.99.1',
  '2002:0a00:0001:0:0:0:0:1',
  '2001:0000:4136:e378:8000:63bf:3fff:fdd2',
  '100::1',
  '5f00::1',
  'FE80:0:0:0:0:0:0:1%1',
])('%s is private', (address) => {
  expect(isPrivateAddress(address)).toBe(true);
});

test.each([
  '8.8.8.8',
  '172.32.0.1',
  '100.128.0.1',
  '2001:4860:4860::8888',
  '::ffff:8.8.8.8',
  '64:ff9b::808:808',
  '64:ff9b:0:0:0:0:8.8.8.8',
  '0:0:0:0:0:ffff:8.8.8.8',
  '192.88.98.1',
  '2606:4700:0000:0000:0000:0000:0000:1111',
  'localhost',
  '',
])('%s is not', (address) => {
  expect(isPrivateAddress(address)).toBe(false);
});

const names: Readonly<Record<string, string>> = { 'garage.lan': '192.168.7.7', 'rebound.example': '127.0.0.1' };
const lookup: Lookup = async (host) => {
  const address = names[host] ?? (/^[\d.]+$/.test(host) ? host : '203.0.113.9');
  return [{ address, family: 4 }];
};

async function openNeighbour(): Promise<string> {
  const server = createServer((_, response) => response.end('secret of a neighbour'));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  return String((server.address() as AddressInfo).port);
}

function fetchFrom(host: string, port: string, related: string | undefined) {
  const fetch = createFileFetch(async () => ['direct'], { timeout: 5000, lookup, onStep: () => {} });
  const { href } = new URL(`http://${host}:${port}/`);
  const signal = AbortSignal.timeout(10_000);
  return fetch(href, { headers: {}, signal, ...(related === undefined ? {} : { related }) });
}

test.each(['127.0.0.1', '0x7f.1', '2130706433', 'rebound.example'])(
  'a provider on the internet cannot make this computer ask %s',
  async (host) => {
    const port = await openNeighbour();
    await expect(fetchFrom(host, port, 'https://provider.example/api')).rejects.toMatchObject({
      cause: { code: 'ERR_PRIVATE_ADDRESS' },
    });
  },
);

test('a provider on this computer may hand out links to it', async () => {
  const response = await fetchFrom('127.0.0.1', await openNeighbour(), 'http://127.0.0.1:1');
  expect(response.status).toBe(200);
});

test.each([['169.254.3.4'], ['192.168.7.7', 'fe80::7']])(
  'a provider at %s, on the link of this computer, may hand out links to that, but not to services of this computer',
  async (...addresses) => {
    const onLink: Lookup = async () => addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 }));
    const filter = await privateAddressFilter('http://garage.local/api', onLink);
    for (const address of ['169.254.9.9', 'fe80::1%eth0', '192.168.7.7', '8.8.8.8'])
      expect(() => filter(address), address).not.toThrow();
    for (const address of ['127.0.0.1', '0.0.0.0', '::1', '::ffff:127.0.0.1'])
      expect(() => filter(address), address).toThrow('failed at step "connect"');
  },
);

test('a provider in the own network may hand out links into it, but not to services of this computer and its link', async () => {
  const filter = await privateAddressFilter('https://garage.lan/api', lookup);
  for (const address of ['192.168.7.7', '10.0.0.9', '172.20.1.1', 'fd00::7', '8.8.8.8', '::ffff:10.0.0.9'])
    expect(() => filter(address), address).not.toThrow();
  const own = ['127.0.0.1', '127.8.8.8', '0.0.0.0', '169.254.169.254', '::1', '::', 'fe80::1%eth0', '::ffff:127.0.0.1'];
  for (const address of [...own, '64:ff9b::7f00:1', '[::ffff:a9fe:a9fe]'])
    expect(() => filter(address), address).toThrow('failed at step "connect"');
  const port = await openNeighbour();
  await expect(fetchFrom('rebound.example', port, 'https://garage.lan/api')).rejects.toMatchObject({
    cause: { code: 'ERR_PRIVATE_ADDRESS' },
  });
});

test('through a proxy, an address that names a private network is refused as well', async () => {
  const route = { protocol: 'http:', host: '127.0.0.1', port: 1 } as const;
  const fetch = createFileFetch(async () => [route as never], { timeout: 5000, lookup, onStep: () => {} });
  const request = { headers: {}, signal: AbortSignal.timeout(5000), related: 'https://provider.example' };
  for (const address of ['http://169.254.169.254/latest', 'http://rebound.example/', 'https://garage.lan/']) {
    await expect(fetch(address, request)).rejects.toMatchObject({ cause: { code: 'ERR_PRIVATE_ADDRESS' } });
  }
  await expect(fetch('http://files.example/', request)).rejects.toMatchObject({ cause: { code: 'ECONNREFUSED' } });
});

test('behind a proxy, a name that is not resolved is looked up again only after some minutes', async () => {
  const asked: string[] = [];
  let now = 0;
  let silent = true;
  const brief = createBriefLookup(
    (host) => {
      asked.push(host);
      return silent ? Promise.reject(new Error('no such name')) : lookup(host);
    },
    () => now,
  );
  for (const host of ['garage.lan', 'garage.lan', 'other.lan']) expect(await brief(host)).toEqual([]);
  expect(asked).toEqual(['garage.lan', 'other.lan']);
  silent = false;
  now = 5 * 60_000;
  for (const _ of [1, 2]) expect(await brief('garage.lan')).toEqual([{ address: '192.168.7.7', family: 4 }]);
  expect(asked).toEqual(['garage.lan', 'other.lan', 'garage.lan', 'garage.lan']);
});

test('a name whose lookup took too long is looked up again once the answer came', async () => {
  const { promise, resolve } = Promise.withResolvers<Awaited<ReturnType<Lookup>>>();
  const brief = createBriefLookup(() => promise);
  expect(await brief('garage.lan')).toEqual([]);
  resolve(await lookup('garage.lan'));
  await promise;
  expect(await brief('garage.lan')).toHaveLength(1);
});

test('where names are not resolved, a proxy delays the first of several requests alone', async () => {
  const asked: string[] = [];
  const silent: Lookup = (host) => {
    asked.push(host);
    return host === '127.0.0.1' ? lookup(host) : new Promise(() => {});
  };
  const route = { protocol: 'http:', host: '127.0.0.1', port: 1 } as const;
  const fetch = createFileFetch(async () => [route as never], { timeout: 5000, lookup: silent, onStep: () => {} });
  const request = { headers: {}, signal: AbortSignal.timeout(20_000), related: 'https://provider.example' };
  for (const path of ['a', 'b', 'c']) {
    await expect(fetch(`http://files.example/${path}`, request)).rejects.toMatchObject({
      cause: { code: 'ECONNREFUSED' },
    });
  }
  expect(asked.filter((host) => host !== '127.0.0.1')).toEqual(['provider.example', 'files.example']);
});
