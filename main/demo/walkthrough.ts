import { setTimeout as delay } from 'node:timers/promises';
import type { Backup, Change, EventView, Job } from '../../preload/contract/index.ts';
import { ask } from '../engine/ask.ts';
import { RingbackError } from '../engine/errors.ts';
import type { Engine } from '../engine/index.ts';
import type { Sandbox } from '../sandbox/index.ts';

/** The scenarios of the sandbox that the walkthrough uses. */
type Scenarios = Pick<Sandbox['aps'], 'project' | 'upload' | 'publish' | 'callbacks'> & {
  readonly manufacturing: Pick<Sandbox['aps']['manufacturing'], 'component' | 'milestone'>;
};

/** A callback as the sandbox sent it; not all kinds have an id. */
interface SentCallback {
  readonly event: string;
  readonly body: string;
  readonly deliveryId?: string;
  readonly attempts: readonly { readonly at: number }[];
}

interface WalkthroughOptions {
  readonly engine: Pick<Engine, 'ask' | 'listen'>;
  readonly sandbox: { readonly aps: Scenarios };
  readonly connections: Readonly<Record<'aps' | 'manufacturing' | 'autoflex', { readonly id: string }>>;
  /** Timeout of each step, in milliseconds. */
  readonly timeout: number;
  say(line: string): void;
}

/** The parameters of all steps. */
interface Steps extends WalkthroughOptions {
  readonly reports: EngineReports;
  /** The hooks created so far. */
  readonly hooks: Set<string>;
  /** Waits for a step; throws `problem` where it fails or takes too long. */
  within<T>(problem: string, result: Promise<T>): Promise<T>;
}

/**
 * Demonstrates the main functions over real HTTP: hooks are registered, jobs run, callbacks arrive and notify, a backup
 * is downloaded. Throws an error about the step that failed.
 */
export async function runWalkthrough(options: WalkthroughOptions): Promise<void> {
  const hooks = new Set<string>();
  const reports = followEngine(options.engine, hooks);
  const within: Steps['within'] = (problem, result) => inTime(problem, options.timeout, result);
  const steps: Steps = { ...options, hooks, reports, within };
  const { project, manufacturing, ...aps } = options.sandbox.aps;
  try {
    await waitForTunnel(steps);
    await createHook(steps, 'dm.version.added', { folder: project.folder });
    await createHook(steps, 'model.publish', { folder: project.folder });
    const { id: component, name } = manufacturing.component('Frame');
    await createHook(steps, 'MILESTONE_CREATED', { component }, options.connections.manufacturing);
    await followCallbacks(steps, 'Tower.rvt is uploaded', aps.upload({ name: 'Tower.rvt' }));
    await followCallbacks(steps, 'Tower.rvt is published', aps.publish({ name: 'Tower.rvt' }));
    await followCallbacks(steps, 'the published version appears', aps.upload({ name: 'Tower.rvt' }));
    await translate(steps, 'pump.ipt');
    await followCallbacks(steps, `a milestone of ${name} is created`, manufacturing.milestone({ component }));
    await backUp(steps);
  } finally {
    reports.stop();
  }
}

async function waitForTunnel({ engine, reports, within, say }: Steps): Promise<void> {
  const started = performance.now();
  const url = await within('the tunnel did not come up', tunnelUp(engine, reports));
  say(`The tunnel is up after ${Math.round(performance.now() - started)} ms: an echo came back through ${url}.`);
}

async function createHook(
  { engine, connections, hooks, within, say }: Steps,
  event: string,
  scope: Record<string, string>,
  connection = connections.aps,
): Promise<void> {
  const created = ask(engine, 'hooks.create', { connection: connection.id, event, scope });
  const { id } = await within(`a hook for ${event} could not be registered`, created);
  hooks.add(id);
  say(`Registered a hook for ${event} on one ${Object.keys(scope)[0]}, with its own secret.`);
}

