import type { App } from 'electron';
import type { Log } from '../engine/log.ts';

interface QuitParts {
  readonly app: Pick<App, 'on' | 'exit'>;
  close(): Promise<void>;
  /** Called after everything has been closed; returns whether it ends the application itself. */
  finish(): boolean;
  readonly log: Log;
  /** Milliseconds after which the application ends even where closing has not finished. */
  readonly timeout: number;
}

/** Returns a function that says whether the application is about to end; its window then closes without a question. */
export function followQuit(app: Pick<App, 'on'>): () => boolean {
  let started = false;
  app.on('before-quit', () => {
    started = true;
  });
  return () => started;
}

/** Ends the application only after everything has been closed. Acknowledged callbacks are already on disk. */
export function startQuit({ app, close, finish, log, timeout }: QuitParts): void {
  let closing = false;
  let finished = false;
  app.on('will-quit', (event) => {
    if (finished) return;
    event.preventDefault();
    if (closing) return;
    closing = true;
    void within(timeout, close())
      .catch((error: unknown) => log.warn('desktop', `Closing failed: ${String(error)}`))
      .then(() => {
        finished = true;
        if (!finish()) app.exit(0);
      });
  });
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
