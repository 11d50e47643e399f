import type { Settings } from '../../../preload/contract/index.ts';
import type { Notifier } from '../notifications/index.ts';
import { days } from '../timing/index.ts';
import { damagedNotification } from './notifications.ts';
import { backupsOf, isWithin } from './overdue.ts';
import { type BackupRecords, hasFiles } from './records/index.ts';
import type { MonitoredAccount } from './scheduled-starts.ts';
import type { BackupVerifier } from './verifier.ts';

interface WeeklyVerificationOptions {
  readonly records: BackupRecords;
  readonly verifier: BackupVerifier;
  readonly notifier: Pick<Notifier, 'muted' | 'process'>;
  settings(): Settings['backups'];
  now(): number;
}

/** Reads the newest backup of each account again once a week; an attempt that fails is repeated the next day. */
export class WeeklyVerification {
  readonly #options: WeeklyVerificationOptions;
  readonly #triedAt = new Map<string, number>();

  constructor(options: WeeklyVerificationOptions) {
    this.#options = options;
  }

  async verify({ connection, name }: MonitoredAccount): Promise<void> {
    const { verifier, notifier, settings, now } = this.#options;
    const newest = backupsOf(this.#options, connection).find(hasFiles);
    if (!newest || !settings().verifyWeekly) return;
    const readAt = newest.verification?.at ?? newest.doneAt ?? 0;
    if (isWithin(days(7), readAt, now()) || isWithin(days(1), this.#triedAt.get(newest.id) ?? 0, now())) return;
    this.#triedAt.set(newest.id, now());
    await verifier.verify(newest.id, (record) =>
      notifier.muted ? undefined : damagedNotification(record, name, now()),
    );
    notifier.process();
  }
}
