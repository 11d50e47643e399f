import { setTimeout as delay } from 'node:timers/promises';
import { runWalkthrough } from '../demo/index.ts';
import { RingbackError } from '../engine/errors.ts';
import { createLog, describe, type Log } from '../engine/log.ts';
import { type Message, storedMessage } from '../engine/messages/index.ts';
import { readConfiguration } from './configuration.ts';
import type { Environment } from './environment.ts';
import { type Host, openHost } from './host.ts';
import { createServiceManager, type ServiceManager } from './service-manager.ts';
import { createJsonLog, createTerminalLog } from './terminal.ts';

export { showTeam } from './team-walkthrough.ts';

/** Milliseconds for closing, and for each step of the walkthrough. */
const timeouts = { close: 5_000, step: 10_000 } as const;

/** Runs the host and exits with 0 after SIGTERM, 130 after SIGINT, 1 after a failure; SIGHUP reloads the settings. */
export async function runHeadless(say: (reason: Message | string) => string = english): Promise<void> {
  // Files that Ringback creates are readable by this user only.
  process.umask(0o077);
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {});
  const signals = followSignals();
  try {
    await run(readConfiguration(process.env), signals);
    process.exit(signals.exitCode());
  } catch (error) {
    if (error === signals.stopping.reason) process.exit(signals.exitCode());
    const text = error instanceof RingbackError ? say(storedMessage(error.message, error.reason)) : describe(error);
    process.stderr.write(`${text}\n`, () => process.exit(1));
  }
}

function english(reason: Message | string): string {
  return typeof reason === 'string' ? reason : reason.text;
}

async function run(environment: Environment, { stopping, stopped }: Signals): Promise<void> {
  const createWriter = environment.log === 'json' ? createJsonLog : createTerminalLog;
  const log = createLog(createWriter((text) => process.stderr.write(text), Date.now));
  process.on('uncaughtException', (error) =>
    log.error('host', `This is a bug in Ringback, which goes on: ${describe(error)}`),
  );
  const service = createServiceManager(process.env, log);
  const host = await openHost(environment, log, stopping);
  process.stdout.write(`Ringback is ready at ${host.address}\n`);
  service.ready();
  const unwatch = service.watch(() => host.engine.ask('status.get', {}));
  if (process.platform !== 'win32') process.on('SIGHUP', () => void reload(host, service, log));
  try {
    if (environment.walkthrough) await Promise.race([stopped, showAround(host)]);
    await stopped;
  } finally {
    unwatch();
    service.stopping();
    await closeInTime(host, log);
  }
}

interface Signals {
  readonly stopping: AbortSignal;
  /** Resolves when the host is asked to stop. */
  readonly stopped: Promise<void>;
  /** 130 where the user interrupted the host, as for every command; 0 otherwise. */
  exitCode(): number;
}

function followSignals(): Signals {
  const stopping = new AbortController();
  const stopped = new Promise<void>((resolve) => stopping.signal.addEventListener('abort', () => resolve()));
  process.on('SIGTERM', () => stopping.abort());
  let isInterrupted = false;
  process.on('SIGINT', () => {
    isInterrupted ||= !stopping.signal.aborted;
    stopping.abort();
  });
  // SIGHUP is ignored until the host is ready. Without SIGXFSZ, a file that may not grow fails like one on a full disk.
  const ignored: NodeJS.Signals[] = process.platform === 'win32' ? [] : ['SIGHUP', 'SIGXFSZ'];
  for (const signal of ignored) process.on(signal, () => {});
  return { stopping: stopping.signal, stopped, exitCode: () => (isInterrupted ? 130 : 0) };
}

/** Reloads the settings; leaves all unchanged where they are invalid. */
async function reload(host: Host, service: ServiceManager, log: Log): Promise<void> {
  service.reloading();
  try {
    await host.reload(readConfiguration(process.env));
    log.info('host', 'The settings were read again.');
  } catch (error) {
    log.error(
      'host',
      `The settings were not read again: ${error instanceof RingbackError ? error.message : describe(error)}`,
    );
  }
  service.ready();
}

async function closeInTime(host: Host, log: Log): Promise<void> {
  const late = new AbortController();
  const lateness = delay(timeouts.close, undefined, { signal: late.signal }).then(
    () => log.warn('host', 'Ringback did not end in time. What it was doing continues at the next start.'),
    () => {},
  );
  await Promise.race([host.close(), lateness]);
  late.abort();
}

async function showAround({ engine, address, demo }: Host): Promise<void> {
  if (!demo) return;
  const say = (line: string): void => void process.stderr.write(`\n${line}\n`);
  const { sandbox, connections } = demo;
  say(
    `Connected to the sandbox: simulators of Autodesk at ${sandbox.apsUrl}, of Autoflex10 at ${sandbox.autoflexUrl}, of the tunnel at ${sandbox.relayUrl}.`,
  );
  await runWalkthrough({ engine, sandbox, connections, timeout: timeouts.step, say });
  say(`The walkthrough is complete. The window is open at ${address} until you press Ctrl+C.`);
  say(
    `Trigger more events: curl -X POST ${sandbox.apsUrl}/sandbox/publish -H 'content-type: application/json' -d '{}'`,
  );
}

if (import.meta.main) await runHeadless();
