import { notificationMessages, referenceOf } from '../messages/index.ts';
import type { NotificationRow, Row } from '../storage/index.ts';

/** How long events of one place and kind wait for each other, in milliseconds. */
export interface BundleTimes {
  /** Without a further one. */
  readonly quiet: number;
  /** After the first one, at the latest. */
  readonly longest: number;
}

/** More notifications than this at once become one. */
const maxSeparate = 50;
const stormKey = 'many';

/** Notifications of stored events: failures and ends of jobs at once and alone, others with those of their place and kind. */
export function composeNotifications(rows: readonly Row[], at: number, times: BundleTimes): NotificationRow[] {
  const composed = rows.map((row) => toNotification(row, at, times));
  const separate = new Set(composed.map(({ bundle, event }) => (bundle && times.quiet > 0 ? bundle.key : event)));
  if (separate.size <= maxSeparate) return composed;
  return composed.map(({ event, title }) => ({
    ...{ event, at, title, body: '' },
    bundle: { key: stormKey, quiet: Math.max(times.quiet, 1), longest: Math.max(times.longest, 1) },
  }));
}

/** An event that ends a job is notified with the text of the job. */
function toNotification(row: Row, at: number, times: BundleTimes): NotificationRow {
  const own = { event: Number(row.id), at, title: String(row.title), body: String(row.summary ?? '') };
  if (row.words !== null) return { ...own, ...(JSON.parse(String(row.words)) as object), job: String(row.job) };
  return row.outcome === 'failed' ? own : { ...own, bundle: { ...times, key: bundleKey(row) } };
}

/** Without a place of its own an event happened where its hook listens. */
function bundleKey({ connection, event, place, hook }: Row): string {
  return JSON.stringify([connection, event, place ?? hook]);
}

type BundleText = Pick<NotificationRow, 'title' | 'body' | 'titleMessage' | 'bodyMessage'>;

/** The text for several events, the latest of which comes last. */
export function bundleText(events: readonly Row[]): BundleText {
  const latest = String(events.at(-1)?.title ?? '');
  const failed = events.filter(({ outcome }) => outcome === 'failed').length;
  const title = bundleTitle(events);
  const body =
    failed > 0
      ? notificationMessages.latestAndFailed({ event: latest, failed })
      : notificationMessages.latestEvent({ event: latest });
  return { title: title.text, body: body.text, titleMessage: referenceOf(title), bodyMessage: referenceOf(body) };
}

function bundleTitle(events: readonly Row[]) {
  const [first] = events;
  const count = events.length;
  const isOneKind = events.every(({ plural, place }) => plural === first?.plural && place === first?.place);
  if (!isOneKind || typeof first?.plural !== 'string') return notificationMessages.manyEvents({ count });
  return notificationMessages.manyOfKind({ count, kind: first.plural, place: String(first.place ?? '') });
}
