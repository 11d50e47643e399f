import { expect, test } from 'vitest';
import { createPendingEngine, type DesktopEngine } from '../../main/desktop/pending-engine.ts';
import type { Change } from '../../preload/contract/index.ts';

function engine() {
  const listeners = new Set<(change: Change) => void>();
  const opened: DesktopEngine = {
    ask: async (method) => ({ ok: true, value: method }),
    listen(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
  return { opened, listeners };
}

test('what is asked before the engine is open is answered when it is', async () => {
  const pending = createPendingEngine();
  const answer = pending.ask('status.get', {});
  pending.resolve(engine().opened);
  expect(await answer).toEqual({ ok: true, value: 'status.get' });
});

test('a listener hears the engine as soon as it is open, unless it has stopped before', async () => {
  const pending = createPendingEngine();
  const heard: string[] = [];
  const stop = pending.listen(({ type }) => heard.push(`stays ${type}`));
  pending.listen(({ type }) => heard.push(`stopped ${type}`))();
  const { opened, listeners } = engine();
  pending.resolve(opened);
  await pending.ask('status.get', {});
  for (const listener of listeners) listener({ type: 'hooks' });
  expect(heard).toEqual(['stays hooks']);
  stop();
  expect(listeners.size).toBe(0);
});
