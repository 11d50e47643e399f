import { type Message, notificationMessages, referenceOf, storedMessage } from '../messages/index.ts';
import {
  type Ledger,
  type NotificationRow,
  type Row,
  selectHeld,
  selectOldestDaily,
  waitsForPause,
  wasSent,
} from '../storage/index.ts';
import { subjectOfNotification } from './policy.ts';
import { latestTimeOfDay } from './quiet-hours.ts';
import { toNotification } from './view.ts';

/** Whether a digest of what is held is due now, outside pauses: after a pause at once, else at the time of day. */
function isDigestDue(ledger: Ledger, held: readonly Row[], digestAt: string, now: number): boolean {
  if (held.some(waitsForPause)) return true;
  const oldest = selectOldestDaily(ledger);
  return oldest !== undefined && oldest < latestTimeOfDay(digestAt, now);
}

interface ReleaseOptions {
  readonly ledger: Ledger;
  readonly digestAt: string;
  now(): number;
  /** Whether the user, or quiet hours, paused notifications. */
  isPaused(): boolean;
  /** Whether this computer is not to show any. */
  isQuiet(): Promise<boolean>;
  show(row: Row): Promise<void>;
  /** Sends it away, and holds it until this computer may show it. */
  send(row: Row): Promise<void>;
}

/** Releases what is held: a single notification as it is, several as one; what was sent already apart from the rest. */
export async function releaseHeld(options: ReleaseOptions): Promise<void> {
  const { ledger, digestAt, now } = options;
  const isDue = (held: readonly Row[]): boolean => isDigestDue(ledger, held, digestAt, now()) && !options.isPaused();
  const held = selectHeld(ledger);
  const sent = held.filter(wasSent);
  if (sent.length > 0 && isDue(sent) && !(await options.isQuiet())) await release(options, sent, options.show);
  const unsent = held.filter((row) => !wasSent(row));
  if (unsent.length === 0 || !isDue(unsent)) return;
  // The digest of several is looked at again before it is shown.
  await release(options, unsent, async (row) => ((await options.isQuiet()) ? options.send(row) : options.show(row)));
}

async function release(
  { ledger, now }: ReleaseOptions,
  held: readonly Row[],
  giveAlone: ReleaseOptions['show'],
): Promise<void> {
  const [first] = held;
  if (first && held.length === 1) return giveAlone(first);
  const of = held.map(({ id }) => Number(id));
  await ledger.write('digest', { notice: toDigest(held, now()), of, sent: held.every(wasSent) });
}

function toDigest(held: readonly Row[], at: number): NotificationRow {
  const count = held.reduce((sum, row) => sum + Math.max(1, Number(row.count)), 0);
  const failed = held.filter(isFailure).length;
  const last = held.at(-1);
  const latest = last ? titleOf(last) : '';
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

function titleOf(row: Row): Message | string {
  const { title, titleMessage } = toNotification(row);
  return storedMessage(title, titleMessage);
}

/** Whether the notification is of a failure, or is to stay until the user closes it. */
export function isFailure(row: Row): boolean {
  return row.urgent === 1 || subjectOfNotification(row)?.outcome === 'failed';
}
