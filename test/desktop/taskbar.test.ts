import { expect, test } from 'vitest';
import { startTaskbar } from '../../main/desktop/taskbar.ts';
import type { Backup, Change } from '../../preload/contract/index.ts';
import { backupRow } from './records.ts';

function bar() {
  const shown: number[] = [];
  const listeners = new Set<(change: Change) => void>();
  const end = startTaskbar({
    engine: {
      listen(listener) {
        listeners.add(listener);
        return () => listeners.delete(listener);
      },
    },
    setProgress: (fraction) => shown.push(fraction),
  });
  const tell = (part: Partial<Backup>): void => {
    for (const listener of listeners) listener({ type: 'backup', backup: backupRow(part) });
  };
  return { shown, tell, end, listeners };
}

test('the taskbar follows the downloads, all taken together, and is cleared when none is left', () => {
  const { shown, tell } = bar();
  tell({ state: 'requested' });
  tell({ state: 'downloading', bytes: 0, total: 1000 });
  tell({ state: 'downloading', bytes: 500, total: 1000 });
  tell({ state: 'downloading', bytes: 500, total: 1000 });
  tell({ id: 'other', state: 'downloading', bytes: 0, total: 1000 });
  tell({ id: 'other', state: 'failed' });
  tell({ state: 'done' });
  expect(shown).toEqual([0, 0.5, 0.25, 0.5, -1]);
});

test('where the size is not known it only says that something is going on', () => {
  const { shown, tell } = bar();
  tell({ state: 'downloading', bytes: 5 });
  expect(shown).toEqual([2]);
});

test('at the end nothing is shown or heard any more', () => {
  const { shown, tell, end, listeners } = bar();
  tell({ state: 'downloading', bytes: 1, total: 2 });
  end();
  expect(listeners.size).toBe(0);
  expect(shown.at(-1)).toBe(-1);
});
