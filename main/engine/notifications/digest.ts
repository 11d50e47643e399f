import { notificationMessages, referenceOf } from '../messages/index.ts';
import {
  type Ledger,
  type NotificationRow,
  type Row,
  selectHeld,
  selectOldestDaily,
  waitsForPause,
} from '../storage/index.ts';
import { subjectOfNotification } from './policy.ts';
import { latestTimeOfDay } from './quiet-hours.ts';

/** Whether a digest of what is held is due now, outside pauses: after a pause at once, else at the time of day. */
function isDigestDue(ledger: Ledger, held: readonly Row[], digestAt: string, now: number): boolean {
  if (held.some(waitsForPause)) return true;
  const oldest = selectOldestDaily(ledger);
  return oldest !== undefined && oldest < latestTimeOfDay(digestAt, now);
}

/** Shows what is held: a single notification as it is, several as one. */
export async function releaseHeld(options: {
  readonly ledger: Ledger;
  readonly digestAt: string;
  now(): number;
  isPaused(): Promise<boolean>;
  show(row: Row): Promise<void>;
}): Promise<void> {
  const { ledger, now } = options;
  const held = selectHeld(ledger);
  const [first] = held;
  if (!first || !isDigestDue(ledger, held, options.digestAt, now())) return;
  if (await options.isPaused()) return;
  if (held.length === 1) return options.show(first);
  await ledger.write('digest', { notice: toDigest(held, now()), of: held.map(({ id }) => Number(id)) });
}

function toDigest(held: readonly Row[], at: number): NotificationRow {
  const count = held.reduce((sum, row) => sum + Math.max(1, Number(row.count)), 0);
  const failed = held.filter(isFailure).length;
  const latest = String(held.at(-1)?.title ?? '');
  const title = held.some(waitsForPause)
    ? notificationMessages.earlierNotifications({ count })
    : notificationMessages.dailySummary({ count });
  const body =
    failed > 0
      ? notificationMessages.latestAndFailed({ event: latest, failed })
      : notificationMessages.latestEvent({ event: latest });
  const messages = { titleMessage: referenceOf(title), bodyMessage: referenceOf(body) };
  return { event: null, at, title: title.text, body: body.text, ...messages };
}

/** Of a failure, or to stay until the user closes it. */
export function isFailure(row: Row): boolean {
  return row.urgent === 1 || subjectOfNotification(row)?.outcome === 'failed';
}
