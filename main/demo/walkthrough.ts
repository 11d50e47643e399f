import { setTimeout as delay } from 'node:timers/promises';
import type { Backup, Change, EventView, Job } from '../../preload/contract.ts';
import { ask } from '../engine/ask.ts';
import { RingbackError } from '../engine/errors.ts';
import type { Engine } from '../engine/index.ts';
import type { Sandbox } from '../sandbox/index.ts';

/** What happens in the sandbox. */
type Scenarios = Pick<Sandbox['aps'], 'project' | 'upload' | 'publish' | 'callbacks'> & {
  readonly manufacturing: Pick<Sandbox['aps']['manufacturing'], 'component' | 'milestone'>;
};

/** A callback as the sandbox sent it; not every kind bears an id. */
interface Sent {
  readonly event: string;
  readonly body: string;
  readonly deliveryId?: string;
  readonly attempts: readonly { readonly at: number }[];
}

export interface TourOptions {
  readonly engine: Pick<Engine, 'ask' | 'listen'>;
  readonly sandbox: { readonly aps: Scenarios };
  readonly connections: Readonly<Record<'aps' | 'manufacturing' | 'autoflex', { readonly id: string }>>;
  /** Milliseconds each step may take. */
  readonly patience: number;
  say(line: string): void;
}

/** Shows the main job on real HTTP: hooks are registered, work is done, callbacks ring, a backup is fetched. Throws a sentence about the step that did not happen. */
export async function runTour({ engine, sandbox, connections, patience, say }: TourOptions): Promise<void> {
  const { project, manufacturing, ...aps } = sandbox.aps;
  const hooks = new Set<string>();
  const heard = hear(engine, hooks);
  const within = <T>(step: string, happening: Promise<T>): Promise<T> => inTime(step, patience, happening);
  const register = async (event: string, scope: Record<string, string>, from = connections.aps): Promise<void> => {
    const step = `a hook for ${event} could not be registered`;
    const { id } = await within(step, ask(engine, 'hooks.create', { connection: from.id, event, scope }));
    hooks.add(id);
    say(`A hook for ${event} is registered for one ${Object.keys(scope)[0]}, with a secret of its own.`);
  };
  /** `ringing` callbacks are announced; those behind them go on with the same story and do not ring. */
  const follow = async (what: string, callbacks: Promise<readonly Sent[]>, ringing = 1): Promise<void> => {
    say(`In the sandbox ${what} …`);
    for (const [index, callback] of (await within(`no callback was sent after ${what}`, callbacks)).entries()) {
      const event = await within(`the callback after ${what} did not arrive`, heard.event(callback));
      const rings = index < ringing;
      const rang = rings
        ? await within(`the callback after ${what} was not announced`, heard.notification({ event: event.id }))
        : undefined;
      say(tell(event, callback, rang));
    }
  };
  const translate = async (name: string): Promise<void> => {
    say(`A translation of ${name} is ordered from here, after the hooks of its workflow …`);
    const urn = `urn:adsk.objects:os.object:sandbox-bucket/${name}`;
    const order = ask(engine, 'jobs.start', { connection: connections.aps.id, urn });
    const job = await within('the translation was not accepted', order);
    for (const { event, scope } of await ask(engine, 'hooks.list', { connection: connections.aps.id })) {
      if (scope.workflow !== undefined) say(`A hook for ${event} is registered for one workflow.`);
    }
    const over = await within('the translation did not end', watch(engine, job, say));
    const rang = await within('the end of the translation was not announced', heard.notification({ job: job.id }));
    const isItsEnd = (sent: Sent): boolean => sent.event === 'extraction.finished' && sent.body.includes(job.urn);
    const callback = await within(
      'no callback was sent after the translation',
      found(() => aps.callbacks.find(isItsEnd)),
    );
    say(tell(await within('the callback of the translation did not arrive', heard.event(callback)), callback, rang));
    say(tellJob(over));
  };
  try {
    const began = performance.now();
    const url = await within('the tunnel did not come up', tunnelUp(engine, heard));
    say(`The tunnel is up after ${Math.round(performance.now() - began)} ms: our own echo came back through ${url}.`);
    await register('dm.version.added', { folder: project.folder });
    await register('model.publish', { folder: project.folder });
    const { id: component, name } = manufacturing.component('Frame');
    await register('MILESTONE_CREATED', { component }, connections.manufacturing);
    await follow('Tower.rvt is uploaded', aps.upload({ name: 'Tower.rvt' }));
    await follow('Tower.rvt is published', aps.publish({ name: 'Tower.rvt' }));
    await follow('the published version appears', aps.upload({ name: 'Tower.rvt' }));
    await translate('pump.ipt');
    await follow(`a milestone of ${name} is made`, manufacturing.milestone({ component }));
    say('A backup of the garage in the sandbox is asked for …');
    const { id } = await within(
      'the backup was not accepted',
      ask(engine, 'backups.start', { connection: connections.autoflex.id }),
    );
    say(tellBackup(await within('the backup was not finished', heard.backup(id))));
  } finally {
    heard.end();
  }
}

