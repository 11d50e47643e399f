import { expect, test } from 'vitest';
import type { Hook } from '../../preload/contract/index.ts';
import { type BulkProgress, hooksFor, runBulk } from '../../renderer/hooks/bulk/bulk-run.ts';

const hook = (id: string, status = 'active'): Hook => ({
  ...{ id, status, connection: 'one', event: 'file.added', scope: {} },
  ...{ callbackUrl: 'https://ring.example.com/in/x', ours: true },
});

test('an action changes only the hooks it fits', () => {
  const hooks = [
    ...[hook('a'), hook('b', 'inactive'), hook('c', 'missing'), hook('d', 'reactivated')],
    hook('e', 'creating'),
  ];
  const idsFor = (action: 'pause' | 'resume' | 'remove') => hooksFor(action, hooks).map(({ id }) => id);
  expect(idsFor('pause')).toEqual(['a', 'd']);
  expect(idsFor('resume')).toEqual(['b']);
  expect(idsFor('remove')).toEqual(['a', 'b', 'c', 'd', 'e']);
  expect(hooksFor('pause', hooks, ({ id }) => id === 'a').map(({ id }) => id)).toEqual(['d']);
});

test('hooks are changed one after another, and a failure does not end the run', async () => {
  const steps: string[] = [];
  const seen: BulkProgress[] = [];
  await runBulk({
    hooks: [hook('a'), hook('b'), hook('c')],
    signal: new AbortController().signal,
    async act({ id }) {
      steps.push(`start ${id}`);
      await Promise.resolve();
      steps.push(`end ${id}`);
      if (id === 'b') throw new Error('not allowed');
    },
    onProgress: (progress) => seen.push(progress),
  });
  expect(steps).toEqual(['start a', 'end a', 'start b', 'end b', 'start c', 'end c']);
  expect(seen.map(({ done, failures }) => [done, failures.length])).toEqual([
    [1, 0],
    [2, 1],
    [3, 1],
  ]);
  expect(seen.at(-1)?.failures).toMatchObject([{ hook: { id: 'b' }, problem: { message: 'not allowed' } }]);
});

test('after an abort the present hook is finished and no other one is changed', async () => {
  const abort = new AbortController();
  const changed: string[] = [];
  await runBulk({
    hooks: [hook('a'), hook('b')],
    signal: abort.signal,
    async act({ id }) {
      changed.push(id);
      abort.abort();
    },
    onProgress: () => undefined,
  });
  expect(changed).toEqual(['a']);
});
