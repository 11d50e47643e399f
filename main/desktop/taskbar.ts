import type { Backup } from '../../preload/contract/index.ts';
import type { Engine } from '../engine/index.ts';

interface TaskbarParts {
  readonly engine: Pick<Engine, 'listen'>;
  /** From 0 to 1; above 1 for progress of unknown extent, below 0 for none, as in Electron's setProgressBar. */
  setProgress(fraction: number): void;
}

/** Shows the total progress of downloads on the taskbar. Returns a function that stops it. */
export function startTaskbar({ engine, setProgress }: TaskbarParts): () => void {
  const downloading = new Map<string, Backup>();
  let shown = -1;
  const show = (fraction: number): void => {
    if (fraction !== shown) setProgress(fraction);
    shown = fraction;
  };
  const silence = engine.listen((change) => {
    if (change.type !== 'backup') return;
    const { backup } = change;
    if (backup.state === 'downloading') downloading.set(backup.id, backup);
    else if (!downloading.delete(backup.id)) return;
    show(progressOf([...downloading.values()]));
  });
  return () => {
    silence();
    show(-1);
  };
}

function progressOf(backups: readonly Backup[]): number {
  if (backups.length === 0) return -1;
  const total = backups.reduce((sum, one) => sum + (one.total ?? Number.NaN), 0);
  const bytes = backups.reduce((sum, one) => sum + (one.bytes ?? 0), 0);
  return total > 0 ? Math.round((bytes / total) * 100) / 100 : 2;
}
