import type { EventEmitter } from 'node:events';
import type { PowerMonitor } from 'electron';
import type { Engine } from '../engine/index.ts';
import { startWakeWatch } from '../platform/index.ts';

interface PowerParts {
  readonly powerMonitor: PowerMonitor;
  readonly engine: Pick<Engine, 'sleep' | 'wake'>;
  online(): boolean;
  quit(): void;
}

/** Tells the engine of sleep and waking up, and quits before a shutdown. The returned function ends only the wake watch. */
export function followPower({ powerMonitor, engine, online, quit }: PowerParts): () => void {
  powerMonitor.on('suspend', () => void engine.sleep());
  powerMonitor.on('resume', () => engine.wake());
  powerMonitor.on('unlock-screen', () => engine.wake());
  // The event is documented, but missing in Electron's types. The system waits only where the default is prevented.
  (powerMonitor as EventEmitter).on('shutdown', (event: { preventDefault(): void }) => {
    event.preventDefault();
    quit();
  });
  return startWakeWatch({ wake: () => engine.wake(), now: Date.now, online });
}
