import type { NotificationMode } from '../../../preload/contract/index.ts';
import { notificationMessages, referenceOf, storedMessage } from '../messages/index.ts';
import { type NotificationRow, type Row, readEventMessages } from '../storage/index.ts';
import { subjectOf } from './policy.ts';

/** How long events of one place and kind wait for each other, in milliseconds. */
export interface BundleTimes {
  /** Since the last one, without a further one. */
  readonly quiet: number;
  /** After the first one, at the latest. */
  readonly longest: number;
}

/** More notifications than this at once become one. */
const maxSeparate = 50;

interface ComposeOptions {
  readonly at: number;
  readonly times: BundleTimes;
  modeOf(row: Row): NotificationMode;
}

/** Notifications of events: failures and ends of jobs at once and alone, others with those of their place and kind. */
export function composeNotifications(rows: readonly Row[], options: ComposeOptions): NotificationRow[] {
  const composed = rows.map((row) => toNotification(row, options));
  const hasTime = options.times.quiet > 0;
  const separate = new Set(composed.map(({ bundle, event }) => (bundle && hasTime ? bundle.key : event)));
  return separate.size <= maxSeparate ? composed : composed.map((notification) => toStorm(notification, options.times));
}

function toStorm(
  { event, at, title, titleMessage, about, mode }: NotificationRow,
  { quiet, longest }: BundleTimes,
): NotificationRow {
  const outcome = about?.outcome === 'failed' ? 'failed' : undefined;
  const bundle = {
    key: JSON.stringify(['many', mode ?? 'sound', ...(outcome ? [outcome] : [])]),
    ...{ quiet: Math.max(quiet, 1), longest: Math.max(longest, 1) },
  };
  return {
    event,
    at,
    title,
    ...(titleMessage ? { titleMessage } : {}),
    body: '',
    bundle,
    mode,
    ...(outcome ? { about: { outcome } } : {}),
  };
}

/** An event that ends a job is notified with the text of the job. */
function toNotification(row: Row, { at, times, modeOf }: ComposeOptions): NotificationRow {
  const mode = modeOf(row);
  const own = {
    ...{ event: Number(row.id), at, title: String(row.title), body: String(row.summary ?? '') },
    ...messagesOf(row),
    about: subjectOf(row),
    mode,
  };
  if (row.words !== null) {
    const { titleMessage: _title, bodyMessage: _body, ...rest } = own;
    return { ...rest, ...(JSON.parse(String(row.words)) as object), job: String(row.job) };
  }
  return row.outcome === 'failed' ? own : { ...own, bundle: { ...times, key: bundleKey(row, mode) } };
}

type OwnMessages = Pick<NotificationRow, 'titleMessage' | 'bodyMessage'>;

function messagesOf({ messages }: Row): OwnMessages {
  const { title, summary } = readEventMessages(messages);
  return { ...(title ? { titleMessage: title } : {}), ...(summary ? { bodyMessage: summary } : {}) };
}

/** Without a place of its own an event happened where its hook listens. */
function bundleKey({ connection, event, place, hook }: Row, mode: NotificationMode): string {
  return JSON.stringify([connection, event, place ?? hook, ...(mode === 'sound' ? [] : [mode])]);
}

type BundleText = Pick<NotificationRow, 'title' | 'body' | 'titleMessage' | 'bodyMessage'>;

/** The text for several events, the latest of which comes last. */
export function bundleText(events: readonly Row[]): BundleText {
  const last = events.at(-1);
  const event = storedMessage(String(last?.title ?? ''), readEventMessages(last?.messages).title);
  const failed = events.filter(({ outcome }) => outcome === 'failed').length;
  const title = bundleTitle(events);
  const body =
    failed > 0 ? notificationMessages.latestAndFailed({ event, failed }) : notificationMessages.latestEvent({ event });
  return { title: title.text, body: body.text, titleMessage: referenceOf(title), bodyMessage: referenceOf(body) };
}

function bundleTitle(events: readonly Row[]) {
  const [first] = events;
  const count = events.length;
  const isOneKind = events.every(({ plural, place }) => plural === first?.plural && place === first?.place);
  if (!isOneKind || typeof first?.plural !== 'string') return notificationMessages.manyEvents({ count });
  const kind = storedMessage(first.plural, readEventMessages(first.messages).plural);
  return notificationMessages.manyOfKind({ count, kind, place: String(first.place ?? '') });
}
