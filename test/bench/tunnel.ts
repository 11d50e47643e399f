import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { createEcho } from '../../main/engine/ingress/echo.ts';
import { openReceiver } from '../../main/engine/ingress/receiver.ts';
import { openTunnel, type Tunnel } from '../../main/engine/tunnel/tunnel.ts';
import { type Relay, startRelay } from '../../main/sandbox/relay/relay.ts';
import type { TunnelSettings } from '../../preload/contract.ts';
import { freePort, sshd, startSshServer } from '../engine/tunnel/ssh-server.ts';
import { silentLog } from '../support/log.ts';

/**
 * `node test/bench/tunnel.ts`: how soon a cut is noticed, and how soon callbacks can come again, with the timings of the
 * application and real sockets on loopback. Every cut comes right after an echo, which is the worst moment.
 */

interface Stand {
  readonly relay: Relay;
  readonly tunnel: Tunnel;
  /** While true no name can be looked up. */
  nameless: boolean;
}
interface Fault {
  readonly name: string;
  cut(stand: Stand): unknown;
  /** What ends it; without it the fault is over at once. */
  mend?(stand: Stand): unknown;
}

/** Milliseconds until a cause is mended: long enough for the back-off to have grown. */
const outage = 30_000;

const seen: readonly Fault[] = [
  { name: 'relay dies, is back after 30 s', cut: ({ relay }) => relay.kill(), mend: ({ relay }) => relay.restart() },
  { name: 'relay restarts and forgot us', cut: ({ relay }) => relay.kill().then(() => relay.restart()) },
  {
    name: 'sleep: sockets gone, no names for 30 s',
    async cut(stand) {
      stand.nameless = true;
      await stand.relay.kill();
      await stand.relay.restart();
      stand.tunnel.wake();
    },
    mend(stand) {
      stand.nameless = false;
    },
  },
  { name: 'half-open sockets, noticed on waking', cut: withWake(({ relay }) => relay.freezeClients()) },
  { name: 'a stranger has our name, noticed on waking', cut: withWake(({ relay }) => steal(relay)) },
];
const unseen: readonly Fault[] = [
  { name: 'relay swallows everything for 30 s', cut: swallow, mend: release },
  { name: 'half-open sockets', cut: ({ relay }) => relay.freezeClients() },
  { name: 'relay forgot us, sockets stay', cut: ({ relay }) => relay.forgetClients() },
  { name: 'a stranger has our name', cut: ({ relay }) => steal(relay) },
];

function withWake(cut: (stand: Stand) => void): (stand: Stand) => void {
  return (stand) => {
    cut(stand);
    stand.tunnel.wake();
  };
}
function steal(relay: Relay): void {
  for (const { id } of relay.clients()) relay.steal(id);
}
function swallow({ relay }: Stand): void {
  relay.faults.hangRequests = true;
  relay.faults.hangRegistration = true;
}
function release({ relay }: Stand): void {
  relay.faults.hangRequests = false;
  relay.faults.hangRegistration = false;
}

/** A tunnel before a receiver that answers the echo. */
async function openStand(
  ways: readonly TunnelSettings[],
  options: { fetch?: typeof fetch; environment?: NodeJS.ProcessEnv },
) {
  const echo = createEcho();
  const receiver = await openReceiver({
    port: 0,
    match: (key) =>
      key === echo.key
        ? { receive: async ({ body }) => ({ status: 200, text: echo.answer(body) }), tooLarge: () => {} }
        : undefined,
  });
  const [first = { provider: 'off' as const }, ...tunnelFallbacks] = ways;
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

async function measure({ name, cut, mend }: Fault): Promise<string> {
  const relay = await startRelay();
  const stand = { relay, nameless: false } as { relay: Relay; nameless: boolean; tunnel: Tunnel };
  const lookUp: typeof fetch = (url, init) => {
    if (!stand.nameless) return fetch(url, init);
    const cause = Object.assign(new Error('getaddrinfo EAI_AGAIN'), { code: 'EAI_AGAIN' });
    return Promise.reject(new TypeError('fetch failed', { cause }));
  };
  const { tunnel, close } = await openStand([{ provider: 'localtunnel', host: relay.url }], { fetch: lookUp });
  stand.tunnel = tunnel;
  await until(tunnel, isUp);
  const cutAt = performance.now();
  await cut(stand);
  const downAt = await until(tunnel, (one) => !isUp(one));
  let mendedAt = downAt;
  if (mend) {
    await delay(Math.max(0, outage - (performance.now() - cutAt)));
    mendedAt = performance.now();
    await mend(stand);
  }
  const upAt = await until(tunnel, isUp);
  await close();
  await relay.stop();
  return line(name, downAt - cutAt, upAt - mendedAt);
}

async function measureFallback(): Promise<string> {
  const relays = await Promise.all([startRelay(), startRelay()]);
  const { tunnel, close } = await openStand(
    relays.map(({ url }) => ({ provider: 'localtunnel', host: url })),
    {},
  );
  await until(tunnel, isUp);
  const cutAt = performance.now();
  await relays[0]?.kill();
  const downAt = await until(tunnel, (one) => !isUp(one));
  const upAt = await until(tunnel, isUp);
  await close();
  for (const relay of relays) await relay.stop();
  return line('relay dies for good, the second way takes over', downAt - cutAt, upAt - downAt);
}

async function measureSsh(): Promise<string> {
  if (!sshd) return 'skipped: OpenSSH’s sshd is not installed';
  const folder = mkdtempSync(join(tmpdir(), 'ringback-'));
  const server = await startSshServer(folder);
  const remotePort = await freePort();
  const { destination, port, environment } = server;
  const url = `http://127.0.0.1:${remotePort}`;
  const { tunnel, close } = await openStand([{ provider: 'ssh', destination, port, remotePort, url }], { environment });
  await until(tunnel, isUp);
  const cutAt = performance.now();
  await server.kill();
  const downAt = await until(tunnel, (one) => !isUp(one));
  await delay(outage);
  await server.restart();
  const mendedAt = performance.now();
  const upAt = await until(tunnel, isUp);
  await close();
  await server.kill();
  rmSync(folder, { recursive: true, force: true });
  return line('sshd is killed, is back after 30 s', downAt - cutAt, upAt - mendedAt);
}

function line(name: string, noticed: number, again: number): string {
  const seconds = (milliseconds: number): string => `${(milliseconds / 1000).toFixed(1)} s`.padStart(8);
  return `  ${name.padEnd(50)} ${seconds(noticed)} ${seconds(again)}`;
}

console.log(`  ${''.padEnd(50)}  noticed up again`);
console.log('where the system tells');
const silent = unseen.map(measure);
for (const measured of [...seen.map(measure), measureFallback(), measureSsh()]) console.log(await measured);
console.log('where nobody tells, and only the echo knows');
for (const measured of silent) console.log(await measured);
