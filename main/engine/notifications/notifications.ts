import type { NotificationMode, NotificationView, Settings } from '../../../preload/contract/index.ts';
import { notFound, RingbackError } from '../errors.ts';
import { describe } from '../log.ts';
import { notificationMessages } from '../messages/index.ts';
import type { HostNotification, Ports } from '../ports.ts';
import {
  countUnseen,
  type Ledger,
  type NotificationRow,
  type Row,
  selectEntries,
  selectNextDue,
  selectNotification,
  selectOldestDaily,
  selectReported,
  selectReports,
  selectUnannounced,
  toTime,
} from '../storage/index.ts';
import { minutes, seconds } from '../timing/index.ts';
import { type BundleTimes, composeNotifications } from './compose.ts';
import { createQueueDisplay, type DisplayOptions, defaultDigestTime, sendRequest, translated } from './display.ts';
import { createDoNotDisturb, type DoNotDisturb } from './do-not-disturb.ts';
import { isLouder, subjectOf } from './policy.ts';
import { nextTimeOfDay, pauseEnd } from './quiet-hours.ts';
import { type RetryTarget, retryTargetOf, toNotification } from './view.ts';

/** Notifies the user once of each event in the ledger, so that a crash between response and notification loses none. */
export interface Notifier {
  /** Asks for the effects to run: something to be shown was stored. Never throws. */
  process(): void;
  /** Queues what stored events are to be notified of, and shows what is queued. Throws where the ledger fails. */
  notifyStored(): Promise<void>;
  /** True while the user wants no notifications at all. */
  readonly muted: boolean;
  /** Until when notifications are paused, where they are. */
  readonly quietUntil: number | undefined;
  /** Whether the system's do-not-disturb pauses notifications; undefined where the host cannot know. */
  readonly doNotDisturb: boolean | undefined;
  /** What the host was given, whether it showed it or not, the latest first. */
  list(limit: number, onlyUnseen: boolean): NotificationView[];
  markSeen(notifications: { readonly ids: readonly number[] } | 'all'): Promise<void>;
  /** How many of the list the user has not seen. */
  readonly unseen: number;
  /** What can be started again about it. Throws where there is nothing. */
  retryTarget(id: number): RetryTarget;
  /** Stores it, to be shown now or at the next start; false while the user wants to see none. */
  queue(notice: NotificationRow): Promise<boolean>;
  /** Shows something that is no event; stored where the disk allows. */
  show(note: UnstoredNotification): Promise<void>;
  /** What is not shown by then is shown at the next start. */
  close(): void;
}

/** A notification that is shown at once, with its messages for other languages. */
type UnstoredNotification = HostNotification & Pick<NotificationView, 'titleMessage' | 'bodyMessage'>;

export interface NotificationTimes {
  /** How long events of one place and kind wait to share a notification; 10 s, and 30 s at most, where absent. */
  readonly bundleTimes?: BundleTimes | undefined;
  /** Milliseconds after which the host is given again what it could not show; a minute where absent. */
  readonly retryDelay?: number | undefined;
}

interface NotifierOptions extends NotificationTimes, Omit<DisplayOptions, 'bundleTimes'> {
  /** Whether the user has turned notifications off for now in the system. */
  readonly doNotDisturb?: Ports['doNotDisturb'];
  /** A pause of the notifications began or ended. */
  pauseChanged(): void;
}

type TimedOptions = NotifierOptions & DisplayOptions;

/** Events processed in one commit. */
const batchSize = 500;
const defaultBundleTimes: BundleTimes = { quiet: seconds(10), longest: seconds(30) };
/** Clocks that are set, and computers that sleep, delay a wake-up by so much at most. */
const longestSleep = minutes(1);

export function createNotifier(given: NotifierOptions): Notifier {
  const options: TimedOptions = { ...given, bundleTimes: given.bundleTimes ?? defaultBundleTimes };
  const { ledger, now, settings } = options;
  const closing = new AbortController();
  const doNotDisturb = createDoNotDisturb(options);
  const showQueued = createQueueDisplay(options, doNotDisturb, closing.signal);
  const wakeUp = createWakeUp(options, doNotDisturb, closing.signal);
  const reportPause = createPauseReport(options, doNotDisturb);
  const unseen = createUnseenCount(ledger);
  return {
    get muted() {
      return !settings().enabled;
    },
    get quietUntil() {
      return settings().enabled ? pauseEnd(settings(), now()) : undefined;
    },
    get doNotDisturb() {
      return doNotDisturb.active;
    },
    process: options.requested,
    async notifyStored() {
      while (!closing.signal.aborted && (await announceBatch(options))) await showQueued();
      await showQueued();
      reportPause();
      wakeUp();
    },
    async queue(notice) {
      if (!settings().enabled) return false;
      await ledger.write('announce', { notices: [notice] });
      options.requested();
      return true;
    },
    list: (limit, onlyUnseen) => selectEntries(ledger, onlyUnseen, limit).map(toNotification),
    get unseen() {
      return unseen();
    },
    async markSeen(notifications) {
      await ledger.write('noticesSeen', notifications);
      options.unseenChanged(countUnseen(ledger));
    },
    retryTarget: (id) => findRetryTarget(ledger, id),
    show: (notification) => showNow(options, notification),
    close: () => closing.abort(),
  };
}

