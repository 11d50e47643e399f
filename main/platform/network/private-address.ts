import { BlockList, isIP } from 'node:net';
import { codedError, NetworkError } from './network-error.ts';
import { inTime, type Lookup } from './tcp.ts';

/** Networks outside the public internet: RFC 6890 and its successors. */
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
  // Prefixes for IPv4 addresses that this computer's network may translate: RFC 4291, 8215, 3056, 4380 and 6145.
  ['::', 96],
  ['64:ff9b:1::', 48],
  ['2002::', 16],
  ['2001::', 32],
  ['::ffff:0:0:0', 96],
  // Addresses for discarding, test networks and segment routing: RFC 6666, 5180 and 9602.
  ['100::', 64],
  ['2001:2::', 48],
  ['5f00::', 16],
  ['fc00::', 7],
  ['fe80::', 10],
  ['fec0::', 10],
  ['ff00::', 8],
];
/** This computer itself: services there trust whoever reaches them. */
const ownNetworks: typeof networks = [
  ['0.0.0.0', 8],
  ['127.0.0.0', 8],
  ['::', 127],
];
/** Link-local networks, which exist only on this computer's own links. */
const linkNetworks: typeof networks = [
  ['169.254.0.0', 16],
  ['fe80::', 10],
];
const privateNetworks = listOf(networks);
const own = listOf(ownNetworks);
const link = listOf(linkNetworks);
const nearest = listOf([...ownNetworks, ...linkNetworks]);

function listOf(blocks: typeof networks): BlockList {
  const list = new BlockList();
  for (const [network, prefix] of blocks) list.addSubnet(network, prefix, network.includes(':') ? 'ipv6' : 'ipv4');
  return list;
}

/** An IPv4 address in the last 32 bits, as in NAT64 (RFC 6052) and IPv4-mapped addresses. */
const embedded = /^(?:64:ff9b::|::ffff:)(?:([0-9a-f]{1,4}):)?([0-9a-f]{1,4})$/;

/** Whether an IP address, with or without brackets, belongs to a private, loopback or link-local network. */
export function isPrivateAddress(address: string): boolean {
  return isIn(privateNetworks, address);
}

function isIn(blocks: BlockList, address: string): boolean {
  const written = address.replace(/^\[|\]$/g, '').replace(/%.*$/s, '');
  const family = isIP(written);
  if (family === 0) return false;
  const plain = family === 6 ? shortest(written) : written;
  const [, high = '0', low] = embedded.exec(plain) ?? [];
  if (low !== undefined) return blocks.check(dottedOf(Number.parseInt(high, 16), Number.parseInt(low, 16)), 'ipv4');
  return blocks.check(plain, family === 6 ? 'ipv6' : 'ipv4');
}

/** The shortest form of an IPv6 address, which may have zeros, capitals or an IPv4 address at its end. */
function shortest(address: string): string {
  return new URL(`http://[${address}]`).hostname.replace(/^\[|\]$/g, '');
}

function dottedOf(high: number, low: number): string {
  return [high >> 8, high & 255, low >> 8, low & 255].join('.');
}

/** Throws for an address that must not be connected to. */
export type AddressFilter = (address: string) => void;

/**
 * Rejects addresses that are nearer than the host of `related`, which could make this computer send requests to its
 * neighbours: for a public host all private networks; for a private one the link and this computer; for one on the link
 * only this computer; for one on this computer nothing.
 */
export async function privateAddressFilter(related: string, lookup: Lookup): Promise<AddressFilter> {
  const host = URL.parse(related)?.hostname.replace(/^\[|\]$/g, '') ?? '';
  const addresses = host === '' ? [] : await lookup(host).catch(() => []);
  const isRelatedIn = (blocks: BlockList): boolean => addresses.some(({ address }) => isIn(blocks, address));
  if (isRelatedIn(own)) return () => {};
  const rejected = isRelatedIn(link) ? own : isRelatedIn(privateNetworks) ? nearest : privateNetworks;
  return (address) => {
    if (!isIn(rejected, address)) return;
    throw new NetworkError('connect', { cause: codedError(privateAddressCode, 'a private address') });
  };
}

/**
 * Checks the addresses of a host that is reached through a proxy. The proxy resolves names itself, including private
 * ones, so those that this computer can resolve are checked here.
 */
export async function checkBehindProxy(host: string, filter: AddressFilter, lookup: Lookup): Promise<void> {
  filter(host);
  for (const { address } of await lookup(host.replace(/^\[|\]$/g, ''))) filter(address);
}

/** Milliseconds for a lookup in a network with a proxy, where public names may not be resolvable; the proxy then decides. */
const longestLookup = 2000;
/** Milliseconds during which a name that was not resolved is not looked up again. */
const failureLifetime = 5 * 60_000;
const mostFailures = 100;

/**
 * A lookup for a network with a proxy: it takes two seconds at most, and returns no addresses for a name that could not be
 * resolved, now or within the last five minutes. `now`: milliseconds of a monotonic clock.
 */
export function createBriefLookup(lookup: Lookup, now: () => number = () => performance.now()): Lookup {
  const failures = new Map<string, number>();
  return async (host) => {
    const failedAt = failures.get(host);
    if (failedAt !== undefined && now() - failedAt < failureLifetime) return [];
    const answer = lookup(host);
    try {
      return await inTime(answer, longestLookup);
    } catch {
      if (failures.size >= mostFailures) failures.clear();
      failures.set(host, now());
      // An answer that is late is known to the system's resolver from now on.
      answer.then(() => failures.delete(host)).catch(() => {});
      return [];
    }
  };
}

export const privateAddressCode = 'ERR_PRIVATE_ADDRESS';
