import type { EventView, Hook, Recovery as RecoveryEntry } from '../../../preload/contract.ts';
import type { Connector, Context, EventNoun } from '../connector/index.ts';
import { toProblem } from '../errors.ts';
import { clean } from '../hooks/index.ts';
import { toRow } from '../ingress/index.ts';
import type { JobRecord, Jobs } from '../jobs/index.ts';
import { endNotice } from '../jobs/index.ts';
import { describe, type Log } from '../log.ts';
import {
  type Events,
  type Ledger,
  type NotificationRow,
  type ResourceNames,
  selectMonitored,
  selectRecoveries,
  toTime,
} from '../storage/index.ts';
import { countMissed } from './messages.ts';

/** Fills gaps: whatever the hooks could not tell while nothing could reach this computer is asked of the providers afterwards. */
export interface Recovery {
  /** To be called when the hooks were looked at, and when the tunnel changed. Never throws. */
  check(): void;
  /** To be called when the computer slept: what was monitored until then no longer is. */
  markStale(): void;
  /** Resolves when no search is in progress. */
  settled(): Promise<void>;
  /** The latest first. */
  list(limit: number): RecoveryEntry[];
  close(): Promise<void>;
}

export interface RecoveryOptions {
  readonly ledger: Ledger;
  readonly events: Events;
  readonly resourceNames: Pick<ResourceNames, 'pathOf'>;
  /** Nouns of the connectors for counting events. */
  readonly eventNouns: readonly EventNoun[];
  /** The own hooks that are meant to tell something. */
  hooks(): readonly Hook[];
  open(connection: string): { readonly connector: Connector; readonly context: Context };
  /** Whether callbacks arrive at present. */
  reachable(): boolean;
  jobs(): Pick<Jobs, 'refreshOpen' | 'unreported' | 'markReported'>;
  now(): number;
  readonly log: Log;
  /** True while the user wants to see no notifications, or something else reports what was found. */
  muted(): boolean;
  /** An event was found. */
  stored(event: number): void;
  /** Something was queued to be shown. */
  queued(): void;
  changed(): void;
}

const minute = 60_000;
/** What a listing of the hooks, every quarter of an hour, has not confirmed is in doubt. */
const monitoredFor = 20 * minute;
/** Asked again so often at most, as long as callbacks do not arrive. */
const askEvery = 10 * minute;
const markEvery = 5 * minute;
/** Deliveries that were under way when the way was cut. */
const margin = 2 * minute;
/** A shorter interruption is bridged by the provider's own retries, and not told. */
const worthTelling = 2 * minute;
/** Hooks asked for side by side. */
const parallel = 4;

type Gap = RecoveryEntry['gaps'][number];