/** Queues what the next stored events are to be notified of; false where there are no more. */
async function announceBatch(options: TimedOptions): Promise<boolean> {
  const { ledger, now, bundleTimes } = options;
  const rows = selectUnannounced(ledger, batchSize);
  const [first] = rows;
  const last = rows.at(-1);
  if (!first || !last) return false;
  const audible = options.settings().enabled ? await withoutMuted(options, rows) : [];
  const modeOf = (row: Row) => options.rules.modeOf(subjectOf(row));
  const reported = new Set(selectReported(ledger, Number(first.id), Number(last.id)));
  const unreported = audible.filter((row) => !reported.has(Number(row.id)) || isLoudestReport(row, ledger, modeOf));
  const notices = composeNotifications(unreported, { at: now(), times: bundleTimes, modeOf });
  await ledger.write('announce', { upTo: Number(last.id), notices });
  return rows.length === batchSize;
}

/** Those that a rule turns off are marked first, so that no copy of them counts as reported. */
async function withoutMuted({ ledger, rules }: TimedOptions, rows: readonly Row[]): Promise<Row[]> {
  const candidates = rows.filter(({ silent }) => silent === 0);
  const muted = new Set(candidates.filter((row) => rules.modeOf(subjectOf(row)) === 'off'));
  if (muted.size > 0) {
    await ledger.write(
      'eventsMuted',
      [...muted].map(({ id }) => Number(id)),
    );
  }
  return candidates.filter((row) => !muted.has(row));
}

/** Whether the rules want this report of a happening shown less quietly than all earlier ones. */
function isLoudestReport(row: Row, ledger: Ledger, modeOf: (row: Row) => NotificationMode): boolean {
  const wanted = modeOf(row);
  return selectReports(ledger, Number(row.id)).every((report) => isLouder(wanted, modeOf(report)));
}

function findRetryTarget(ledger: Ledger, id: number): RetryTarget {
  const row = selectNotification(ledger, id);
  if (!row) throw notFound('notification');
  const target = retryTargetOf(row);
  if (!target) throw new RingbackError('conflict', notificationMessages.nothingToRetry());
  return target;
}

async function showNow(options: TimedOptions, given: UnstoredNotification): Promise<void> {
  const notification = translated(given, options.language());
  const { ledger, log } = options;
  const { title, body } = notification;
  const at = options.now();
  await options.notify(notification);
  options.shown({ at: toTime(at), title, body });
  try {
    await ledger.write('announce', {
      notices: [{ event: null, at, title, body, shown: true, send: sendRequest(options) }],
    });
    options.requested();
    options.unseenChanged(countUnseen(ledger));
  } catch (error) {
    log.warn('notifications', `A notification could not be stored: ${describe(error)}`);
  }
}

/** Requests another run when the next waiting notification is due, or a pause begins or ends. */
function createWakeUp(options: TimedOptions, doNotDisturb: DoNotDisturb, signal: AbortSignal): () => void {
  const { ledger, now, requested, settings, bundleTimes } = options;
  let timer: NodeJS.Timeout | undefined;
  signal.addEventListener('abort', () => clearTimeout(timer));
  return () => {
    clearTimeout(timer);
    if (signal.aborted) return;
    const at = now();
    const due = selectNextDue(ledger, at);
    const waits = due === undefined ? [] : [Math.min(due - at, bundleTimes.longest)];
    const changes = timedChanges(settings(), selectOldestDaily(ledger) !== undefined, at);
    // No system says when its do-not-disturb ends.
    const reading = doNotDisturb.active ? [longestSleep] : [];
    const next = Math.min(...waits, ...reading, ...changes.map((time) => Math.min(time - at, longestSleep)));
    if (!Number.isFinite(next)) return;
    timer = setTimeout(requested, Math.max(next, 0));
    timer.unref();
  };
}

/** When time alone changes what is to be shown. */
function timedChanges(settings: Settings['notifications'], hasDaily: boolean, now: number): number[] {
  const { quietHours, digestAt = defaultDigestTime } = settings;
  const end = pauseEnd(settings, now);
  return [
    ...(end === undefined ? [] : [end]),
    ...(quietHours ? [nextTimeOfDay(quietHours.from, now)] : []),
    ...(hasDaily ? [nextTimeOfDay(digestAt, now)] : []),
  ];
}

function createPauseReport({ settings, now, pauseChanged }: TimedOptions, doNotDisturb: DoNotDisturb): () => void {
  const pause = (): string => `${pauseEnd(settings(), now())} ${doNotDisturb.active}`;
  let last = pause();
  return () => {
    const current = pause();
    if (current === last) return;
    last = current;
    pauseChanged();
  };
}

/** The last known count while the store is being replaced. */
function createUnseenCount(ledger: Ledger): () => number {
  let last = 0;
  return () => {
    try {
      last = countUnseen(ledger);
    } catch {
      // The count is part of the status, which is given all the same.
    }
    return last;
  };
}
