import { setTimeout as delay } from 'node:timers/promises';
import { runWalkthrough } from '../demo/index.ts';
import { RingbackError } from '../engine/errors.ts';
import { createLog, describe } from '../engine/log.ts';
import { readEnvironment } from './environment.ts';
import { type Host, openHost } from './host.ts';
import { notifyReady } from './service-manager.ts';
import { createJsonLog, createTerminalLog } from './terminal.ts';

/** Milliseconds for closing, and for each step of the walkthrough. */
const timeouts = { close: 5_000, step: 10_000 } as const;

/** Runs the headless host as this process: it ends with the process, at SIGTERM or SIGINT. */
export async function runHeadless(): Promise<void> {
  // What we write is for this user alone.
  process.umask(0o077);
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {});
  const createWriter = process.env.RINGBACK_LOG === 'json' ? createJsonLog : createTerminalLog;
  const log = createLog(createWriter((text) => process.stderr.write(text), Date.now));
  process.on('uncaughtException', (error) =>
    log.error('host', `This is a bug in Ringback, which goes on: ${describe(error)}`),
  );
  const stopping = new AbortController();
  const asked = new Promise<void>((resolve) => {
    stopping.signal.addEventListener('abort', () => resolve());
    process.on('SIGTERM', () => stopping.abort());
    process.on('SIGINT', () => stopping.abort());
  });
  try {
    const environment = readEnvironment(process.env);
    const host = await openHost(environment, log, stopping.signal);
    process.stdout.write(`Ringback is ready at ${host.address}\n`);
    notifyReady(process.env, log);
    try {
      if (environment.walkthrough) await Promise.race([asked, showAround(host)]);
      await asked;
    } finally {
      await Promise.race([host.close(), delay(timeouts.close)]);
    }
    process.exit(0);
  } catch (error) {
    if (error === stopping.signal.reason) process.exit(0);
    const text = error instanceof RingbackError ? error.message : describe(error);
    process.stderr.write(`${text}\n`, () => process.exit(1));
  }
}

async function showAround({ engine, address, trial }: Host): Promise<void> {
  if (!trial) return;
  const say = (line: string): void => void process.stderr.write(`\n${line}\n`);
  const { sandbox, connections } = trial;
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
