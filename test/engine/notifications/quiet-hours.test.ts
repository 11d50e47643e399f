import { expect, test } from 'vitest';
import { pauseEnd } from '../../../main/engine/notifications/quiet-hours.ts';

/** Local time on a day of May 2026; the first is a Friday. */
const at = (day: number, hours: number, minutes = 0) => new Date(2026, 4, day, hours, minutes).getTime();
const iso = (time: number) => new Date(time).toISOString();

const night = { from: '22:00', to: '07:30' };

test.each([
  ['before they begin', at(1, 21, 59), undefined],
  ['when they begin', at(1, 22), at(2, 7, 30)],
  ['after midnight', at(2, 3), at(2, 7, 30)],
  ['when they end', at(2, 7, 30), undefined],
])('quiet hours across midnight: %s', (_when, now, end) => {
  expect(pauseEnd({ pausedUntil: null, quietHours: night }, now)).toBe(end);
});

test('the weekday is that of the evening on which they begin', () => {
  const quietHours = { ...night, days: [5] };
  expect(pauseEnd({ pausedUntil: null, quietHours }, at(2, 3))).toBe(at(2, 7, 30));
  expect(pauseEnd({ pausedUntil: null, quietHours }, at(1, 3))).toBeUndefined();
});

test('a pause that ends within quiet hours ends with them, and the other way round', () => {
  expect(pauseEnd({ pausedUntil: iso(at(1, 23)), quietHours: night }, at(1, 12))).toBe(at(2, 7, 30));
  expect(pauseEnd({ pausedUntil: iso(at(2, 9)), quietHours: night }, at(1, 23))).toBe(at(2, 9));
});

test('a pause of the past is none', () => {
  expect(pauseEnd({ pausedUntil: iso(at(1, 12)) }, at(1, 12))).toBeUndefined();
});

test('hours that begin and end at the same time have no end to compute, and one is given all the same', () => {
  const quietHours = { from: '08:00', to: '08:00' };
  expect(pauseEnd({ pausedUntil: null, quietHours }, at(1, 12))).toBeGreaterThan(at(2, 0));
});
