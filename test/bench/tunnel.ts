import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { createEcho } from '../../main/engine/ingress/echo.ts';
import { openReceiver } from '../../main/engine/ingress/receiver.ts';
import { openTunnel, type Tunnel } from '../../main/engine/tunnel/tunnel.ts';
import { startRelay, type TunnelRelay } from '../../main/sandbox/relay/relay.ts';
import type { TunnelSettings } from '../../preload/contract/index.ts';
import { freePort, sshd, startSshServer } from '../engine/tunnel/ssh-server.ts';
import { silentLog } from '../support/log.ts';

/**
 * `node test/bench/tunnel.ts`: how soon an outage is detected, and how soon callbacks arrive again after it, with the
 * timings of the application and real sockets on loopback. Every outage starts right after an echo, the worst moment.
 */

interface Setup {
  readonly relay: TunnelRelay;
  readonly tunnel: Tunnel;
  /** While true, every name lookup fails. */
  lookupsFail: boolean;
}
interface Outage {
  readonly name: string;
  start(setup: Setup): unknown;
  /** Ends it; without it the outage is over at once. */
  end?(setup: Setup): unknown;
}

/** How long an outage lasts, in milliseconds: long enough for the back-off to have grown. */
const outageTime = 30_000;

const reportedBySystem: readonly Outage[] = [
  { name: 'relay is killed for 30 s', start: ({ relay }) => relay.kill(), end: ({ relay }) => relay.restart() },
  { name: 'relay restarts and forgets us', start: ({ relay }) => relay.kill().then(() => relay.restart()) },
  {
    name: 'sleep: sockets closed, no lookups for 30 s',
    async start(setup) {
      setup.lookupsFail = true;
      await setup.relay.kill();
      await setup.relay.restart();
      setup.tunnel.wake();
    },
    end(setup) {
      setup.lookupsFail = false;
    },
  },
  { name: 'half-open sockets, detected on waking', start: withWake(({ relay }) => relay.freezeClients()) },
  { name: 'another client has our name, detected on waking', start: withWake(({ relay }) => steal(relay)) },
];
const detectedByEcho: readonly Outage[] = [
  { name: 'relay responds to nothing for 30 s', start: swallow, end: release },
  { name: 'half-open sockets', start: ({ relay }) => relay.freezeClients() },
  { name: 'relay forgets us, sockets stay', start: ({ relay }) => relay.forgetClients() },
  { name: 'another client has our name', start: ({ relay }) => steal(relay) },
];

function withWake(start: (setup: Setup) => void): (setup: Setup) => void {
  return (setup) => {
    start(setup);
    setup.tunnel.wake();
  };
}
function steal(relay: TunnelRelay): void {
  for (const { id } of relay.clients()) relay.steal(id);
}
function swallow({ relay }: Setup): void {
  relay.faults.hangRequests = true;
  relay.faults.hangRegistration = true;
}
function release({ relay }: Setup): void {
  relay.faults.hangRequests = false;
  relay.faults.hangRegistration = false;
}

/** A tunnel with a receiver that answers the echo. */
async function openSetup(
  providers: readonly TunnelSettings[],
  options: { fetch?: typeof fetch; environment?: NodeJS.ProcessEnv; awaited?: () => boolean },
) {
  const echo = createEcho();
  const receiver = await openReceiver({
    port: 0,
    match: (key) =>
      key === echo.key
        ? { receive: async ({ body }) => ({ status: 200, text: echo.answer(body) }), tooLarge: () => {} }
        : undefined,
  });
  const [first = { provider: 'off' as const }, ...tunnelFallbacks] = providers;
  const tunnel = openTunnel({
    port: receiver.port,
    settings: { tunnel: first, tunnelFallbacks, tunnelWhenNeeded: false },
    echo,
    fetch,
    needed: () => true,
    now: Date.now,
    log: silentLog,
    changed: () => {},
    ...options,
  });
  const close = async (): Promise<void> => {
    await tunnel.close();
    await receiver.close();
  };
  return { tunnel, close };
}

