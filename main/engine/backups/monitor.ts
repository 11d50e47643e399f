import type { BackupAccount } from '../../../preload/contract/index.ts';
import { describe } from '../log.ts';
import { referenceOf } from '../messages/index.ts';
import type { Notifier } from '../notifications/index.ts';
import { toTime } from '../storage/index.ts';
import { coalesce, minutes } from '../timing/index.ts';
import { dueSlot, nextSlot } from './calendar/index.ts';
import { lastVerified, overdueHours } from './overdue.ts';
import { completedBy, sizeOf } from './records/index.ts';
import { Reminders } from './reminders.ts';
import { type MonitoredAccount, ScheduledStarts, type ScheduledStartsOptions } from './scheduled-starts.ts';
import { reportDone } from './shared/index.ts';
import type { BackupVerifier } from './verifier.ts';
import { WeeklyVerification } from './weekly-verification.ts';

interface BackupMonitorOptions extends ScheduledStartsOptions {
  readonly verifier: BackupVerifier;
  readonly notifier: Pick<Notifier, 'muted' | 'process' | 'queue' | 'show'>;
  /** Connections that support backups. */
  accounts(): readonly MonitoredAccount[];
}

type AccountState = Pick<
  BackupAccount,
  'lastProven' | 'lastElsewhere' | 'nextAt' | 'waiting' | 'waitingMessage' | 'overdue'
>;

/** Starts scheduled backups, reads the newest again each week, and reminds of overdue ones. */
export interface BackupMonitor {
  /** Checks what is due now. Never throws. */
  check(): void;
  stateOf(connection: string): AccountState;
  stop(): Promise<void>;
}

const interval = minutes(1);

export function startBackupMonitor(options: BackupMonitorOptions): BackupMonitor {
  return new Monitor(options);
}

class Monitor implements BackupMonitor {
  readonly #options: BackupMonitorOptions;
  readonly #starts: ScheduledStarts;
  readonly #tasks: readonly ((account: MonitoredAccount, signal: AbortSignal) => Promise<void>)[];
  /** Accounts that were overdue when last checked. */
  readonly #overdue = new Set<string>();
  readonly #stopping = new AbortController();
  readonly #timer = setInterval(() => this.check(), interval).unref();
  readonly #checkAll = coalesce(() => this.#checkAccounts());
  #running: Promise<void> | undefined;

  constructor(options: BackupMonitorOptions) {
    this.#options = options;
    const starts = new ScheduledStarts(options);
    const reminders = new Reminders({ ...options, waitingSince: (connection) => starts.waitingOf(connection)?.since });
    const verification = new WeeklyVerification(options);
    this.#starts = starts;
    this.#tasks = [
      ({ connection }) => this.#noteFutureTime(connection),
      ({ connection, shared }) => reportDone(connection, shared, options),
      (account, signal) => starts.startDue(account, signal),
      (account) => reminders.remind(account),
      (account) => verification.verify(account),
    ];
  }

  check(): void {
    if (!this.#stopping.signal.aborted) this.#running = this.#checkAll();
  }

  stateOf(connection: string): AccountState {
    const { now } = this.#options;
    const next = this.#nextSlot(connection);
    const reason = this.#starts.waitingOf(connection)?.reason;
    const verified = lastVerified(this.#options, connection);
    const other = this.#options.plans.otherOf(connection);
    const [file] = verified?.files ?? [];
    const at = verified && toTime(completedBy(verified, now()));
    return {
      ...(verified && file && at
        ? { lastProven: { id: verified.id, at, bytes: sizeOf(verified), file: file.path } }
        : {}),
      ...(other === undefined ? {} : { lastElsewhere: { ...other, at: toTime(other.at) } }),
      ...(next === undefined ? {} : { nextAt: toTime(next) }),
      ...(reason === undefined ? {} : { waiting: reason.text, waitingMessage: referenceOf(reason) }),
      overdue: overdueHours(this.#options, connection) !== undefined,
    };
  }

  async stop(): Promise<void> {
    this.#stopping.abort();
    clearInterval(this.#timer);
    await this.#running;
  }

  #nextSlot(connection: string): number | undefined {
    const { plans, now } = this.#options;
    const { schedule } = plans.of(connection);
    if (!schedule) return undefined;
    return dueSlot(schedule, plans.progress(connection)?.settled ?? now(), now()) ?? nextSlot(schedule, now());
  }

  async #checkAccounts(): Promise<void> {
    const { signal } = this.#stopping;
    for (const account of this.#options.accounts()) {
      this.#publishOverdue(account.connection);
      for (const task of this.#tasks) {
        if (signal.aborted) return;
        await task(account, signal).catch((error) => {
          if (!signal.aborted) this.#options.log.warn('backups', `Backups of ${account.name}: ${describe(error)}`);
        });
      }
    }
  }

  #publishOverdue(connection: string): void {
    const isOverdue = overdueHours(this.#options, connection) !== undefined;
    if (this.#overdue.has(connection) === isOverdue) return;
    if (isOverdue) this.#overdue.add(connection);
    else this.#overdue.delete(connection);
    this.#options.changed();
  }

  /** Records when a completion time in the future was first seen, from which the hours without a backup then count. */
  async #noteFutureTime(connection: string): Promise<void> {
    const { records, now } = this.#options;
    const { id, doneAt, aheadAt } = lastVerified(this.#options, connection) ?? {};
    if (id === undefined || (doneAt ?? 0) <= now() || (aheadAt ?? now() + 1) <= now()) return;
    await records.change(id, () => ({ aheadAt: now() }));
  }
}
