import type { NotificationMode, NotificationView, Settings } from '../../../preload/contract/index.ts';
import type { Language } from '../../../preload/languages/index.ts';
import { translateMessage } from '../messages/index.ts';
import type { HostNotification } from '../ports.ts';
import {
  countUnseen,
  type DigestKind,
  type Ledger,
  type Row,
  type SendRequest,
  selectBundledEvents,
  selectBundledSubjects,
  selectUnshown,
} from '../storage/index.ts';
import { hours, seconds } from '../timing/index.ts';
import { type BundleTimes, bundleText } from './compose.ts';
import { isFailure, releaseHeld } from './digest.ts';
import type { DoNotDisturb } from './do-not-disturb.ts';
import { createPendingMarks, type PendingMarks } from './pending-marks.ts';
import { isLouder, subjectOf, subjectOfNotification } from './policy.ts';
import { pauseEnd } from './quiet-hours.ts';
import type { NotificationRules } from './rules.ts';
import { createUndisplayed, settledWithin, type UndisplayedOptions } from './undisplayed.ts';
import { toNotification } from './view.ts';

export interface DisplayOptions extends UndisplayedOptions {
  readonly ledger: Ledger;
  readonly rules: Pick<NotificationRules, 'modeOf'>;
  readonly bundleTimes: BundleTimes;
  settings(): Settings['notifications'];
  now(): number;
  /** The language of notifications. */
  language(): Language;
  notify(notification: HostNotification): void | Promise<void>;
  /** What sends notifications away from this computer. */
  sinks(): readonly string[];
  shown(notification: NotificationView): void;
  unseenChanged(count: number): void;
}

export const defaultDigestTime = '17:00';

/** Rows read at once. */
const batchSize = 500;
/** What could not be shown is retried no longer than this; what never was tried by then goes into a digest. */
const staleAfter = hours(24);
/** A host that does not answer by then counts as one that cannot show it now. */
const showTimeout = seconds(30);

type Translatable = Pick<NotificationView, 'title' | 'body' | 'titleMessage' | 'bodyMessage'>;
type Fate = 'show' | 'send' | 'drop' | DigestKind;

/**
 * Shows what is queued, each once; what the host cannot show is retried later, and after the next one that it shows.
 * The system's do-not-disturb concerns this computer alone: what it holds back here is sent away at once.
 */
export function createQueueDisplay(
  options: DisplayOptions,
  doNotDisturb: DoNotDisturb,
  signal: AbortSignal,
): () => Promise<void> {
  const { ledger, now, settings } = options;
  const undisplayed = createUndisplayed(options, signal);
  const marks = createPendingMarks();
  const show = createShow(options, { undisplayed, marks }, signal);
  const hold = (row: Row): Promise<void> => {
    const id = Number(row.id);
    const held = { id, for: 'pause', send: sendRequest(options), text: textOfBundle(ledger, row) } as const;
    return marks.add(ledger.write('noticesHeld', [held]));
  };
  const isPaused = (): boolean => !settings().enabled || pauseEnd(settings(), now()) !== undefined;
  const isQuiet = async (): Promise<boolean> => !isPaused() && (await doNotDisturb.read());

  const processQueue = async (): Promise<boolean> => {
    const at = now();
    const rows = selectDue(options, at).filter(({ id }) => !undisplayed.has(Number(id)));
    const during = {
      ...{ isPaused: isPaused(), isQuiet: rows.length > 0 && (await isQuiet()) },
      ...{ settings: settings(), now: at },
    };
    for (const row of rows) {
      if (signal.aborted) break;
      const id = Number(row.id);
      const fate = decideFate(row, modeOfNotification(row, options), during);
      if (fate === 'show') await show(row);
      else if (fate === 'send') await hold(row);
      else if (fate === 'drop') await marks.add(ledger.write('noticesDropped', [id]));
      else await marks.add(ledger.write('noticesHeld', [{ id, for: fate, text: textOfBundle(ledger, row) }]));
    }
    await marks.stored();
    return rows.length > 0 && !signal.aborted;
  };

  return async () => {
    let hasProcessed = false;
    // The status says that it is on until it is read again, and nothing below may need to read it.
    if (doNotDisturb.active) await doNotDisturb.read();
    while (await processQueue()) hasProcessed = true;
    if (!signal.aborted) {
      const digestAt = settings().digestAt ?? defaultDigestTime;
      await releaseHeld({ ledger, digestAt, now, isPaused, isQuiet, show, send: hold });
      await marks.stored();
      while (await processQueue()) hasProcessed = true;
    }
    if (hasProcessed && !signal.aborted) options.unseenChanged(countUnseen(ledger));
  };
}

