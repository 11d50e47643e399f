import { type Event, NotePage, type Notification, type Settings } from '../../../preload/contract.ts';
import { describe, type Log } from '../log.ts';
import type { HostNotification } from '../ports.ts';
import type { Ledger, NotificationRow, Row } from '../storage/index.ts';
import { type Events, toTime } from '../storage/index.ts';

/** Rings: each stored event once, driven from the ledger, so that a crash between answer and notification loses neither. */
export interface Notifier {
  /** Looks for events that were not announced yet, and for notices not shown. Never throws. */
  process(): void;
  /** True while the user wants to see none. */
  readonly muted: boolean;
  list(limit: number): Notification[];
  /** Keeps it, to be shown now or at the next start; false while the user wants to see none. */
  queue(notice: NotificationRow): Promise<boolean>;
  /** Shows something that is no event; kept where the disk allows. */
  show(note: HostNotification): Promise<void>;
  /** Ends it; a notification that was not shown by then is shown at the next start. */
  close(): Promise<void>;
}

export interface NotifierOptions {
  readonly ledger: Ledger;
  readonly events: Events;
  /** Done before events are announced: what they say of jobs decides whether they ring by themselves. */
  follow(): Promise<void>;
  settings(): Settings['notifications'];
  now(): number;
  readonly log: Log;
  notify(note: HostNotification): void | Promise<void>;
  shown(notification: Notification): void;
}

const unannounced = `SELECT id, silent, job, words FROM events
  LEFT JOIN job_events ON job_events.event = events.id AND words IS NOT NULL
  WHERE id > (SELECT value FROM marks WHERE name = 'announced')
    AND id <= (SELECT value FROM marks WHERE name = 'followed') ORDER BY id LIMIT ?`;
/** Events dealt with in one step. */
const atOnce = 500;
/** More events than this in one step are told in one notification: nobody reads fifty. */
const oneByOne = 50;
/** Deliveries that come within this many milliseconds are dealt with together. */
const gathering = 50;
/** A notice that could not be shown is tried again at the next start, but not for longer than this. */
const staleAfter = 24 * 3600_000;
/** After trouble with the ledger it looks again by itself, in milliseconds. */
const lookAgain = 10_000;

export function createNotifier(options: NotifierOptions): Notifier {
  const { ledger, events, now, log } = options;
  let running: Promise<void> | undefined;
  let again = false;
  let closed = false;
  let timer: NodeJS.Timeout | undefined;
  const refused = new Set<number>();
  let end = (): void => {};
  const ended = new Promise<void>((resolve) => {
    end = resolve;
  });

  const silent = (): boolean => {
    const { enabled, pausedUntil } = options.settings();
    return !enabled || (pausedUntil !== null && Date.parse(pausedUntil) > now());
  };

  const compose = (rows: readonly Row[]): NotificationRow[] => {
    const at = now();
    if (rows.length <= oneByOne) return rows.flatMap((row) => toNotice(row, events.event(Number(row.id)), at));
    const newest = events.event(Number(rows.at(-1)?.id ?? 0));
    return [{ event: null, at, title: `${rows.length} events arrived`, body: `The latest: ${newest?.title ?? ''}` }];
  };

  const announce = async (): Promise<boolean> => {
    const rows = ledger.all(unannounced, atOnce);
    const upTo = Number(rows.at(-1)?.id ?? 0);
    if (upTo === 0) return false;
    const ringing = rows.filter((row) => row.silent === 0);
    await ledger.write('announce', { upTo, notices: silent() ? [] : compose(ringing) });
    return rows.length === atOnce;
  };

  const ring = async (): Promise<void> => {
    const sql =
      'SELECT id, at, title, body, event, backup, job, page, urgent FROM notices WHERE shown = 0 AND at > ? ORDER BY id LIMIT ?';
    for (const row of ledger.all(sql, now() - staleAfter, atOnce)) {
      const id = Number(row.id);
      if (refused.has(id)) continue;
      const notification = toNotification(row);
      try {
        await Promise.race([options.notify(notification), ended]);
      } catch (error) {
        refused.add(id);
        log.warn('notifications', `A notification could not be shown: ${describe(error)}`);
        continue;
      }
      if (closed) return;
      await ledger.write('shown', [id]);
      options.shown(notification);
    }
  };

  const run = async (): Promise<void> => {
    try {
      do {
        await Promise.race([new Promise((resolve) => setTimeout(resolve, gathering)), ended]);
        if (closed) return;
        again = false;
        await options.follow();
        while (!closed && (await announce())) await ring();
        await ring();
      } while (again);
    } catch (error) {
      log.warn('notifications', `Notifications stopped for now: ${describe(error)}`);
      if (!closed) timer = setTimeout(process, lookAgain);
    } finally {
      running = undefined;
    }
  };

  const process = (): void => {
    clearTimeout(timer);
    if (closed) return;
    if (running) again = true;
    else running = run();
  };

  return {
    get muted() {
      return silent();
    },
    process,
    async queue(notice) {
      if (silent()) return false;
      await ledger.write('announce', { notices: [notice] });
      process();
      return true;
    },
    list: (limit) =>
      ledger
        .all(
          'SELECT at, title, body, event, backup, job, page, urgent FROM notices WHERE shown = 1 ORDER BY id DESC LIMIT ?',
          limit,
        )
        .map(toNotification),
    async show(note) {
      const at = now();
      await options.notify(note);
      options.shown({ at: toTime(at), title: note.title, body: note.body });
      try {
        const notice = { event: null, at, title: note.title, body: note.body, shown: true };
        await ledger.write('announce', { notices: [notice] });
      } catch (error) {
        log.warn('notifications', `A notification could not be kept: ${describe(error)}`);
      }
    },
    async close() {
      closed = true;
      clearTimeout(timer);
      end();
      await running;
    },
  };
}

/** An event that ends a story rings in the words of the story. */
function toNotice({ id, job, words }: Row, event: Event | undefined, at: number): NotificationRow[] {
  if (!event) return [];
  const own = { event: Number(id), at, title: event.title, body: event.summary ?? '' };
  return [words === null ? own : { ...own, ...(JSON.parse(String(words)) as object), job: String(job) }];
}

function toNotification(row: Row): Notification {
  const page = NotePage.safeParse(row.page);
  return {
    at: toTime(row.at),
    title: String(row.title),
    body: String(row.body),
    ...(row.event === null ? {} : { event: String(row.event) }),
    ...(row.backup === null ? {} : { backup: String(row.backup) }),
    ...(row.job === null ? {} : { job: String(row.job) }),
    ...(page.success ? { page: page.data } : {}),
    ...(row.urgent === 1 ? { urgent: true } : {}),
  };
}
