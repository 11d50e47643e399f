import { QueryClient } from '@tanstack/react-query';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Change } from '../../preload/contract/index.ts';
import { startFollowing } from '../../renderer/changes.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test('an event makes the activity of its own hook stale, and that of no other', () => {
  const client = new QueryClient();
  const keys = ['roof', 'door'].map((hook) => ['events.activity', { hook, times: ['2026-01-01', '2026-01-02'] }]);
  for (const key of keys) client.setQueryData(key, { counts: [1] });
  let say: (change: Change) => void = () => {};
  const stop = startFollowing({
    transport: {
      listen(heard: (change: Change) => void) {
        say = heard;
        return () => {};
      },
    } as never,
    client,
    view: { set: () => {} } as never,
    announce: () => {},
    report: () => {},
  });
  say({ type: 'event', event: { id: '1', hook: 'roof', deliveries: 1 } } as Change);
  vi.runAllTimers();
  expect(keys.map((key) => client.getQueryState(key)?.isInvalidated)).toEqual([true, false]);
  stop();
});
