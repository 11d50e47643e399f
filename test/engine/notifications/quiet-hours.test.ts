import { afterEach, describe, expect, test, vi } from 'vitest';
import { nextTimeOfDay, pauseEnd } from '../../../main/engine/notifications/quiet-hours.ts';

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

describe('where the clocks change', () => {
  afterEach(() => vi.unstubAllEnvs());
  const utc = (text: string) => Date.parse(`${text}Z`);
  const endIn = (zone: string, quietHours: object, now: string) => {
    vi.stubEnv('TZ', zone);
    const end = pauseEnd({ pausedUntil: null, quietHours: quietHours as typeof night }, utc(now));
    return end === undefined ? undefined : new Date(end).toISOString();
  };

  test.each([
    ['the night in which an hour is left out', 'Europe/Amsterdam', '2026-03-28T22:00', '2026-03-29T05:30:00.000Z'],
    ['the night in which an hour comes twice', 'Europe/Amsterdam', '2026-10-24T22:00', '2026-10-25T06:30:00.000Z'],
    ['the second of the two hours', 'Europe/Amsterdam', '2026-10-25T01:30', '2026-10-25T06:30:00.000Z'],
    ['half an hour that is left out', 'Australia/Lord_Howe', '2026-10-03T13:00', '2026-10-03T20:30:00.000Z'],
  ])('quiet hours last until their end by the clock: %s', (_name, zone, now, end) => {
    expect(endIn(zone, night, now)).toBe(end);
  });

  test('quiet hours whose beginning is left out begin with the hour after it', () => {
    const early = { from: '02:30', to: '04:00' };
    expect(endIn('Europe/Amsterdam', early, '2026-03-29T00:59')).toBeUndefined();
    expect(endIn('Europe/Amsterdam', early, '2026-03-29T01:45')).toBe('2026-03-29T02:00:00.000Z');
  });

  test('quiet hours that begin in an hour that comes twice are no longer than until their end', () => {
    const early = { from: '02:30', to: '03:30' };
    expect(endIn('Europe/Amsterdam', early, '2026-10-25T00:45')).toBe('2026-10-25T02:30:00.000Z');
    expect(endIn('Europe/Amsterdam', early, '2026-10-25T02:31')).toBeUndefined();
  });

  test('the next time of day is later, and not more than a day and an hour away', () => {
    vi.stubEnv('TZ', 'Europe/Amsterdam');
    for (let now = utc('2026-03-27T00:00'); now < utc('2026-03-31T00:00'); now += 17 * 60_000) {
      for (const timeOfDay of ['00:00', '02:30', '17:00']) {
        const wait = nextTimeOfDay(timeOfDay, now) - now;
        expect(wait).toBeGreaterThan(0);
        expect(wait).toBeLessThanOrEqual(25 * 3_600_000);
      }
    }
  });
});
