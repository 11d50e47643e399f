import type { Schedule } from '../../../../preload/contract/index.ts';
import { backupMessages, type Message } from '../../messages/index.ts';
import { days, hours } from '../../timing/index.ts';
import {
  type BackupPlans,
  type BackupRecord,
  type BackupRecords,
  isOver,
  isVerified,
  sizeOf,
} from '../records/index.ts';
import type { BackupCoordinator } from './coordinator.ts';

export type Agreement =
  /** This computer makes it, under this lease where there are others. */
  | { readonly kind: 'start'; readonly token?: number }
  | { readonly kind: 'wait'; readonly reason: Message }
  /** Another computer has made it. */
  | { readonly kind: 'made' };

interface AgreementOptions {
  readonly plans: BackupPlans;
  readonly records: BackupRecords;
  coordinator(): BackupCoordinator;
  now(): number;
}

interface DueBackup {
  readonly connection: string;
  readonly account: string;
  readonly slot: number;
  /** How long it has waited to start, in milliseconds. */
  readonly waited: number;
}

/** How long the computer that made the last backup waits for others that it cannot ask. */
const unknownTimeout = hours(1);

/** Whether this computer makes the due backup. */
export async function agreeOn(due: DueBackup, options: AgreementOptions): Promise<Agreement> {
  const { plans, coordinator, now } = options;
  const { connection, account, waited } = due;
  const period = periodOf(plans.of(connection).schedule);
  const claim = await coordinator().claim({ account, period });
  switch (claim.kind) {
    case 'alone':
      return { kind: 'start' };
    case 'held':
      return { kind: 'start', token: claim.token };
    case 'taken':
      return { kind: 'wait', reason: backupMessages.waitingOther({ computer: claim.computer }) };
    case 'made': {
      const { age, ...backup } = claim.backup;
      plans.noteOther(connection, { ...backup, at: now() - age });
      return { kind: 'made' };
    }
    case 'unknown':
      return waited >= unknownTimeout && madeLast(due, period, options)
        ? { kind: 'start' }
        : { kind: 'wait', reason: backupMessages.waitingTeam() };
  }
}

function periodOf(schedule: Schedule | null): number {
  return schedule?.every === 'week' ? days(7) : days(1);
}

/** Whether the backup before this one was made here: of several computers that is true of one. */
function madeLast({ connection, slot }: DueBackup, period: number, { records, plans }: AgreementOptions): boolean {
  const last = records.all.find((one) => one.connection === connection && one.state === 'done');
  const other = plans.otherOf(connection)?.at ?? Number.NEGATIVE_INFINITY;
  return last !== undefined && last.createdAt >= slot - 1.5 * period && last.createdAt > other;
}

interface ReportOptions {
  readonly records: BackupRecords;
  coordinator(): BackupCoordinator;
}

/** Tells the others of a planned backup that ended here, until that succeeds. */
export async function reportDone(connection: string, account: string, options: ReportOptions): Promise<void> {
  const { records, coordinator } = options;
  const open = records.all.filter(
    (one) => one.connection === connection && isOver(one) && one.lease?.reported === false,
  );
  for (const record of open) {
    if (await isReported(record, account, coordinator()))
      await records.change(record.id, ({ lease }) => (lease ? { lease: { ...lease, reported: true } } : undefined));
  }
}

async function isReported(record: BackupRecord, account: string, coordinator: BackupCoordinator): Promise<boolean> {
  const { lease, state, files } = record;
  if (lease && state === 'done') {
    const file = files[0]?.path ?? '';
    const { token } = lease;
    return coordinator.report({ account, token, bytes: sizeOf(record), verified: isVerified(record), file });
  }
  // Another computer may try.
  if (lease) await coordinator.release(account, lease.token);
  return true;
}
