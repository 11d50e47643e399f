import { networkInterfaces } from 'node:os';

interface WakeWatchOptions {
  /** Called each time that the computer has slept or its networks have changed. */
  wake(): void;
  /** Milliseconds since 1970. */
  now(): number;
  /** A text that changes with the networks; built from the system's addresses where absent. */
  networks?(): string;
  /** Whether the computer has a network, where the host knows. */
  online?(): boolean;
  /** Milliseconds between two checks. */
  readonly every?: number;
}

/**
 * Detects sleep and network changes, of which plain Node does not notify: a check that runs late means sleep, different
 * addresses mean another network. Returns a function that stops it.
 */
export function startWakeWatch({ wake, now, every = 3_000, ...options }: WakeWatchOptions): () => void {
  const { networks: names = addresses, online = () => true } = options;
  const networks = (): string => (online() ? names() : '');
  let last = now();
  let before = networks();
  const timer = setInterval(() => {
    const passed = now() - last;
    last += passed;
    const present = networks();
    const moved = present !== before;
    before = present;
    if (moved || passed > 5 * every) wake();
  }, every);
  return () => clearInterval(timer);
}

/** The addresses under which other computers reach this one, without the parts that change for privacy. */
function addresses(): string {
  return Object.entries(networkInterfaces())
    .flatMap(([name, list]) => (list ?? []).map((one) => ({ name, ...one })))
    .filter(({ internal, family, scopeid }) => !internal && (family === 'IPv4' || scopeid === 0))
    .map(({ name, address, family }) => `${name} ${family === 'IPv4' ? address : networkOf(address)}`)
    .sort()
    .join();
}

/** The network part of an IPv6 address; the rest changes daily for privacy. */
function networkOf(address: string): string {
  return address.split(':').slice(0, 4).join(':');
}
