import { NotificationPage, type NotificationView, type Settings } from '../../../preload/contract.ts';
import { describe, type Log } from '../log.ts';
import type { HostNotification } from '../ports.ts';
import {
  countUnseen,
  type Ledger,
  type NotificationRow,
  type Row,
  selectBundledEvents,
  selectEntries,
  selectNextDue,
  selectUnannounced,
  selectUnshown,
  toTime,
} from '../storage/index.ts';
import { hours, minutes, seconds } from '../timing/index.ts';
import { type BundleTimes, bundleText, composeNotifications } from './compose.ts';

/** Notifies the user of each stored event once, from the ledger, so that a crash between response and notification loses neither. */
export interface Notifier {
  /** Asks for the effects to run: something to be shown was stored. Never throws. */
  process(): void;
  /** Queues what stored events are to be notified of, and shows what is queued. Throws where the ledger fails. */
  notifyStored(): Promise<void>;
  /** True while the user wants to see none. */
  readonly muted: boolean;
  /** What the host was given, whether it showed it or not, the latest first. */
  list(limit: number, onlyUnseen: boolean): NotificationView[];
  markSeen(notifications: { readonly ids: readonly number[] } | 'all'): Promise<void>;
  /** How many of the list the user has not seen. */
  readonly unseen: number;
  /** Stores it, to be shown now or at the next start; false while the user wants to see none. */
  queue(notice: NotificationRow): Promise<boolean>;
  /** Shows something that is no event; stored where the disk allows. */
  show(note: HostNotification): Promise<void>;
  /** What is not shown by then is shown at the next start. */
  close(): void;
}

export interface NotificationTimes {
  /** How long events of one place and kind wait to share a notification; 10 s, and 30 s at most, where absent. */
  readonly bundleTimes?: BundleTimes | undefined;
  /** Milliseconds after which the host is given again what it could not show; a minute where absent. */
  readonly retryAfter?: number | undefined;
}

export interface NotifierOptions extends NotificationTimes {
  readonly ledger: Ledger;
  /** Something to be shown was stored. */
  requested(): void;
  settings(): Settings['notifications'];
  now(): number;
  readonly log: Log;
  notify(note: HostNotification): void | Promise<void>;
  shown(notification: NotificationView): void;
  unseenChanged(count: number): void;
}

/** Events processed in one commit. */
const batchSize = 500;
const defaultBundleTimes: BundleTimes = { quiet: seconds(10), longest: seconds(30) };
/** A notification that could not be shown is retried, but not when it is older. */
const staleAfter = hours(24);
/** A host that does not answer by then counts as one that cannot show it now. */
const showTimeout = seconds(30);

