import { lookup as systemLookup } from 'node:dns/promises';
import { connect, type Socket } from 'node:net';
import { codedError, NetworkError } from './network-error.ts';

interface Address {
  readonly address: string;
  readonly family: number;
}
export type Lookup = (host: string) => Promise<readonly Address[]>;

/** Called at the start of each step. */
type StepListener = (step: 'lookup' | 'connect') => void;

export interface TcpOptions {
  readonly host: string;
  readonly port: number;
  /** Milliseconds for the name lookup, and again for connecting. */
  readonly timeout: number;
  readonly lookup?: Lookup;
  readonly onStep?: StepListener;
  /** Throws for an address that must not be connected to. */
  readonly filter?: (address: string) => void;
}

/** Milliseconds until another address is tried in parallel: the default and the minimum (RFC 8305, section 5). */
const attemptDelay = 250;
const shortestAttemptDelay = 100;
/** Limit of addresses that are tried; a name server may return any number. */
const maxAddresses = 64;
const keepAliveDelay = 60_000;

/** The system's resolver, hosts file included. */
export const lookUp: Lookup = (host) => systemLookup(host, { all: true, order: 'verbatim' });

/** Connects to the address of the host that responds first (RFC 8305, "Happy Eyeballs"). */
export async function connectTcp({
  host,
  port,
  timeout,
  lookup = lookUp,
  onStep,
  filter,
}: TcpOptions): Promise<Socket> {
  onStep?.('lookup');
  const name = host.replace(/^\[|\]$/g, '');
  const addresses = await inTime(lookup(name), timeout).catch((cause: unknown) => {
    throw new NetworkError('lookup', { cause });
  });
  for (const { address } of addresses) filter?.(address);
  onStep?.('connect');
  return connectToFirst(alternateFamilies(addresses).slice(0, maxAddresses), port, timeout);
}

/** Throws where the work takes longer than that many milliseconds. */
export async function inTime<T>(work: Promise<T>, timeout: number): Promise<T> {
  const expired = Promise.withResolvers<never>();
  const timer = setTimeout(() => expired.reject(codedError('ETIMEDOUT', 'the name lookup took too long')), timeout);
  return Promise.race([work, expired.promise]).finally(() => clearTimeout(timer));
}

/** The addresses with the two families alternating, starting with the family of the first. */
export function alternateFamilies(addresses: readonly Address[]): readonly Address[] {
  const preferred = addresses.filter(({ family }) => family === addresses[0]?.family);
  const others = addresses.filter(({ family }) => family !== addresses[0]?.family);
  const longest = Math.max(preferred.length, others.length);
  return Array.from({ length: longest }).flatMap((_, index) => [
    ...preferred.slice(index, index + 1),
    ...others.slice(index, index + 1),
  ]);
}

/** The more addresses there are, the sooner the next is tried, so that the last has half of the time left to respond. */
function delayBetween(attempts: number, timeout: number): number {
  return Math.min(attemptDelay, Math.max(shortestAttemptDelay, timeout / 2 / attempts));
}

function connectToFirst(addresses: readonly Address[], port: number, timeout: number): Promise<Socket> {
  const result = Promise.withResolvers<Socket>();
  const attempts = new Set<Socket>();
  const errors: Error[] = [];
  const remaining = [...addresses];
  const delay = delayBetween(addresses.length, timeout);
  let nextAttempt: NodeJS.Timeout | undefined;
  const deadline = setTimeout(() => fail(codedError('ETIMEDOUT', 'no address responded')), timeout);

  const settle = (winner?: Socket): void => {
    clearTimeout(nextAttempt);
    clearTimeout(deadline);
    remaining.length = 0;
    for (const socket of attempts) if (socket !== winner) socket.destroy();
  };
  const fail = (error: Error): void => {
    settle();
    result.reject(new NetworkError('connect', { cause: error }));
  };
  const attempt = (): void => {
    clearTimeout(nextAttempt);
    const next = remaining.shift();
    if (!next) return;
    const options = { keepAlive: true, keepAliveInitialDelay: keepAliveDelay, noDelay: true };
    const socket = connect({ ...options, host: next.address, family: next.family, port, autoSelectFamily: false });
    attempts.add(socket);
    const failed = (error: Error): void => {
      errors.push(error);
      attempts.delete(socket);
      if (remaining.length > 0) attempt();
      else if (attempts.size === 0) fail(mostTelling(errors));
    };
    socket.on('error', failed).once('connect', () => {
      socket.off('error', failed);
      settle(socket);
      result.resolve(socket);
    });
    if (remaining.length > 0) nextAttempt = setTimeout(attempt, delay);
  };
  if (remaining.length === 0) fail(codedError('ENOTFOUND', 'the name has no address'));
  attempt();
  return result.promise;
}

/** The most informative error: a refused connection says more than a network unreachable for one address family. */
function mostTelling(errors: readonly Error[]): Error {
  const unspecific = ['ENETUNREACH', 'EHOSTUNREACH', 'EADDRNOTAVAIL', 'EAFNOSUPPORT'];
  const telling = errors.find((error) => !unspecific.includes(String('code' in error ? error.code : '')));
  return telling ?? errors[0] ?? codedError('ENETUNREACH', 'no address was tried');
}
