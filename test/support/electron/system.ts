import type { Observed, SystemMode } from './mode.ts';

type Mutable<T> = { -readonly [Key in keyof T]: T[Key] extends readonly (infer Item)[] ? Item[] : T[Key] };

/** The simulated system: how it behaves and what has happened on it. */
export const mode = JSON.parse(process.env.ELECTRON_MODE ?? '{}') as SystemMode;

export const happened: Mutable<Pick<Observed, 'boxes' | 'opened' | 'changes'>> = { boxes: [], opened: [], changes: [] };

/** What Electron refuses before the application is ready. */
export function requireReady(what: string): void {
  if (!readiness.ready) throw new Error(`Electron gives ${what} only after "ready".`);
}

export const readiness = { ready: false };