export function createNotifier(options: NotifierOptions): Notifier {
  const { ledger, log, now, bundleTimes = defaultBundleTimes } = options;
  const closing = new AbortController();
  const isMuted = (): boolean => isMutedBy(options.settings(), now());
  const showQueued = createQueueDisplay({ ...options, bundleTimes }, closing.signal);
  const wakeUp = createWakeUp({ ...options, bundleTimes }, closing.signal);

  const unseen = createUnseenCount(ledger);

  const announceBatch = async (): Promise<boolean> => {
    const rows = selectUnannounced(ledger, batchSize);
    const last = rows.at(-1);
    if (!last) return false;
    const notices = isMuted()
      ? []
      : composeNotifications(
          rows.filter(({ silent }) => silent === 0),
          now(),
          bundleTimes,
        );
    await ledger.write('announce', { upTo: Number(last.id), notices });
    return rows.length === batchSize;
  };

  return {
    get muted() {
      return isMuted();
    },
    process: options.requested,
    async notifyStored() {
      while (!closing.signal.aborted && (await announceBatch())) await showQueued();
      await showQueued();
      wakeUp();
    },
    async queue(notice) {
      if (isMuted()) return false;
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
    async show(note) {
      const at = now();
      await options.notify(note);
      options.shown({ at: toTime(at), title: note.title, body: note.body });
      try {
        const notice = { event: null, at, title: note.title, body: note.body, shown: true };
        await ledger.write('announce', { notices: [notice] });
        options.unseenChanged(countUnseen(ledger));
      } catch (error) {
        log.warn('notifications', `A notification could not be stored: ${describe(error)}`);
      }
    },
    close: () => closing.abort(),
  };
}

type TimedOptions = NotifierOptions & { readonly bundleTimes: BundleTimes };

/** Requests another run when the next waiting notification is due. */
function createWakeUp({ ledger, now, requested, bundleTimes }: TimedOptions, signal: AbortSignal): () => void {
  let timer: NodeJS.Timeout | undefined;
  signal.addEventListener('abort', () => clearTimeout(timer));
  return () => {
    clearTimeout(timer);
    const at = now();
    const next = signal.aborted ? undefined : selectNextDue(ledger, at);
    if (next !== undefined) timer = setTimeout(requested, Math.min(next - at, bundleTimes.longest));
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

/** Shows what is queued, each once; what the host cannot show is retried later, and after the next one that it shows. */
function createQueueDisplay(options: TimedOptions, signal: AbortSignal): () => Promise<void> {
  const { ledger, now, bundleTimes } = options;
  const rejections = createRejections(options, signal);
  const showOne = async (row: Row): Promise<void> => {
    const id = Number(row.id);
    const text = Number(row.count) > 1 ? bundleText(selectBundledEvents(ledger, id)) : undefined;
    const notification = { ...toNotification(row), ...text };
    const { unseen: _unseen, ...note } = notification;
    try {
      await settledWithin(options.notify(note), showTimeout, signal);
    } catch (error) {
      if (signal.aborted) return;
      rejections.add(id, error);
      await ledger.write('shown', [{ id, text, refused: true }]);
      return;
    }
    await ledger.write('shown', [{ id, text }]);
    options.shown(notification);
    rejections.retry();
  };
  return async () => {
    const at = now();
    const due = { after: at - staleAfter, now: at, latest: at + bundleTimes.longest };
    const rows = selectUnshown(ledger, due, batchSize).filter(({ id }) => !rejections.has(Number(id)));
    for (const row of rows) if (!signal.aborted) await showOne(row);
    if (rows.length > 0 && !signal.aborted) options.unseenChanged(countUnseen(ledger));
  };
}

/** What the host could not show, until it is given it again. */
function createRejections({ log, requested, retryAfter = minutes(1) }: NotifierOptions, signal: AbortSignal) {
  const refused = new Set<number>();
  let timer: NodeJS.Timeout | undefined;
  signal.addEventListener('abort', () => clearTimeout(timer));
  const retry = (): void => {
    if (refused.size === 0) return;
    clearTimeout(timer);
    refused.clear();
    requested();
  };
  return {
    has: (id: number): boolean => refused.has(id),
    add(id: number, error: unknown): void {
      log.warn('notifications', `A notification could not be shown: ${describe(error)}`);
      refused.add(id);
      clearTimeout(timer);
      timer = setTimeout(retry, retryAfter);
    },
    retry,
  };
}

/** Rejects when it takes longer, or when the signal is aborted. */
async function settledWithin(work: void | Promise<void>, time: number, signal: AbortSignal): Promise<void> {
  if (work === undefined && !signal.aborted) return;
  const limit = AbortSignal.any([signal, AbortSignal.timeout(time)]);
  limit.throwIfAborted();
  let abort = (): void => {};
  const aborted = new Promise<never>((_resolve, reject) => {
    abort = () => reject(limit.reason);
    limit.addEventListener('abort', abort);
  });
  try {
    await Promise.race([work, aborted]);
  } finally {
    limit.removeEventListener('abort', abort);
  }
}

function isMutedBy({ enabled, pausedUntil }: Settings['notifications'], now: number): boolean {
  return !enabled || (pausedUntil !== null && Date.parse(pausedUntil) > now);
}

type NotificationMessages = Pick<NotificationView, 'titleMessage' | 'bodyMessage'>;

function toNotification(row: Row): NotificationView {
  const page = NotificationPage.safeParse(row.page);
  const isBundle = Number(row.count) > 1;
  return {
    id: String(row.id),
    at: toTime(row.at),
    title: String(row.title),
    body: String(row.body),
    ...(row.event === null || isBundle ? {} : { event: String(row.event) }),
    ...(row.seen === 0 ? { unseen: true } : {}),
    ...(isBundle ? { count: Number(row.count) } : {}),
    ...(row.backup === null ? {} : { backup: String(row.backup) }),
    ...(row.job === null ? {} : { job: String(row.job) }),
    ...(page.success ? { page: page.data } : {}),
    ...(row.urgent === 1 ? { urgent: true } : {}),
    ...(row.messages === null ? {} : (JSON.parse(String(row.messages)) as NotificationMessages)),
  };
}
