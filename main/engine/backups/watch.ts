import type { BackupAccount, BackupPlan, Settings } from '../../../preload/contract.ts';
import { toProblem } from '../errors.ts';
import { describe, type Log } from '../log.ts';
import type { Notifier } from '../notifications/index.ts';
import type { Ports } from '../ports.ts';
import type { Tunnel } from '../tunnel/index.ts';
import { damagedNotice, notStartedNotice, overdueNotice } from './messages.ts';
import type { BackupPlans } from './plans.ts';
import { type BackupRecord, completedBy, isOver, isVerified } from './record.ts';
import type { BackupRecords } from './records.ts';
import { dueSlot, nextSlot, overdueFor } from './schedule.ts';
import type { BackupVerifier } from './verifier.ts';

export interface BackupWatchOptions {
  readonly records: BackupRecords;
  readonly plans: BackupPlans;
  readonly checks: BackupVerifier;
  /** Connections that can be backed up. */
  accounts(): readonly { readonly connection: string; readonly name: string }[];
  readonly ports: Pick<Ports, 'now' | 'metered' | 'online'>;
  settings(): Settings['backups'];
  tunnel(): Pick<Tunnel, 'check'>;
  start(connection: string): Promise<unknown>;
  readonly notifier: Pick<Notifier, 'muted' | 'process' | 'queue' | 'show'>;
  readonly log: Log;
  /** What `standing` says has changed. */
  changed(): void;
}

/** The clockwork of backups: begins the planned ones, reads the newest again each week, misses those that did not come. */
export interface BackupWatch {
  /** Looks what is due now. Never throws. */
  look(): void;
  standing(connection: string): Pick<BackupAccount, 'nextAt' | 'waiting' | 'overdue'> & {
    readonly lastGood?: BackupRecord;
    readonly lastGoodAt?: number;
  };
  stop(): Promise<void>;
}

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;
const lookEvery = minute;
const verifyEvery = 7 * day;
/** An own address whose echo does not return is given up on after so long: some routers let nobody call home from inside. */
const echoPatience = 10 * minute;
/** A backup that is about to begin may still spare the user the reminder. */
const reminderPatience = 30 * minute;

interface Waiting {
  readonly since: number;
  readonly reason: string;
}

