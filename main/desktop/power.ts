import type { EventEmitter } from 'node:events';
import type { PowerMonitor } from 'electron';
import type { Engine } from '../engine/index.ts';
import { startWakeWatch } from '../platform/index.ts';

interface PowerParts {
  readonly powerMonitor: PowerMonitor;
  readonly engine: Pick<Engine, 'wake'>;
  online(): boolean;
  quit(): void;
}

/** Has the engine look around after sleep, and the application end in order before a shutdown. Returns what ends it. */
export function followPower({ powerMonitor, engine, online, quit }: PowerParts): () => void {
  powerMonitor.on('resume', () => engine.wake());
  powerMonitor.on('unlock-screen', () => engine.wake());
  // Electron documents the event that its types leave out. Unless it is prevented, the system does not wait for the end.
  (powerMonitor as EventEmitter).on('shutdown', (event: { preventDefault(): void }) => {
    event.preventDefault();
    quit();
  });
  return startWakeWatch({ wake: () => engine.wake(), now: Date.now, online });
}