export function createRecovery(options: RecoveryOptions): Recovery {
  const { ledger, events, now, log } = options;
  let unbroken = false;
  let markedAt = 0;
  let askedAt = 0;
  let running: Promise<void> | undefined;
  let again = false;
  let closed = false;

  const monitoredAt = (hook: string): number | undefined => selectMonitored(ledger, hook);
  const attend = (hooks: readonly string[], at: number): Promise<void> =>
    ledger.write('recovered', { attended: { at, hooks } });

  /** Gives why not everything could be found. */
  const ask = async (hook: Hook, since: number): Promise<string | undefined> => {
    const { connector, context } = options.open(hook.connection);
    if (!connector.recovery) return `${connector.title} cannot be asked for what it would have told.`;
    const { id, connection, system, event, scope, region, filter } = hook;
    const latest = events.latestBody(id);
    const parentOf = (resource: string): string | undefined => events.parentOf(resource);
    const watched = { ...clean({ system, event, scope, region, filter, latest }), parentOf };
    const { bodies, incompleteReason } = await connector.recovery.missed(context, watched, since - margin);
    const registered = clean({ system, event, scope });
    const nameOf = (resource: string): string | undefined => events.nameOf(resource);
    for (const body of bodies) {
      if (closed) return undefined;
      const names = { nameOf, pathOf: options.resourceNames.pathOf };
      const delivery = { method: 'POST', suffix: '', headers: {}, body, hook: registered, ...names };
      const address = { hook: id, connection, connector, registered, label: event };
      const row = toRow(address, delivery, { genuine: true, verified: 'address' }, now());
      const found = { ...row, verified: 'lookup', silent: true, recoveredSince: since - margin };
      const { event: stored, repeated } = await ledger.write('delivery', found);
      if (!repeated) options.stored(stored);
    }
    return incompleteReason;
  };

  const fill = async (hooks: readonly Hook[]): Promise<void> => {
    const began = now();
    const gaps: Gap[] = [];
    const filled: string[] = [];
    let from = began;
    const waiting = [...hooks];
    const work = async (): Promise<void> => {
      for (let hook = waiting.shift(); hook && !closed; hook = waiting.shift()) {
        const since = monitoredAt(hook.id);
        from = Math.min(from, since ?? began);
        try {
          const reason = since === undefined ? undefined : await ask(hook, since);
          filled.push(hook.id);
          if (reason !== undefined && since !== undefined && began - since >= worthTelling) {
            gaps.push({ hook: hook.id, from: toTime(since), reason });
          }
        } catch (error) {
          log.warn('recovery', `What a hook missed could not be asked for: ${describe(error)}`);
          if (since !== undefined && began - since >= worthTelling) {
            gaps.push({ hook: hook.id, from: toTime(since), reason: `${toProblem(error).message} It is asked again.` });
          }
        }
      }
    };
    await Promise.all([options.jobs().refreshOpen(), ...Array.from({ length: parallel }, work)]);
    if (closed) return;
    await recount({ began, from, gaps, filled });
  };

  /** Tells what was found since the last time, all in one notification: also what a crash kept from being told. */
  const recount = async ({ began, from, gaps, filled }: Filling): Promise<void> => {
    const found = events.recovered();
    const jobs = options.jobs().unreported();
    const count = found.length + jobs.length;
    const text = countMissed(found, jobs, options.eventNouns);
    const notice = count > 0 && !options.muted() ? toNotice(found, jobs, text, now()) : undefined;
    if (jobs.length > 0) await options.jobs().markReported(jobs, notice);
    const worthKeeping = count > 0 || (began - from >= worthTelling && isNews(gaps));
    const record = { from: toTime(from), to: toTime(began), found: count, text, gaps };
    const upTo = found.reduce((most, { id }) => Math.max(most, Number(id)), 0);
    await ledger.write('recovered', {
      attended: { at: began, hooks: filled },
      ...(worthKeeping ? { recovery: { at: now(), record: JSON.stringify(record), upTo } } : {}),
      ...(notice && jobs.length === 0 ? { notice } : {}),
    });
    if (notice) options.queued();
    if (worthKeeping) options.changed();
  };

  /** The same gaps as last time, while nothing changes, are no news. */
  const isNews = (gaps: readonly Gap[]): boolean => {
    const [last] = list(1);
    const known = new Set(last?.gaps.map(({ hook, reason }) => `${hook} ${reason}`));
    return gaps.some(({ hook, reason }) => !known.has(`${hook} ${reason}`));
  };

  const step = async (): Promise<void> => {
    const reachable = options.reachable();
    const hooks = options.hooks().filter(({ paused }) => !paused);
    const began = now();
    const sound = hooks.filter((hook) => reachable && isSound(hook));
    // Of what is paused nobody wants to hear, neither now nor when it is resumed.
    const unasked = options.hooks().filter(({ id, paused }) => paused && monitoredAt(id) !== undefined);
    const fresh = sound.filter(({ id }) => monitoredAt(id) === undefined);
    if (unasked.length > 0) await ledger.write('unattended', ids(unasked));
    if (fresh.length > 0) await attend(ids(fresh), began);
    const doubtful = hooks.filter((hook) => {
      const at = monitoredAt(hook.id);
      return at !== undefined && (!unbroken || !sound.includes(hook) || began - at > monitoredFor);
    });
    if (doubtful.length > 0 && ((reachable && !unbroken) || began - askedAt >= askEvery)) {
      askedAt = began;
      unbroken = reachable;
      await fill(doubtful);
    } else {
      if (reachable) unbroken = true;
      if (options.jobs().unreported().length > 0) await fill([]);
    }
    if (!options.reachable()) unbroken = false;
    else if (began - markedAt >= markEvery && !closed) {
      markedAt = began;
      await attend(ids(sound.filter((hook) => !doubtful.includes(hook))), began);
    }
  };

  const run = async (): Promise<void> => {
    try {
      do {
        again = false;
        await step();
      } while (again && !closed);
    } catch (error) {
      if (!closed) log.warn('recovery', `Looking for what was missed failed: ${describe(error)}`);
    } finally {
      running = undefined;
    }
  };
  const list = (limit: number): RecoveryEntry[] =>
    selectRecoveries(ledger, limit).map((row) => ({
      id: String(row.id),
      at: toTime(row.at),
      ...JSON.parse(String(row.record)),
    }));

  return {
    check() {
      if (!options.reachable()) unbroken = false;
      if (closed) return;
      if (running) again = true;
      else running = run();
    },
    markStale() {
      unbroken = false;
    },
    settled: async () => running,
    list,
    async close() {
      closed = true;
      await running;
    },
  };
}

interface Filling {
  readonly began: number;
  readonly from: number;
  readonly gaps: readonly Gap[];
  readonly filled: readonly string[];
}

function isSound({ current, status }: Hook): boolean {
  return current === true && (status === 'active' || status === 'reactivated');
}

function ids(hooks: readonly Hook[]): string[] {
  return hooks.map(({ id }) => id);
}

function toNotice(events: readonly EventView[], jobs: readonly JobRecord[], text: string, at: number): NotificationRow {
  const [event] = events;
  const [job] = jobs;
  const about = { event: 'ringback.recovery' };
  if (job && events.length + jobs.length === 1) return endNotice(job, at);
  if (event && events.length + jobs.length === 1) {
    return { event: Number(event.id), at, title: event.title, body: 'It happened while no callback could arrive.' };
  }
  return { event: null, page: 'events', at, title: 'While you were away', body: text, about };
}
