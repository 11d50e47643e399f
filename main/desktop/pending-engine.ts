import type { Change } from '../../preload/contract/index.ts';
import type { Engine } from '../engine/index.ts';

/** What window and tray need of the engine. */
export type DesktopEngine = Pick<Engine, 'ask' | 'listen'>;

export interface PendingEngine extends DesktopEngine {
  /** From now on this engine answers; what was asked before is answered by it. */
  resolve(engine: DesktopEngine): void;
}

/** Stands for the engine while it opens, so that the window is there before a key store has answered. */
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
