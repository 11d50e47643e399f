import type { Settings } from '../../../preload/contract/index.ts';
import { toProblem } from '../errors.ts';
import { describe, type Log } from '../log.ts';
import { backupMessages, type Message, withCause } from '../messages/index.ts';
import type { Notifier } from '../notifications/index.ts';
import type { Ports } from '../ports.ts';
import { minutes } from '../timing/index.ts';
import type { Tunnel } from '../tunnel/index.ts';
import { dueSlot } from './calendar/index.ts';
import { notStartedNotification } from './notifications.ts';
import { backupsOf, type History } from './overdue.ts';
import { type Account, type BackupRecord, isOver } from './records/index.ts';
import { type Agreement, agreeOn, type BackupCoordinator } from './shared/index.ts';

export type MonitoredAccount = Pick<Account, 'connection' | 'name' | 'shared'>;

export interface ScheduledStartsOptions extends History {
  readonly ports: Pick<Ports, 'metered' | 'online'>;
  settings(): Settings['backups'];
  tunnel(): Pick<Tunnel, 'check'>;
  start(connection: string, token: number | undefined): Promise<Pick<BackupRecord, 'lease'>>;
  coordinator(): BackupCoordinator;
  readonly notifier: Pick<Notifier, 'muted' | 'queue' | 'show'>;
  readonly log: Log;
  /** A backup was started, or waits for another reason. */
  changed(): void;
}

interface Waiting {
  readonly since: number;
  readonly reason: Message;
  /** Since when it waits for this reason. */
  readonly reasonSince: number;
}

/** A custom URL whose echo does not return is used after this long: some routers do not forward requests from inside. */
const echoTimeout = minutes(10);

/** Starts scheduled backups when they are due and nothing prevents them. */
export class ScheduledStarts {
  readonly #options: ScheduledStartsOptions;
  readonly #waiting = new Map<string, Waiting>();
  /** The slot of each account whose failed start was reported. */
  readonly #reported = new Map<string, number>();

  constructor(options: ScheduledStartsOptions) {
    this.#options = options;
  }

  /** Why the account's due backup has not started. */
  waitingOf(connection: string): Waiting | undefined {
    return this.#waiting.get(connection);
  }

  async startDue(account: MonitoredAccount, signal: AbortSignal): Promise<void> {
    const { connection } = account;
    const slot = this.#dueSlot(connection);
    if (slot === undefined) return void this.#waiting.delete(connection);
    const served = this.#isServed(connection, slot);
    const agreement: Agreement = served ? { kind: 'made' } : await this.#prepare(account, slot);
    if (signal.aborted) return;
    if (agreement.kind === 'wait') return this.#wait(connection, agreement.reason);
    this.#waiting.delete(connection);
    await this.#start(account, slot, agreement);
    this.#options.changed();
  }

  #dueSlot(connection: string): number | undefined {
    const { plans, now } = this.#options;
    const { schedule } = plans.of(connection);
    return schedule ? dueSlot(schedule, plans.progress(connection)?.settled ?? now(), now()) : undefined;
  }

  /** Whether a backup since the slot is done or in progress. */
  #isServed(connection: string, slot: number): boolean {
    const now = this.#options.now();
    return backupsOf(this.#options, connection).some(
      (one) => one.createdAt >= slot && (one.state === 'done' ? one.createdAt <= now : !isOver(one)),
    );
  }

  /** Other computers are asked last: whoever claims the backup can make it. */
  async #prepare({ connection, shared }: MonitoredAccount, slot: number): Promise<Agreement> {
    const reason = await this.#obstacle(connection);
    if (reason !== undefined) return { kind: 'wait', reason };
    const waited = this.#waitedFor(connection, backupMessages.waitingTeam());
    return agreeOn({ connection, account: shared, slot, waited }, this.#options);
  }

  async #obstacle(connection: string): Promise<Message | undefined> {
    const { ports, settings } = this.#options;
    if (ports.online?.() === false) return backupMessages.waitingOffline();
    if (settings().skipMetered && (await ports.metered?.())) return backupMessages.waitingMetered();
    const { state, provider, problem, reason } = await this.#options.tunnel().check();
    if (state === 'up') return undefined;
    const waited = this.#elapsed(this.#waiting.get(connection)?.since);
    if (provider === 'fixed' && waited >= echoTimeout) return undefined;
    if (state === 'off') return backupMessages.waitingNoTunnel();
    const waiting = backupMessages.waitingTunnel();
    return problem === undefined ? waiting : withCause(waiting, { message: problem, reason });
  }

  #wait(connection: string, reason: Message): void {
    const known = this.#waiting.get(connection);
    const now = this.#options.now();
    // A wait that began in the future counts from now: the clock was set back meanwhile.
    const since = Math.min(known?.since ?? now, now);
    const reasonSince = known?.reason.code === reason.code ? Math.min(known.reasonSince, now) : now;
    this.#waiting.set(connection, { since, reason, reasonSince });
    if (known?.reason.text !== reason.text) this.#options.changed();
  }

  /** How long the backup has waited for this reason without another in between, in milliseconds. */
  #waitedFor(connection: string, { code }: Message): number {
    const known = this.#waiting.get(connection);
    return this.#elapsed(known?.reason.code === code ? known.reasonSince : undefined);
  }

  #elapsed(since: number | undefined): number {
    const now = this.#options.now();
    return Math.max(0, now - (since ?? now));
  }

  async #start(account: MonitoredAccount, slot: number, agreement: Agreement): Promise<void> {
    const { plans, start } = this.#options;
    const token = agreement.kind === 'start' ? agreement.token : undefined;
    let isUsed = false;
    try {
      // Stored first: after a crash or a failure the backup must not be made a second time.
      plans.setHandledSlot(account.connection, slot);
      if (agreement.kind === 'start') isUsed = (await start(account.connection, token)).lease?.token === token;
    } catch (error) {
      await this.#report(account, slot, error);
    } finally {
      if (token !== undefined && !isUsed) await this.#options.coordinator().release(account.shared, token);
    }
  }

  /** Once for each slot, and even where the disk stores nothing. */
  async #report(account: MonitoredAccount, slot: number, error: unknown): Promise<void> {
    const { notifier, log, now } = this.#options;
    const { connection, name } = account;
    log.warn('backups', `The scheduled backup of ${name} could not start: ${describe(error)}`);
    if (this.#reported.get(connection) === slot || notifier.muted) return;
    this.#reported.set(connection, slot);
    const notification = notStartedNotification(account, toProblem(error), now());
    const { title, body } = notification;
    await notifier.queue(notification).catch(() => notifier.show({ title, body, page: 'backups' }));
  }
}
