import { NotificationPage, type NotificationView, type Settings } from '../../../preload/contract.ts';
import { hours, seconds } from '../durations.ts';
import { describe, type Log } from '../log.ts';
import type { HostNotification } from '../ports.ts';
import {
  type Ledger,
  type NotificationRow,
  type Row,
  selectBundledEvents,
  selectNextDue,
  selectShown,
  selectUnannounced,
  selectUnshown,
  toTime,
} from '../storage/index.ts';
import { type BundleTimes, bundleText, composeNotifications } from './compose.ts';

/** Notifies the user of each stored event once, from the ledger, so that a crash between response and notification loses neither. */
export interface Notifier {
  /** Asks for the effects to run: something to be shown was stored. Never throws. */
  process(): void;
  /** Queues what stored events are to be notified of, and shows what is queued. Throws where the ledger fails. */
  notifyStored(): Promise<void>;
  /** True while the user wants to see none. */
  readonly muted: boolean;
  list(limit: number): NotificationView[];
  /** Stores it, to be shown now or at the next start; false while the user wants to see none. */
  queue(notice: NotificationRow): Promise<boolean>;
  /** Shows something that is no event; stored where the disk allows. */
  show(note: HostNotification): Promise<void>;
  /** What is not shown by then is shown at the next start. */
  close(): void;
}

export interface NotifierOptions {
  readonly ledger: Ledger;
  /** Something to be shown was stored. */
  requested(): void;
  settings(): Settings['notifications'];
  now(): number;
  readonly log: Log;
  notify(note: HostNotification): void | Promise<void>;
  shown(notification: NotificationView): void;
  /** How long events of one place and kind wait for each other. */
  readonly bundleTimes?: BundleTimes | undefined;
}

/** Events processed in one commit. */
const batchSize = 500;
const defaultBundleTimes: BundleTimes = { quiet: seconds(10), longest: seconds(30) };
/** A notification that could not be shown is retried at the next start, but not when it is older. */
const staleAfter = hours(24);
/** A host that does not answer by then counts as one that cannot show it now. */
const showTimeout = seconds(30);

export function createNotifier(options: NotifierOptions): Notifier {
  const { ledger, log, now, bundleTimes = defaultBundleTimes } = options;
  const closing = new AbortController();
  const isMuted = (): boolean => isMutedBy(options.settings(), now());
  const showQueued = createQueueDisplay({ ...options, bundleTimes }, closing.signal);
  const wakeUp = createWakeUp({ ...options, bundleTimes }, closing.signal);

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
    list: (limit) => selectShown(ledger, limit).map(toNotification),
    async show(note) {
      const at = now();
      await options.notify(note);
      options.shown({ at: toTime(at), title: note.title, body: note.body });
      try {
        const notice = { event: null, at, title: note.title, body: note.body, shown: true };
        await ledger.write('announce', { notices: [notice] });
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

/** Shows what is queued, each once; what the host cannot show now is retried at the next start. */
function createQueueDisplay(options: TimedOptions, signal: AbortSignal): () => Promise<void> {
  const { ledger, log, now, bundleTimes } = options;
  const failed = new Set<number>();
  return async () => {
    const at = now();
    const due = { after: at - staleAfter, now: at, latest: at + bundleTimes.longest };
    for (const row of selectUnshown(ledger, due, batchSize)) {
      const id = Number(row.id);
      if (failed.has(id)) continue;
      const text = Number(row.count) > 1 ? bundleText(selectBundledEvents(ledger, id)) : undefined;
      const notification = { ...toNotification(row), ...text };
      try {
        await settledWithin(options.notify(notification), showTimeout, signal);
      } catch (error) {
        if (signal.aborted) return;
        failed.add(id);
        log.warn('notifications', `A notification could not be shown: ${describe(error)}`);
        continue;
      }
      await ledger.write('shown', [{ id, text }]);
      options.shown(notification);
    }
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
    ...(isBundle ? { count: Number(row.count) } : {}),
    ...(row.backup === null ? {} : { backup: String(row.backup) }),
    ...(row.job === null ? {} : { job: String(row.job) }),
    ...(page.success ? { page: page.data } : {}),
    ...(row.urgent === 1 ? { urgent: true } : {}),
    ...(row.messages === null ? {} : (JSON.parse(String(row.messages)) as NotificationMessages)),
  };
}