export function startBackupWatch(options: BackupWatchOptions): BackupWatch {
  const { records, plans, checks, ports, notifier, settings, log } = options;
  const { now } = ports;
  const waiting = new Map<string, Waiting>();
  const overdue = new Set<string>();
  const triedAt = new Map<string, number>();
  const toldSlots = new Map<string, number>();
  const remindedHere = new Map<string, number>();
  let running: Promise<void> | undefined;
  let again = false;
  let stopped = false;

  const of = (connection: string): BackupRecord[] => records.all.filter((one) => one.connection === connection);
  const lastGoodOf = (connection: string): BackupRecord | undefined => of(connection).find(isVerified);
  /** Since then, where that can be: clocks are wrong at times, and set right. */
  const isWithin = (span: number, since: number): boolean => since <= now() && now() - since < span;

  /** Undefined while nothing was ever asked of the account: then nothing is missed. */
  const lackingSince = (connection: string): number | undefined => {
    const good = lastGoodOf(connection);
    if (good) return completedBy(good, now());
    const began = [plans.progress(connection)?.since, of(connection).at(-1)?.createdAt].filter(
      (time) => time !== undefined,
    );
    return began.length > 0 ? Math.min(...began) : undefined;
  };
  const lackingFor = (connection: string, { overdueHours }: BackupPlan): number | undefined => {
    const since = lackingSince(connection);
    return since === undefined || overdueHours === null ? undefined : overdueFor(since, overdueHours, now());
  };

  const hindrance = async (connection: string): Promise<string | undefined> => {
    if (ports.online?.() === false) return 'There is no network.';
    if (settings().skipMetered && (await ports.metered?.())) return 'The network connection is metered.';
    const { state, provider, problem } = await options.tunnel().check();
    if (state === 'up') return undefined;
    const waited = now() - (waiting.get(connection)?.since ?? now());
    if (provider === 'fixed' && waited >= echoPatience) return undefined;
    return state === 'off' ? 'No tunnel is set.' : `The public address is not up. ${problem ?? ''}`.trim();
  };

  /** Once for each slot, and even where the disk takes nothing. */
  const tellUnbegun = async (connection: string, name: string, slot: number, error: unknown): Promise<void> => {
    log.warn('backups', `The planned backup of ${name} could not begin: ${describe(error)}`);
    if (toldSlots.get(connection) === slot || notifier.muted) return;
    toldSlots.set(connection, slot);
    const notice = notStartedNotice(name, toProblem(error).message, now());
    await notifier
      .queue(notice)
      .catch(() => notifier.show({ title: notice.title, body: notice.body, page: 'backups' }));
  };

  const keepSchedule = async (connection: string, name: string): Promise<void> => {
    const { schedule } = plans.of(connection);
    const settled = plans.progress(connection)?.settled ?? now();
    const slot = schedule ? dueSlot(schedule, settled, now()) : undefined;
    if (slot === undefined) return void waiting.delete(connection);
    const served = of(connection).some(
      (one) => one.createdAt >= slot && (one.state === 'done' ? one.createdAt <= now() : !isOver(one)),
    );
    const reason = served ? undefined : await hindrance(connection);
    if (stopped) return;
    if (reason !== undefined) {
      const since = waiting.get(connection)?.since ?? now();
      if (waiting.get(connection)?.reason === reason) return;
      waiting.set(connection, { since, reason });
      return options.changed();
    }
    waiting.delete(connection);
    try {
      // Before it begins: a crash, a failure or another start must not make it a second time.
      plans.setHandledSlot(connection, slot);
      if (!served) await options.start(connection);
    } catch (error) {
      await tellUnbegun(connection, name, slot, error);
    }
    options.changed();
  };

  const keepVerified = async (connection: string, name: string): Promise<void> => {
    const newest = of(connection).find((one) => one.state === 'done' && one.files.length > 0 && one.removedAt === null);
    if (!newest || !settings().verifyWeekly) return;
    const readAt = newest.verification?.at ?? newest.doneAt ?? 0;
    if (isWithin(verifyEvery, readAt) || isWithin(day, triedAt.get(newest.id) ?? 0)) return;
    triedAt.set(newest.id, now());
    await checks.verify(newest.id, (record) => (notifier.muted ? undefined : damagedNotice(record, name, now())));
    notifier.process();
  };

  const remind = async (connection: string, name: string): Promise<void> => {
    const plan = plans.of(connection);
    const hours = lackingFor(connection, plan);
    if (hours === undefined || plan.overdueHours === null) return;
    const { changedAt = 0, remindedAt = null } = plans.progress(connection) ?? {};
    // Whoever changed the plan has seen how things stand.
    if (isWithin(plan.overdueHours * hour, changedAt)) return;
    if ([remindedAt, remindedHere.get(connection) ?? null].some((at) => at !== null && isWithin(day, at))) return;
    if (of(connection).some((one) => !isOver(one))) return;
    if (isWithin(reminderPatience, waiting.get(connection)?.since ?? 0)) return;
    if (!(await notifier.queue(overdueNotice(name, hours, now())))) return;
    try {
      plans.noteReminder(connection);
    } catch (error) {
      // A store that takes nothing must not make it come every minute.
      remindedHere.set(connection, now());
      throw error;
    }
  };

  /** So that the hours without a good backup count from there, and not from the day that was stamped. */
  const noteAhead = async (connection: string): Promise<void> => {
    const { id, doneAt, aheadAt } = lastGoodOf(connection) ?? {};
    if (id === undefined || (doneAt ?? 0) <= now() || (aheadAt ?? now() + 1) <= now()) return;
    await records.change(id, () => ({ aheadAt: now() }));
  };

  const tellOverdue = (connection: string): void => {
    const isOverdue = lackingFor(connection, plans.of(connection)) !== undefined;
    if (overdue.has(connection) === isOverdue) return;
    if (isOverdue) overdue.add(connection);
    else overdue.delete(connection);
    options.changed();
  };

  const lookOnce = async (): Promise<void> => {
    for (const { connection, name } of options.accounts()) {
      tellOverdue(connection);
      for (const duty of [noteAhead, keepSchedule, remind, keepVerified]) {
        if (stopped) return;
        await duty(connection, name).catch(
          (error) => stopped || log.warn('backups', `Backups of ${name}: ${describe(error)}`),
        );
      }
    }
  };
  const run = async (): Promise<void> => {
    do {
      again = false;
      await lookOnce();
    } while (again && !stopped);
    running = undefined;
  };
  const look = (): void => {
    if (stopped) return;
    if (running) again = true;
    else running = run();
  };
  const timer = setInterval(look, lookEvery);
  timer.unref();

  return {
    look,
    standing(connection) {
      const plan = plans.of(connection);
      const settled = plans.progress(connection)?.settled ?? now();
      const due = plan.schedule
        ? (dueSlot(plan.schedule, settled, now()) ?? nextSlot(plan.schedule, now()))
        : undefined;
      const reason = waiting.get(connection)?.reason;
      const lastGood = lastGoodOf(connection);
      return {
        ...(due === undefined ? {} : { nextAt: new Date(due).toISOString() }),
        ...(reason === undefined ? {} : { waiting: reason }),
        overdue: lackingFor(connection, plan) !== undefined,
        ...(lastGood ? { lastGood, lastGoodAt: completedBy(lastGood, now()) } : {}),
      };
    },
    async stop() {
      stopped = true;
      clearInterval(timer);
      await running;
    },
  };
}
