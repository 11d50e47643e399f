import type { App } from 'electron';
import type { Opening } from './channel.ts';

/** What Ringback was started with. Everything else on the command line is Chromium's or nobody's, and counts for nothing. */
interface CommandLine {
  /** Without its window, as the system starts it at login. */
  readonly hidden: boolean;
  /** With simulators, in a data folder of its own. */
  readonly sandbox: boolean;
  /** Asks again what to do without a key store. */
  readonly asksKeyStore: boolean;
  /** What a link asks to be shown. */
  readonly opening: Opening | undefined;
}

export function readCommandLine(parameters: readonly string[]): CommandLine {
  const [opening] = parameters.flatMap((parameter) => openingOf(parameter) ?? []);
  return {
    hidden: parameters.includes('--hidden'),
    sandbox: parameters.includes('--sandbox'),
    asksKeyStore: parameters.includes('--ask-key-store'),
    opening,
  };
}

const linkPattern = /^ringback:\/\/(event|job|backup)\/([0-9a-zA-Z-]{1,64})\/?$/;

/** What a `ringback://` link shows: an event, job or backup by its id, and nothing else. */
export function openingOf(link: string): Opening | undefined {
  const [, kind, id] = linkPattern.exec(link) ?? [];
  if (id === undefined) return undefined;
  if (kind === 'event') return { type: 'open', event: id };
  return kind === 'job' ? { type: 'open-job', job: id } : { type: 'open-backups', backup: id };
}

interface Links {
  /** From now on links are shown by this function; the last one that was opened before is shown at once. */
  deliverTo(show: (opening: Opening) => void): void;
}

/** Links that macOS opens, which it may do before the application is ready. Other systems start the program with them. */
export function followLinks(app: Pick<App, 'on'>): Links {
  let waiting: Opening | undefined;
  let show = (opening: Opening): void => {
    waiting = opening;
  };
  app.on('open-url', (event, link) => {
    event.preventDefault();
    const opening = openingOf(link);
    if (opening !== undefined) show(opening);
  });
  return {
    deliverTo(next) {
      show = next;
      if (waiting !== undefined) next(waiting);
      waiting = undefined;
    },
  };
}
