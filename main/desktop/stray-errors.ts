import { describe, type Log } from '../engine/log.ts';

interface StrayErrorParts {
  readonly process: Pick<NodeJS.Process, 'on'>;
  readonly log: Log;
}

interface StrayErrors {
  /** From now on each error is also reported to the user. */
  report(warn: (message: string) => void): void;
}

const warning = 'Something went wrong inside Ringback. It keeps running; the log has the details.';

/**
 * Logs errors that nothing caught. Without this Electron opens a modal box for each, and the callback receiver stands still
 * until somebody closes it.
 */
export function followStrayErrors({ process, log }: StrayErrorParts): StrayErrors {
  let warn = (_message: string): void => {};
  const take = (error: unknown): void => {
    log.error('desktop', `This is a bug in Ringback, which keeps running: ${describe(error)}`);
    warn(warning);
  };
  process.on('uncaughtException', take);
  process.on('unhandledRejection', take);
  return {
    report(next) {
      warn = next;
    },
  };
}
