import { networkInterfaces } from 'node:os';

interface WakeWatchOptions {
  /** Called once for each time the computer slept, or its networks changed. */
  wake(): void;
  /** Milliseconds since 1970. */
  now(): number;
  /** What tells one state of the networks from another; the system's addresses when absent. */
  networks?(): string;
  /** Whether there is a network at all, where the host knows. */
  online?(): boolean;
  /** Milliseconds between two looks. */
  readonly every?: number;
}

/**
 * Plain Node is not told when the computer sleeps or moves to another network: time that is missing between two looks
 * tells the one, other addresses of its own tell the other. Returns what ends it.
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

/** The addresses by which others could reach this computer. Those that only change to keep others from following us are left out. */
function addresses(): string {
  return Object.entries(networkInterfaces())
    .flatMap(([name, list]) => (list ?? []).map((one) => ({ name, ...one })))
    .filter(({ internal, family, scopeid }) => !internal && (family === 'IPv4' || scopeid === 0))
    .map(({ name, address, family }) => `${name} ${family === 'IPv4' ? address : networkOf(address)}`)
    .sort()
    .join();
}

/** Of an IPv6 address; what follows is renewed every day for privacy. */
function networkOf(address: string): string {
  return address.split(':').slice(0, 4).join(':');
}
