import { BlockList, isIP } from 'node:net';
import { codedError, NetworkError } from './network-error.ts';
import { inTime, type Lookup } from './tcp.ts';

/** Networks that are not of the public internet: RFC 6890 and its successors. */
const networks: readonly (readonly [string, number])[] = [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['224.0.0.0', 3],
  // With them an IPv4 address that this computer's network translates: RFC 4291, 8215, 3056, 4380 and 6145.
  ['::', 96],
  ['64:ff9b:1::', 48],
  ['2002::', 16],
  ['2001::', 32],
  ['::ffff:0:0:0', 96],
  // Discarded, of test networks, and of segment routing: RFC 6666, 5180 and 9602.
  ['100::', 64],
  ['2001:2::', 48],
  ['5f00::', 16],
  ['fc00::', 7],
  ['fe80::', 10],
  ['fec0::', 10],
  ['ff00::', 8],
];
const privateNetworks = new BlockList();
for (const [network, prefix] of networks) {
  privateNetworks.addSubnet(network, prefix, network.includes(':') ? 'ipv6' : 'ipv4');
}
/** An IPv4 address in the last 32 bits, as NAT64 (RFC 6052) and IPv4-mapped addresses have it. */
const embedded = /^(?:64:ff9b::|::ffff:)(?:([0-9a-f]{1,4}):)?([0-9a-f]{1,4})$/;

/** Whether an IP address, with or without brackets, is of a private, loopback or link-local network. */
export function isPrivateAddress(address: string): boolean {
  const written = address.replace(/^\[|\]$/g, '').replace(/%.*$/s, '');
  const family = isIP(written);
  if (family === 0) return false;
  const plain = family === 6 ? shortest(written) : written;
  const [, high = '0', low] = embedded.exec(plain) ?? [];
  if (low !== undefined)
    return privateNetworks.check(dottedOf(Number.parseInt(high, 16), Number.parseInt(low, 16)), 'ipv4');
  return privateNetworks.check(plain, family === 6 ? 'ipv6' : 'ipv4');
}

/** An IPv6 address may be written with its zeros, in capitals, or with an IPv4 address at its end. */
function shortest(address: string): string {
  return new URL(`http://[${address}]`).hostname.replace(/^\[|\]$/g, '');
}

function dottedOf(high: number, low: number): string {
  return [high >> 8, high & 255, low >> 8, low & 255].join('.');
}

/** Throws for an address that a connection must not lead to. */
export type AddressFilter = (address: string) => void;

/**
 * Refuses private addresses, unless the host of `related` has one as well: a provider within the own network may hand out
 * links there, any other may not make this computer ask its neighbours.
 */
export async function privateAddressFilter(related: string, lookup: Lookup): Promise<AddressFilter> {
  const host = URL.parse(related)?.hostname.replace(/^\[|\]$/g, '') ?? '';
  const addresses = host === '' ? [] : await lookup(host).catch(() => []);
  if (addresses.some(({ address }) => isPrivateAddress(address))) return () => {};
  return (address) => {
    if (!isPrivateAddress(address)) return;
    throw new NetworkError('connect', { cause: codedError(privateAddressCode, 'a private address') });
  };
}

/** Milliseconds: where a proxy is needed, names of the internet may not be resolved here, and the proxy decides. */
const longestLookup = 2000;

/** A proxy resolves names itself, also those of the own network: those that this computer knows are checked here. */
export async function checkBehindProxy(host: string, filter: AddressFilter, lookup: Lookup): Promise<void> {
  filter(host);
  const addresses = await inTime(lookup(host.replace(/^\[|\]$/g, '')), longestLookup).catch(() => []);
  for (const { address } of addresses) filter(address);
}

export const privateAddressCode = 'ERR_PRIVATE_ADDRESS';
