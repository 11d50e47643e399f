import { expect, test } from 'vitest';
import { boundsOf, dragTo, reachNames, spanOf, startDrag, withSpan } from '../../../renderer/events/scrubber/strip.ts';

const now = new Date(2026, 10, 3, 14, 40).getTime();

test.each(reachNames)(
  'the timeline of a %s ends after the present, in steps that one question can ask for',
  (reach) => {
    const bounds = boundsOf(reach, now);
    expect(bounds.length).toBeLessThanOrEqual(63);
    expect(Date.parse(bounds.at(-1) ?? '')).toBeGreaterThan(now);
    expect(Date.parse(bounds.at(-2) ?? '')).toBeLessThanOrEqual(now);
    expect(boundsOf(reach, now + 60_000)).toEqual(bounds);
  },
);

test('a span becomes limits of the query and is read from them again; the ends are no limits', () => {
  const bounds = boundsOf('day', now);
  const query = withSpan('tower outcome:failed', bounds, [10, 20]);
  expect(query).toBe('since:2026-11-02T20:00 until:2026-11-03T01:00 tower outcome:failed');
  expect(spanOf(bounds, bounds[10], bounds[20])).toEqual([10, 20]);
  expect(withSpan(query, bounds, [0, 48])).toBe('tower outcome:failed');
  expect(spanOf(bounds, undefined, undefined)).toEqual([0, 48]);
});

test('limits outside of the timeline leave at least one step', () => {
  const bounds = boundsOf('day', now);
  expect(spanOf(bounds, '2020-01-01T00:00:00.000Z', '2020-02-01T00:00:00.000Z')).toEqual([0, 1]);
  expect(spanOf(bounds, '2030-01-01T00:00:00.000Z', undefined)).toEqual([47, 48]);
});

test('a pointer draws a span in either direction, and moves one that it grips up to the ends', () => {
  const drawn = startDrag([0, 48], 10, 48);
  expect([dragTo(drawn, 12, 48), dragTo(drawn, 7, 48), dragTo(drawn, 10, 48)]).toEqual([
    [10, 13],
    [7, 11],
    [10, 11],
  ]);
  const gripped = startDrag([10, 20], 15, 48);
  expect([dragTo(gripped, 18, 48), dragTo(gripped, 0, 48), dragTo(gripped, 47, 48)]).toEqual([
    [13, 23],
    [0, 10],
    [38, 48],
  ]);
  expect(startDrag([10, 20], 30, 48)).toEqual({ anchor: 30 });
});