async function until(tunnel: Tunnel, isSo: (tunnel: Tunnel) => boolean): Promise<number> {
  while (!isSo(tunnel)) await delay(10);
  return performance.now();
}
const isUp = ({ status }: Tunnel): boolean => status.state === 'up';

/** `isAwaited`: something waits for a callback meanwhile, as a job or a backup does. */
async function measure({ name, start, end }: Outage, isAwaited = false): Promise<string> {
  const relay = await startRelay();
  const setup = { relay, lookupsFail: false } as { relay: TunnelRelay; lookupsFail: boolean; tunnel: Tunnel };
  const lookUp: typeof fetch = (url, init) => {
    if (!setup.lookupsFail) return fetch(url, init);
    const cause = Object.assign(new Error('getaddrinfo EAI_AGAIN'), { code: 'EAI_AGAIN' });
    return Promise.reject(new TypeError('fetch failed', { cause }));
  };
  const { tunnel, close } = await openSetup([{ provider: 'localtunnel', host: relay.url }], {
    ...{ fetch: lookUp, awaited: () => isAwaited },
  });
  setup.tunnel = tunnel;
  await until(tunnel, isUp);
  const startedAt = performance.now();
  await start(setup);
  const downAt = await until(tunnel, (one) => !isUp(one));
  let endedAt = downAt;
  if (end) {
    await delay(Math.max(0, outageTime - (performance.now() - startedAt)));
    endedAt = performance.now();
    await end(setup);
  }
  const upAt = await until(tunnel, isUp);
  await close();
  await relay.stop();
  return line(name, downAt - startedAt, upAt - endedAt);
}

async function measureFallback(): Promise<string> {
  const relays = await Promise.all([startRelay(), startRelay()]);
  const { tunnel, close } = await openSetup(
    relays.map(({ url }) => ({ provider: 'localtunnel', host: url })),
    {},
  );
  await until(tunnel, isUp);
  const startedAt = performance.now();
  await relays[0]?.kill();
  const downAt = await until(tunnel, (one) => !isUp(one));
  const upAt = await until(tunnel, isUp);
  await close();
  for (const relay of relays) await relay.stop();
  return line('relay is killed for good, fallback takes over', downAt - startedAt, upAt - downAt);
}

async function measureSsh(): Promise<string> {
  if (!sshd) return 'skipped: OpenSSH’s sshd is not installed';
  const folder = mkdtempSync(join(tmpdir(), 'ringback-'));
  const server = await startSshServer(folder);
  const remotePort = await freePort();
  const { destination, port, environment } = server;
  const url = `http://127.0.0.1:${remotePort}`;
  const { tunnel, close } = await openSetup([{ provider: 'ssh', destination, port, remotePort, url }], { environment });
  await until(tunnel, isUp);
  const startedAt = performance.now();
  await server.kill();
  const downAt = await until(tunnel, (one) => !isUp(one));
  await delay(outageTime);
  await server.restart();
  const endedAt = performance.now();
  const upAt = await until(tunnel, isUp);
  await close();
  await server.kill();
  rmSync(folder, { recursive: true, force: true });
  return line('sshd is killed for 30 s', downAt - startedAt, upAt - endedAt);
}

function line(name: string, detected: number, recovered: number): string {
  const seconds = (milliseconds: number): string => `${(milliseconds / 1000).toFixed(1)} s`.padStart(8);
  return `  ${name.padEnd(50)} ${seconds(detected)} ${seconds(recovered)}`;
}

console.log(`  ${''.padEnd(50)} detected up again`);
console.log('reported by the operating system');
const echoResults = detectedByEcho.map((outage) => measure(outage));
const awaitedResults = detectedByEcho.map((outage) => measure(outage, true));
const reported = reportedBySystem.map((outage) => measure(outage));
for (const measured of [...reported, measureFallback(), measureSsh()]) console.log(await measured);
console.log('detected by the echo alone');
for (const measured of echoResults) console.log(await measured);
console.log('detected by the echo alone, while a callback is awaited');
for (const measured of awaitedResults) console.log(await measured);
