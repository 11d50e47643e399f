import type { App } from 'electron';
import type { Opening } from './channel.ts';

/** The parsed command line. Other arguments are Chromium's or unknown, and are ignored. */
interface CommandLine {
  /** Starts without the window, as at login. */
  readonly hidden: boolean;
  /** Starts with simulators, in a separate data folder. */
  readonly sandbox: boolean;
  /** Asks the user again whether to continue without a key store. */
  readonly asksKeyStore: boolean;
  /** The view that a link opens. */
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

/** The view of a `ringback://` link: an event, job or backup by its id; undefined for anything else. */
export function openingOf(link: string): Opening | undefined {
  const [, kind, id] = linkPattern.exec(link) ?? [];
  if (id === undefined) return undefined;
  if (kind === 'event') return { type: 'open', event: id };
  return kind === 'job' ? { type: 'open-job', job: id } : { type: 'open-backups', backup: id };
}

/** Shows the window, with a view where one is named. */
type Show = (opening?: Opening) => void;

interface Starts {
  /** Passes starts and links to this function from now on; of earlier ones the last link, or else the last start. */
  deliverTo(show: Show): void;
}

/**
 * Receives further starts of the program, whose links are on their command line, and the links that macOS opens. Both may
 * come before the application is ready.
 */
export function followStarts(app: Pick<App, 'on'>): Starts {
  let waiting: { readonly opening: Opening | undefined } | undefined;
  // A start that names no view only shows the window, which the link before it does as well.
  let show: Show = (opening) => {
    waiting = { opening: opening ?? waiting?.opening };
  };
  app.on('open-url', (event, link) => {
    event.preventDefault();
    const opening = openingOf(link);
    if (opening !== undefined) show(opening);
  });
  app.on('second-instance', (_event, parameters) => {
    const { hidden, opening } = readCommandLine(parameters);
    if (!hidden || opening !== undefined) show(opening);
  });
  return {
    deliverTo(next) {
      show = next;
      if (waiting !== undefined) next(waiting.opening);
      waiting = undefined;
    },
  };
}
