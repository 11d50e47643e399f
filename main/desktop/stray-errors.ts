import { describe, type Log } from '../engine/log.ts';
import type { Message } from '../engine/messages/index.ts';
import { desktopMessages } from './messages.ts';

interface StrayErrorParts {
  readonly process: Pick<NodeJS.Process, 'on'>;
  readonly log: Log;
}

interface StrayErrors {
  /** From now on each error is also reported to the user. */
  report(warn: (message: Message) => void): void;
}

/**
 * Logs errors that nothing caught. Without this Electron opens a modal box for each, and the callback receiver stands still
 * until somebody closes it.
 */
export function followStrayErrors({ process, log }: StrayErrorParts): StrayErrors {
  let warn = (_message: Message): void => {};
  const take = (error: unknown): void => {
    log.error('desktop', `This is a bug in Ringback, which keeps running: ${describe(error)}`);
    warn(desktopMessages.strayError());
  };
  process.on('uncaughtException', take);
  process.on('unhandledRejection', take);
  return {
    report(next) {
      warn = next;
    },
  };
}
