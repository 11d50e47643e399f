import type { Change } from '../../preload/contract/index.ts';
import type { Engine } from '../engine/index.ts';

/** The methods of the engine that window and tray use. */
export type DesktopEngine = Pick<Engine, 'ask' | 'listen'>;

export interface PendingEngine extends DesktopEngine {
  /** Passes pending and later requests to this engine. */
  resolve(engine: DesktopEngine): void;
}

/** Replaces the engine while it opens, so that the window can be shown before a key store has responded. */
export function createPendingEngine(): PendingEngine {
  const { promise, resolve } = Promise.withResolvers<DesktopEngine>();
  return {
    resolve,
    ask: async (...question) => (await promise).ask(...question),
    listen(listener: (change: Change) => void) {
      let stopped = false;
      let stop = (): void => {};
      void promise.then((engine) => {
        if (!stopped) stop = engine.listen(listener);
      });
      return () => {
        stopped = true;
        stop();
      };
    },
  };
}