function selectDue({ ledger, bundleTimes }: DisplayOptions, now: number): Row[] {
  return selectUnshown(ledger, { after: now - staleAfter, now, latest: now + bundleTimes.longest }, batchSize);
}

/** The mode stored with it, made quieter by newer rules while it still waits; without one, the present rules. */
function modeOfNotification(row: Row, { ledger, rules }: Pick<DisplayOptions, 'ledger' | 'rules'>): NotificationMode {
  if (row.mode === null) {
    const subject = subjectOfNotification(row);
    return subject ? rules.modeOf(subject) : 'sound';
  }
  const decided = row.mode as NotificationMode;
  const isWaiting = row.digest === null && row.refused === 0 && Number(row.count) > 0;
  if (!isWaiting) return decided;
  const modes = selectBundledSubjects(ledger, Number(row.id)).map((subject) => rules.modeOf(subjectOf(subject)));
  const wanted = modes.reduce((loudest, mode) => (isLouder(mode, loudest) ? mode : loudest), 'off');
  return isLouder(wanted, decided) ? decided : wanted;
}

interface Circumstances {
  readonly isPaused: boolean;
  /** The system's do-not-disturb is on. */
  readonly isQuiet: boolean;
  readonly settings: Settings['notifications'];
  readonly now: number;
}

function decideFate(row: Row, mode: NotificationMode, during: Circumstances): Fate {
  const { settings, now } = during;
  if (mode === 'off') return 'drop';
  if (mode === 'digest') return 'daily';
  const breaksThrough = settings.enabled && settings.failuresWhilePaused && isFailure(row);
  if (during.isPaused && !breaksThrough) return 'pause';
  const isStale = Number(row.at) <= now - staleAfter && row.refused !== 1;
  if (isStale) return 'pause';
  return during.isQuiet && !breaksThrough ? 'send' : 'show';
}

export function sendRequest({ sinks, now }: Pick<DisplayOptions, 'sinks' | 'now'>): SendRequest {
  return { sinks: sinks(), at: now() };
}

interface ShowParts {
  readonly undisplayed: ReturnType<typeof createUndisplayed>;
  readonly marks: PendingMarks;
}

/** Title and body in the user's language. */
export function translated<N extends Translatable>(notification: N, language: Language): N {
  const { title, body, titleMessage, bodyMessage } = notification;
  return {
    ...notification,
    title: translateMessage(language, titleMessage, title),
    body: translateMessage(language, bodyMessage, body),
  };
}

/** The text of one that stands for several events; undefined where it has its text already, as after a pause. */
function textOfBundle(ledger: Ledger, { id, bundle, count, messages }: Row): ReturnType<typeof bundleText> | undefined {
  const isBundle = bundle !== null && Number(count) > 1;
  return isBundle && messages === null ? bundleText(selectBundledEvents(ledger, Number(id))) : undefined;
}

/** Gives a notification to the host and marks it, without waiting for the store. */
function createShow(
  options: DisplayOptions,
  { undisplayed, marks }: ShowParts,
  signal: AbortSignal,
): (row: Row) => Promise<void> {
  const { ledger } = options;
  return async (row) => {
    const id = Number(row.id);
    const text = textOfBundle(ledger, row);
    const notification = { ...toNotification(row), ...text };
    const { unseen: _unseen, ...note } = translated(notification, options.language());
    const language = options.language() === 'en' ? {} : { language: options.language() };
    const isSilent = modeOfNotification(row, options) === 'silent';
    try {
      await settledWithin(
        options.notify({ ...note, ...language, ...(isSilent ? { silent: true } : {}) }),
        showTimeout,
        signal,
      );
    } catch (error) {
      if (signal.aborted) return;
      undisplayed.add(id, error);
      await marks.add(ledger.write('shown', [{ id, text, send: sendRequest(options), refused: true }]));
      return;
    }
    const marked = ledger.write('shown', [{ id, text, send: sendRequest(options) }]).then(() => {
      options.shown(notification);
      undisplayed.retry();
    });
    await marks.add(marked);
  };
}
