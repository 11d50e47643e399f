import { createHash } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, onTestFinished } from 'vitest';
import { createAutoflex } from '../../main/connectors/autoflex/connector.ts';
import { type AutoflexOptions, type AutoflexSandbox, startAutoflex } from '../../main/sandbox/autoflex/index.ts';
import { sha256 } from '../../main/sandbox/autoflex/large-file.ts';
import type { LoggedRequest } from '../../main/sandbox/http/traffic.ts';
import type { Backup, EventView } from '../../preload/contract/index.ts';
import { placeNewDatabase } from './disks/new-database.ts';
import { until } from './temporary.ts';
import { openTestHost, type TestHost, type TestHostOptions } from './test-host.ts';

/** The engine's time: no wait takes time. */
interface Time {
  /** Milliseconds of the waits of the connector and between the attempts of a download. */
  readonly waits: number[];
  /** Runs in place of every wait, which lasts as long as a promise that it returns. */
  onWait: () => unknown;
  /** Milliseconds the clock goes ahead. */
  ahead: number;
}

/** An account at the simulator of Autoflex10, and an engine that backs it up. */
export interface Garage {
  readonly autoflex: AutoflexSandbox;
  readonly host: TestHost;
  readonly connection: string;
  readonly time: Time;
  /** Requests to the simulator at paths that contain this. */
  requestsTo(path: string): LoggedRequest[];
  /** "Back up now". */
  start(): Promise<Backup>;
  /** Sends the callbacks, also the delayed ones. */
  call(): Promise<void>;
  /** Newest first. */
  backups(): Promise<readonly Backup[]>;
  /** The callbacks that were stored. */
  events(): Promise<readonly EventView[]>;
  /** Waits until the newest backup is in the state; throws where it failed instead. */
  reach(state: Backup['state']): Promise<Backup>;
  /** From the request to the files, which are compared with the simulator's. */
  backUp(): Promise<Backup>;
  /** From the request to its failure. */
  fail(): Promise<Backup>;
}

/** A callback that `call` sends. */
export const delayed = { callback: { after: 3600_000 } } as const;

/** `urlOf` makes the base URL of the account out of the documented one. */
type OpenGarage = (options?: AutoflexOptions, urlOf?: (url: string) => string) => Promise<Garage>;

/** One engine for all tests of a file, which is quicker; returns a function that opens an account for a test. */
export function shareEngine(): OpenGarage {
  const time = createTime();
  let host: TestHost;
  beforeAll(async () => {
    const folder = await mkdtemp(join(tmpdir(), 'ringback-'));
    placeNewDatabase(folder);
    host = await openTestHost({ ...hostOptionsOf(time), folder, atEnd: () => {} });
    await host.connect();
    return async () => {
      await host.engine.close();
      await rm(folder, { recursive: true, force: true, maxRetries: 5 });
    };
  });
  return async (options, urlOf) => {
    Object.assign(time, createTime());
    return openAccount(host, time, options, urlOf);
  };
}

/** With an engine of its own, whose clock may be moved and whose tunnel is not open yet. */
export async function openGarage(options: AutoflexOptions = {}): Promise<Garage> {
  const time = createTime();
  return openAccount(await openTestHost(hostOptionsOf(time)), time, options);
}

/** The same garage after the end of its engine, with another on the same folder. */
export async function restart(garage: Garage): Promise<Garage> {
  const { host, time, autoflex, connection } = garage;
  await host.engine.close();
  const { folder, values } = host;
  return garageOf(await openTestHost({ ...hostOptionsOf(time), folder, values }), time, autoflex, connection);
}

/** Adds the account, which signs in; gives the connection's id. */
export async function connectTo(
  { url, username, apiKey, password }: Pick<AutoflexSandbox, 'url' | 'username' | 'apiKey' | 'password'>,
  { ask }: Pick<TestHost, 'ask'>,
): Promise<string> {
  const settings = { baseUrl: url, username };
  const { id } = await ask('connections.add', { connector: 'autoflex', settings, secrets: { apiKey, password } });
  return id;
}

function createTime(): Time {
  return { waits: [], onWait: () => {}, ahead: 0 };
}

function hostOptionsOf(time: Time): Pick<TestHostOptions, 'connectors' | 'ports'> {
  const wait = async (milliseconds: number, signal: AbortSignal): Promise<void> => {
    time.waits.push(milliseconds);
    await time.onWait();
    await new Promise((resolve) => setImmediate(resolve));
    signal.throwIfAborted();
  };
  return { connectors: [createAutoflex({ wait })], ports: { wait, now: () => Date.now() + time.ahead } };
}

async function openAccount(
  host: TestHost,
  time: Time,
  options: AutoflexOptions = {},
  urlOf = (url: string) => url,
): Promise<Garage> {
  const autoflex = await startAutoflex({ ...options, file: { size: 300_000, ...options.file } });
  onTestFinished(() => autoflex.stop());
  const connection = await connectTo({ ...autoflex, url: urlOf(autoflex.url) }, host);
  // What it still does would be counted by the next test.
  onTestFinished(async () => void (await host.engine.ask('connections.remove', { id: connection })));
  return garageOf(host, time, autoflex, connection);
}

function garageOf(host: TestHost, time: Time, autoflex: AutoflexSandbox, connection: string): Garage {
  const order = () => host.ask('backups.start', { connection });
  const backups = () => host.ask('backups.list', { connection });
  const reach: Garage['reach'] = (state) =>
    until(async () => {
      const [newest] = await backups();
      if (newest?.state === 'failed' && state !== 'failed') throw new Error(newest.problem);
      return newest?.state === state ? newest : undefined;
    });
  return {
    autoflex,
    host,
    connection,
    time,
    requestsTo: (path) => autoflex.requests.filter((request) => request.path.includes(path)),
    start: order,
    async call() {
      autoflex.change({ callback: { after: 0 } });
      await autoflex.callAgain();
    },
    backups,
    async events() {
      const found = (await backups()).map(({ id }) => host.ask('events.list', { hook: id }));
      return (await Promise.all(found)).flatMap(({ events }) => events);
    },
    reach,
    async backUp() {
      const { id } = await order();
      const done = await reach('done');
      if (done.id !== id) throw new Error('Another backup was finished.');
      await compareWithServer(done, autoflex);
      return done;
    },
    async fail() {
      await order();
      return reach('failed');
    },
  };
}

/** Throws unless every file on disk equals the simulator's. */
async function compareWithServer({ file = '', files = [file] }: Backup, autoflex: AutoflexSandbox): Promise<void> {
  for (const [number, path] of files.entries()) {
    const here = createHash('sha256').update(await readFile(path));
    if (here.digest('hex') !== sha256(await autoflex.file(number))) throw new Error(`${path} is another file.`);
  }
}
