import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createMemory } from '../../main/desktop/memory.ts';
import { restoreBounds } from '../../main/desktop/window-bounds.ts';

const laptop = { x: 0, y: 25, width: 1440, height: 850 };
const monitor = { x: 1440, y: 0, width: 2560, height: 1400 };

test('the first window has its usual size, or that of a smaller screen', () => {
  expect(restoreBounds(undefined, [laptop])).toEqual({ width: 1120, height: 760 });
  expect(restoreBounds(undefined, [{ x: 0, y: 0, width: 1024, height: 600 }])).toEqual({ width: 1024, height: 600 });
});

test('a window returns to where it was, on any screen', () => {
  const bounds = { x: 1500, y: 40, width: 1300, height: 900 };
  expect(restoreBounds(bounds, [laptop, monitor])).toEqual(bounds);
});

test('a window whose screen has vanished is shown on the primary one, no larger than that', () => {
  const bounds = { x: 1500, y: 40, width: 2000, height: 1300 };
  expect(restoreBounds(bounds, [laptop])).toEqual({ width: 1440, height: 850 });
});

test.each([
  { x: -1250, y: 100 },
  { x: 1400, y: 100 },
  { x: 100, y: -20 },
  { x: 100, y: 860 },
])('a window that could not be moved from %j is shown elsewhere', (position) => {
  expect(restoreBounds({ ...position, width: 1300, height: 700 }, [laptop])).toEqual({ width: 1300, height: 700 });
});

test('a window partly beyond the edge stays there', () => {
  const bounds = { x: 1200, y: 100, width: 1000, height: 700 };
  expect(restoreBounds(bounds, [laptop])).toEqual(bounds);
});

test('a size alone, as an earlier version stored it, is kept', () => {
  expect(restoreBounds({ width: 800, height: 600 }, [laptop, monitor])).toEqual({ width: 800, height: 600 });
});

test('without a usable screen the window has its usual size at the most', () => {
  const bounds = { x: 5000, y: 40, width: 90_000, height: 90_000 };
  for (const screens of [[], [{ x: 0, y: 0, width: 0, height: 0 }]])
    expect(restoreBounds(bounds, screens)).toEqual({ width: 1120, height: 760 });
});

test('whatever is stored as the last bounds, the window fits a screen and can be reached', () => {
  const number = fc.oneof(
    fc.integer(),
    fc.double(),
    fc.integer({ min: -3000, max: 3000 }),
    fc.constantFrom(null, '100', undefined, [], Number.NaN, Number.MAX_SAFE_INTEGER),
  );
  const stored = fc.record(
    { width: number, height: number, x: number, y: number, maximized: fc.anything() },
    { requiredKeys: [] },
  );
  const screens = fc.shuffledSubarray([laptop, monitor], { minLength: 1 });
  fc.assert(
    fc.property(fc.oneof(stored, fc.jsonValue()), screens, (window, present) => {
      const memory = createMemory({ get: () => ({ weakKeyAgreed: true, window }), set() {} });
      const { width, height, x, y } = restoreBounds(memory.get().window, present);
      expect(memory.get().weakKeyAgreed).toBe(true);
      const onScreen = present.filter((screen) => width <= screen.width && height <= screen.height);
      const reached = onScreen.filter(
        (screen) =>
          x === undefined ||
          y === undefined ||
          (x + width > screen.x && x < screen.x + screen.width && y >= screen.y && y < screen.y + screen.height),
      );
      expect(reached.length).toBeGreaterThan(0);
      expect(Math.min(width, height)).toBeGreaterThanOrEqual(200);
    }),
    { numRuns: 500 },
  );
});
