import type { App } from 'electron';
import { describe, type Log } from '../engine/log.ts';
import type { Message } from '../engine/messages/index.ts';
import { desktopMessages } from './messages.ts';

interface StrayErrorParts {
  readonly process: Pick<NodeJS.Process, 'on'>;
  readonly log: Log;
}

interface StrayErrors {
  /** Reports errors to the user from now on. */
  report(warn: (message: Message) => void): void;
}

/**
 * Logs uncaught errors. Without this, Electron opens a modal dialog for each, which stops the callback receiver until
 * somebody closes it.
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

/** Logs crashes of Chromium's other processes, such as that of the graphics card, which Chromium starts again. */
export function logProcessCrashes(app: Pick<App, 'on'>, log: Log): void {
  app.on('child-process-gone', (_event, { type, reason, exitCode }) => {
    if (reason !== 'clean-exit')
      log.warn('desktop', `A process of Chromium ended (${type}): ${reason}, code ${exitCode}`);
  });
}
