import { afterEach, expect, test, vi } from 'vitest';
import { RingbackError } from '../../../main/engine/errors.ts';
import type { Message } from '../../../main/engine/messages/index.ts';
import { createRemovals } from '../../../main/engine/removals/index.ts';
import type { Removal, RemovalOutcome } from '../../../preload/contract/index.ts';
import { silentLog } from '../../support/log.ts';

const hook = (id: string): Removal => ({ method: 'hooks.remove', input: { id }, name: `Hook ${id}` });

function setUp(remove: (removal: Removal) => Promise<unknown> = async () => ({})) {
  vi.useFakeTimers();
  const removed: string[] = [];
  const warnings: string[] = [];
  const outcomes: RemovalOutcome[] = [];
  const removals = createRemovals({
    log: silentLog,
    now: () => Date.parse('2026-11-28T12:00:00Z'),
    async remove(removal) {
      await remove(removal);
      removed.push(removal.input.id);
    },
    warn: ({ text }: Message) => void warnings.push(text),
    changed: (outcome) => void (outcome && outcomes.push(outcome)),
  });
  return { removals, removed, warnings, outcomes };
}

afterEach(() => {
  vi.useRealTimers();
});

test('a removal takes effect after ten seconds', async () => {
  const { removals, removed } = setUp();
  const held = removals.hold([hook('1'), hook('2')]);
  expect(held.until).toBe('2026-11-28T12:00:10.000Z');
  await vi.advanceTimersByTimeAsync(9999);
  expect([removed, removals.held.length]).toEqual([[], 1]);
  await vi.advanceTimersByTimeAsync(1);
  expect([removed, removals.held.length]).toEqual([['1', '2'], 0]);
  expect(removals.undo(held.id)).toBe(false);
});

test('an undone removal does nothing, and leaves the others', async () => {
  const { removals, removed } = setUp();
  const first = removals.hold([hook('1')]);
  removals.hold([hook('2')]);
  expect(removals.undo(first.id)).toBe(true);
  await vi.advanceTimersByTimeAsync(10_000);
  expect(removed).toEqual(['2']);
});

test('an undo releases all that waits for the same thing, and nothing else', async () => {
  const { removals, removed } = setUp();
  const first = removals.hold([hook('1')]);
  removals.hold([hook('1'), hook('2')]);
  removals.hold([hook('1')]);
  removals.hold([{ method: 'jobs.forget', input: { id: '1' }, name: 'Job 1' }]);
  expect(removals.undo(first.id)).toBe(true);
  expect(removals.held.map(({ removals: left }) => left.map(({ name }) => name))).toEqual([['Hook 2'], ['Job 1']]);
  await vi.advanceTimersByTimeAsync(10_000);
  expect(removed).toEqual(['2', '1']);
});

test('an undo says that it is too late where another removal of the same thing takes effect already', async () => {
  const provider = Promise.withResolvers<void>();
  const { removals, removed } = setUp(() => provider.promise);
  removals.hold([hook('1')]);
  await vi.advanceTimersByTimeAsync(9_000);
  const second = removals.hold([hook('1')]);
  await vi.advanceTimersByTimeAsync(1_000);
  expect(removals.undo(second.id)).toBe(false);
  provider.resolve();
  await vi.advanceTimersByTimeAsync(10_000);
  expect(removed).toEqual(['1']);
});

test('closing lets what waits take effect, once', async () => {
  const { removals, removed } = setUp();
  removals.hold([hook('1')]);
  await removals.close();
  await vi.advanceTimersByTimeAsync(20_000);
  expect(removed).toEqual(['1']);
});

test('closing does not wait for a provider that does not answer', async () => {
  const { removals } = setUp(() => new Promise(() => {}));
  const { id } = removals.hold([hook('1')]);
  const closed = removals.close();
  expect(removals.undo(id)).toBe(false);
  await vi.advanceTimersByTimeAsync(2000);
  await closed;
});

test('what fails is reported with its name and reason, and keeps nothing else', async () => {
  const { removals, removed, warnings, outcomes } = setUp(async ({ input }) => {
    if (input.id === '2') throw new RingbackError('offline', 'There is no network.');
  });
  removals.hold([hook('1'), hook('2'), hook('3')]);
  await vi.advanceTimersByTimeAsync(10_000);
  expect(removed).toEqual(['1', '3']);
  expect(warnings).toEqual(['"Hook 2" could not be removed. There is no network.']);
  expect(outcomes).toEqual([{ removed: 2, total: 3 }]);
});

test('what somebody else removed meanwhile is no failure', async () => {
  const { removals, warnings } = setUp(async () => {
    throw new RingbackError('not-found', 'This hook no longer exists.');
  });
  removals.hold([hook('1')]);
  await vi.advanceTimersByTimeAsync(10_000);
  expect(warnings).toEqual([]);
});
