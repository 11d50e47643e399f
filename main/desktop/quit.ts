import type { App } from 'electron';
import type { Log } from '../engine/log.ts';

/** Knows whether the application is on its way out. */
export interface Quit {
  begun(): boolean;
}

interface QuitParts {
  readonly app: Pick<App, 'on' | 'exit'>;
  close(): Promise<void>;
  readonly log: Log;
  /** Milliseconds after which the application ends all the same. */
  readonly patience: number;
}

/** Lets the application end only after everything has been closed. What was acknowledged is on disk already. */
export function startQuit({ app, close, log, patience }: QuitParts): Quit {
  let begun = false;
  let closing = false;
  app.on('before-quit', () => {
    begun = true;
  });
  app.on('will-quit', (event) => {
    event.preventDefault();
    if (closing) return;
    closing = true;
    void within(patience, close())
      .catch((error: unknown) => log.warn('desktop', `Closing failed: ${String(error)}`))
      .then(() => app.exit(0));
  });
  return { begun: () => begun };
}

async function within(milliseconds: number, work: Promise<void>): Promise<void> {
  const { promise, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => reject(new Error(`not done after ${milliseconds} ms`)), milliseconds);
  try {
    await Promise.race([work, promise]);
  } finally {
    clearTimeout(timer);
  }
}