function tellBackup({ createdAt, doneAt, bytes = 0, sha256 = '', file = '' }: Backup): string {
  const took = Date.parse(doneAt ?? createdAt) - Date.parse(createdAt);
  return (
    `The callback came, its secret was exchanged for the file, and the file is whole: ${bytes} bytes, ` +
    `SHA-256 ${sha256.slice(0, 16)}…, proven ${took} ms after it was asked for. It is ${file}`
  );
}

/** Asks how far it is until it is over. */
async function watch(engine: TourOptions['engine'], job: Job, say: TourOptions['say']): Promise<Job> {
  let present = job;
  while (present.endedAt === undefined) {
    await delay(100);
    const { progress } = present;
    present = await ask(engine, 'jobs.refresh', { id: job.id });
    if (present.progress !== undefined && present.progress !== progress) say(`It is at ${present.progress} %.`);
  }
  return present;
}

async function found<T>(look: () => T | undefined): Promise<T> {
  for (;;) {
    const value = look();
    if (value !== undefined) return value;
    await delay(10);
  }
}

function tellJob({ name, state, createdAt, endedAt = createdAt, outputs = [] }: Job): string {
  const took = Date.parse(endedAt) - Date.parse(createdAt);
  const made = outputs.map(({ format, state: own }) => `${format}: ${own}`).join(', ');
  return `The translation of ${name} is one row: ${state} (${made}) after ${took} ms, with its callbacks in it.`;
}

function tell({ title, receivedAt }: EventView, { event, body, attempts }: Sent, rang: number | undefined): string {
  const sent = attempts[0]?.at ?? 0;
  const arrived = Date.parse(receivedAt) - sent;
  const bytes = Buffer.byteLength(body);
  return (
    `“${title}”: ${event} arrived ${arrived} ms after it was sent, was proven genuine by its signature, ` +
    `its ${bytes} bytes are stored exactly as sent, and ` +
    (rang === undefined
      ? 'it goes on with a story that rings at its end.'
      : `it was announced after ${rang - sent} ms.`)
  );
}

/** What the engine says while the tour is on. */
interface Heard {
  /** Resolves with the event of this very callback: proven by its signature, its bytes stored unchanged. Rejects when a callback is refused. */
  event(callback: Sent): Promise<EventView>;
  /** Resolves when the event or the job's end was announced, with the time. */
  notification(of: { readonly event: string } | { readonly job: string }): Promise<number>;
  /** Resolves when the backup is proven and in its place. Rejects when it failed. */
  backup(id: string): Promise<Backup>;
  tunnelUp(): Promise<string>;
  end(): void;
}

function hear(engine: TourOptions['engine'], hooks: ReadonlySet<string>): Heard {
  const changes: { readonly change: Change; readonly at: number }[] = [];
  let more = Promise.withResolvers<void>();
  const end = engine.listen((change) => {
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
  const isOf = async ({ id, deliveryId, verified }: EventView, callback: Sent): Promise<boolean> => {
    if (verified !== 'signature' || deliveryId !== callback.deliveryId) return false;
    return (await ask(engine, 'events.get', { id })).body === callback.body;
  };
  return {
    event: (callback) =>
      first(async (change) => {
        if (change.type === 'rejection' && hooks.has(change.rejection.hook ?? '')) {
          throw new RingbackError('provider', `it was refused: ${change.rejection.reason}`);
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
    end,
  };
}

async function tunnelUp(engine: TourOptions['engine'], heard: Heard): Promise<string> {
  const { state, url } = await ask(engine, 'tunnel.check', {});
  return state === 'up' && url ? url : heard.tunnelUp();
}

async function inTime<T>(step: string, patience: number, happening: Promise<T>): Promise<T> {
  const late = Promise.withResolvers<never>();
  const timer = setTimeout(
    () => late.reject(new RingbackError('offline', `nothing happened for ${patience / 1000} s`)),
    patience,
  );
  try {
    return await Promise.race([happening, late.promise]);
  } catch (cause) {
    if (!(cause instanceof RingbackError)) throw cause;
    throw new RingbackError(cause.code, `The tour stopped: ${step} (${cause.message}).`, { cause });
  } finally {
    clearTimeout(timer);
  }
}
