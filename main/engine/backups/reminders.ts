import type { Notifier } from '../notifications/index.ts';
import { days, hours, minutes } from '../timing/index.ts';
import { overdueNotification } from './notifications.ts';
import { backupsOf, type History, isWithin, overdueHours } from './overdue.ts';
import { isOver } from './records/index.ts';
import type { MonitoredAccount } from './scheduled-starts.ts';

interface RemindersOptions extends History {
  readonly notifier: Pick<Notifier, 'queue'>;
  /** Since when a due backup waits to start. */
  waitingSince(connection: string): number | undefined;
}

/** A backup that is about to start may make the reminder unnecessary. */
const startTimeout = minutes(30);

/** Reminds the user once a day while an account has had no verified backup for longer than its plan allows. */
export class Reminders {
  readonly #options: RemindersOptions;
  /** Reminders that could not be stored. */
  readonly #unstored = new Map<string, number>();

  constructor(options: RemindersOptions) {
    this.#options = options;
  }

  async remind(account: MonitoredAccount): Promise<void> {
    const { connection } = account;
    const { plans, notifier, now } = this.#options;
    const hoursOverdue = overdueHours(this.#options, connection);
    if (hoursOverdue === undefined || !this.#isDue(connection)) return;
    // Taken before it is stored, however long that takes: the next one is due a day after this time.
    const at = now();
    if (!(await notifier.queue(overdueNotification(account, hoursOverdue, at)))) return;
    try {
      plans.noteReminder(connection, at);
    } catch (error) {
      // Where it cannot be stored, it must not repeat every minute.
      this.#unstored.set(connection, at);
      throw error;
    }
  }

  #isDue(connection: string): boolean {
    const { plans, now } = this.#options;
    const { changedAt = 0, remindedAt = null } = plans.progress(connection) ?? {};
    // A user who changed the plan has seen the state.
    if (isWithin(hours(plans.of(connection).overdueHours ?? 0), changedAt, now())) return false;
    const reminders = [remindedAt, this.#unstored.get(connection) ?? null];
    if (reminders.some((at) => at !== null && isWithin(days(1), at, now()))) return false;
    if (backupsOf(this.#options, connection).some((one) => !isOver(one))) return false;
    return !isWithin(startTimeout, this.#options.waitingSince(connection) ?? 0, now());
  }
}