/** Only the first callback notifies; the later ones belong to the same job. */
async function followCallbacks(
  { reports, within, say }: Steps,
  what: string,
  callbacks: Promise<readonly SentCallback[]>,
): Promise<void> {
  say(`In the sandbox, ${what} …`);
  for (const [index, callback] of (await within(`no callback was sent after ${what}`, callbacks)).entries()) {
    const event = await within(`the callback after ${what} did not arrive`, reports.event(callback));
    const notified =
      index === 0
        ? await within(`nothing notified after ${what}`, reports.notification({ event: event.id }))
        : undefined;
    say(describeCallback(event, callback, notified));
  }
}

async function translate({ engine, sandbox, connections, reports, within, say }: Steps, name: string): Promise<void> {
  say(`Ringback starts a translation of ${name}, after registering the hooks of its workflow …`);
  const urn = `urn:adsk.objects:os.object:sandbox-bucket/${name}`;
  const started = ask(engine, 'jobs.start', { connection: connections.aps.id, urn });
  const job = await within('the translation was not accepted', started);
  for (const { event, scope } of await ask(engine, 'hooks.list', { connection: connections.aps.id })) {
    if (scope.workflow !== undefined) say(`Registered a hook for ${event} on one workflow.`);
  }
  const ended = await within('the translation did not end', watch(engine, job, say));
  const notified = await within('the end of the translation did not notify', reports.notification({ job: job.id }));
  const isItsEnd = ({ event, body }: SentCallback): boolean =>
    event === 'extraction.finished' && body.includes(job.urn);
  const sent = found(() => sandbox.aps.callbacks.find(isItsEnd));
  const callback = await within('no callback was sent after the translation', sent);
  const event = await within('the callback of the translation did not arrive', reports.event(callback));
  say(describeCallback(event, callback, notified));
  say(describeJob(ended));
}

async function backUp({ engine, connections, reports, within, say }: Steps): Promise<void> {
  say('Ringback requests a backup of the garage in the sandbox …');
  const started = ask(engine, 'backups.start', { connection: connections.autoflex.id });
  const { id } = await within('the backup was not accepted', started);
  say(describeBackup(await within('the backup did not finish', reports.backup(id))));
}

function describeBackup({ createdAt, doneAt, bytes = 0, sha256 = '', file = '' }: Backup): string {
  const took = Date.parse(doneAt ?? createdAt) - Date.parse(createdAt);
  return (
    `The callback arrived, its secret was exchanged for the file, and the file passed its integrity check: ${bytes} bytes, ` +
    `SHA-256 ${sha256.slice(0, 16)}…, verified ${took} ms after the request. It is ${file}`
  );
}

function describeJob({ name, state, createdAt, endedAt = createdAt, outputs = [] }: Job): string {
  const took = Date.parse(endedAt) - Date.parse(createdAt);
  const results = outputs.map(({ format, state: own }) => `${format}: ${own}`).join(', ');
  return `The translation of ${name} is one row: ${state} (${results}) after ${took} ms, with its callbacks in it.`;
}

function describeCallback(
  { title, receivedAt }: EventView,
  { event, body, attempts }: SentCallback,
  notified: number | undefined,
): string {
  const sent = attempts[0]?.at ?? 0;
  const arrived = Date.parse(receivedAt) - sent;
  const end = notified === undefined ? 'and it updated its job' : `and it notified after ${notified - sent} ms`;
  return `“${title}”: ${event} arrived ${arrived} ms after it was sent, its signature was verified, its ${Buffer.byteLength(body)} bytes are stored unchanged, ${end}.`;
}

/** Polls the progress until the job ends. */
async function watch(engine: WalkthroughOptions['engine'], job: Job, say: WalkthroughOptions['say']): Promise<Job> {
  let current = job;
  while (current.endedAt === undefined) {
    await delay(100);
    const { progress } = current;
    current = await ask(engine, 'jobs.refresh', { id: job.id });
    if (current.progress !== undefined && current.progress !== progress) say(`Progress: ${current.progress}%.`);
  }
  return current;
}

