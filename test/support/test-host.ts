import { onTestFailed, onTestFinished } from 'vitest';
import type { z } from 'zod';
import type { Connector } from '../../main/engine/connector/index.ts';
import { type Engine, type EngineOptions, openEngine } from '../../main/engine/index.ts';
import type { NotificationTimes } from '../../main/engine/notifications/index.ts';
import type { HostNotification, Ports } from '../../main/engine/ports.ts';
import { connectNats } from '../../main/platform/nats/index.ts';
import type { Change, MethodName, Methods, Output } from '../../preload/contract/index.ts';
import { placeNewDatabase } from './disks/new-database.ts';
import { fileFetch } from './file-fetch.ts';
import { memoryStore, mirrorCipher } from './memory-store.ts';
import { temporaryFolder, until } from './temporary.ts';

export interface TestHost {
  readonly engine: Engine;
  readonly notes: HostNotification[];
  readonly lines: string[];
  readonly changes: Change[];
  readonly values: Map<string, unknown>;
  readonly folder: string;
  /** Asks and gives the value; throws where the answer is a problem. */
  ask<M extends MethodName>(method: M, input: z.input<Methods[M]['input']>): Promise<Output<M>>;
  /** Points the tunnel at the receiver itself and waits until the echo came back. */
  connect(): Promise<string>;
}

export interface TestHostOptions {
  readonly connectors: readonly Connector[];
  readonly folder?: string;
  readonly values?: Map<string, unknown>;
  readonly ports?: Partial<Ports>;
  readonly wait?: EngineOptions['wait'];
  /** Each event is notified by itself and at once when absent. */
  readonly bundleTimes?: NotificationTimes['bundleTimes'];
  readonly retryDelay?: number;
  readonly tunnelTimings?: EngineOptions['tunnelTimings'];
  /** Takes what is to be done in the end; at the end of the test when absent. */
  readonly atEnd?: (close: () => Promise<void>) => void;
}

/** A clock that stands still at the present time: what the engine does by itself at some time does not fall due. */
export function stillClock(): () => number {
  const start = Date.now();
  return () => start;
}

/** A real engine in a temporary folder, closed after the test unless the options say otherwise. */
export async function openTestHost(options: TestHostOptions): Promise<TestHost> {
  const folder = options.folder ?? (await temporaryFolder());
  if (options.folder === undefined) placeNewDatabase(folder);
  const values = options.values ?? new Map<string, unknown>();
  const notes: HostNotification[] = [];
  const lines: string[] = [];
  const changes: Change[] = [];
  const ports: Ports = {
    folder,
    version: '0.0.0-test',
    desktop: false,
    store: memoryStore(values),
    cipher: mirrorCipher,
    fetch: globalThis.fetch,
    fetchFile: fileFetch,
    connectBroker: connectNats,
    notify: (note) => void notes.push(note),
    open: async () => false,
    now: Date.now,
    log: ({ text }) => void lines.push(text),
    ...options.ports,
  };
  const engine = await openEngine({
    ports,
    connectors: options.connectors,
    // On a busy machine a disk may take longer than senders wait.
    answerWithin: 120_000,
    notificationTimes: {
      bundleTimes: options.bundleTimes ?? { quiet: 0, longest: 0 },
      retryDelay: options.retryDelay,
    },
    ...(options.wait ? { wait: options.wait } : {}),
    ...(options.tunnelTimings ? { tunnelTimings: options.tunnelTimings } : {}),
  });
  engine.listen((change) => changes.push(change));
  (options.atEnd ?? onTestFinished)(() => engine.close());
  if (!options.atEnd) onTestFailed(() => console.error(['The last lines of the log:', ...lines.slice(-50)].join('\n')));
  const ask: TestHost['ask'] = async (method, input) => {
    const reply = await engine.ask(method, input);
    if (!reply.ok) throw new Error(`${method}: ${reply.problem.code}: ${reply.problem.message}`);
    return reply.value as never;
  };
  const connect = async (): Promise<string> => {
    const { receiver } = await ask('status.get', {});
    const url = `http://127.0.0.1:${receiver.port}`;
    await ask('settings.set', { tunnel: { provider: 'fixed', url } });
    await until(async () => (await ask('status.get', {})).tunnel.state === 'up');
    return url;
  };
  return { engine, notes, lines, changes, values, folder, ask, connect };
}