async function found<T>(look: () => T | undefined): Promise<T> {
  for (;;) {
    const value = look();
    if (value !== undefined) return value;
    await delay(10);
  }
}

/** What the engine reports during the walkthrough. */
interface EngineReports {
  /**
   * Resolves with the event of this callback, after checking that its signature was verified and its bytes are
   * unchanged. Rejects where a callback was rejected.
   */
  event(callback: SentCallback): Promise<EventView>;
  /** Resolves with the time of the notification of an event or a job's end. */
  notification(of: { readonly event: string } | { readonly job: string }): Promise<number>;
  /** Resolves when the backup was verified and stored. Rejects where it failed. */
  backup(id: string): Promise<Backup>;
  tunnelUp(): Promise<string>;
  stop(): void;
}

function followEngine(engine: WalkthroughOptions['engine'], hooks: ReadonlySet<string>): EngineReports {
  const changes: { readonly change: Change; readonly at: number }[] = [];
  let more = Promise.withResolvers<void>();
  const stop = engine.listen((change) => {
    changes.push({ change, at: Date.now() });
    more.resolve();
    more = Promise.withResolvers();
  });
  const first = async <T>(find: (change: Change, at: number) => T | undefined | Promise<T | undefined>): Promise<T> => {
    for (let index = 0; ; ) {
      const next = changes[index];
      const found = next && (await find(next.change, next.at));
      if (found !== undefined) return found;
      if (next) index += 1;
      else await more.promise;
    }
  };
  const isOf = async ({ id, deliveryId, verified }: EventView, callback: SentCallback): Promise<boolean> => {
    if (verified !== 'signature' || deliveryId !== callback.deliveryId) return false;
    return (await ask(engine, 'events.get', { id })).body === callback.body;
  };
  return {
    event: (callback) =>
      first(async (change) => {
        if (change.type === 'rejection' && hooks.has(change.rejection.hook ?? '')) {
          throw new RingbackError('provider', `it was rejected: ${change.rejection.reason}`);
        }
        return change.type === 'event' && (await isOf(change.event, callback)) ? change.event : undefined;
      }),
    notification: (of) =>
      first((change, at) => {
        if (change.type !== 'notification') return undefined;
        const { event, job } = change.notification;
        return ('event' in of ? of.event === event : of.job === job) ? at : undefined;
      }),
    backup: (id) =>
      first((change) => {
        if (change.type !== 'backup' || change.backup.id !== id) return undefined;
        if (change.backup.state === 'failed' || change.backup.state === 'cancelled')
          throw new RingbackError('provider', change.backup.problem ?? 'it failed');
        return change.backup.state === 'done' ? change.backup : undefined;
      }),
    tunnelUp: () =>
      first((change) =>
        change.type === 'status' && change.status.tunnel.state === 'up' ? change.status.tunnel.url : undefined,
      ),
    stop,
  };
}

async function tunnelUp(engine: WalkthroughOptions['engine'], reports: EngineReports): Promise<string> {
  const { state, url } = await ask(engine, 'tunnel.check', {});
  return state === 'up' && url ? url : reports.tunnelUp();
}

async function inTime<T>(problem: string, timeout: number, result: Promise<T>): Promise<T> {
  const late = Promise.withResolvers<never>();
  const timer = setTimeout(
    () => late.reject(new RingbackError('offline', `nothing happened for ${timeout / 1000} s`)),
    timeout,
  );
  try {
    return await Promise.race([result, late.promise]);
  } catch (cause) {
    if (!(cause instanceof RingbackError)) throw cause;
    throw new RingbackError(cause.code, `The walkthrough stopped: ${problem} (${cause.message}).`, { cause });
  } finally {
    clearTimeout(timer);
  }
}
