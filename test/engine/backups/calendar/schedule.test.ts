import { describe, expect, it } from 'vitest';
import { dueSlot, lastSlot, nextSlot, overdueFor } from '../../../../main/engine/backups/calendar/schedule.ts';
import type { Schedule } from '../../../../preload/contract/index.ts';

const zone = 'Europe/Amsterdam';
const hour = 3_600_000;
const day = 24 * hour;
const daily = (at: string): Schedule => ({ every: 'day', at });
const weekly = (weekday: number, at: string): Schedule => ({ every: 'week', at, weekday });
const iso = (instant: number | undefined) => (instant === undefined ? undefined : new Date(instant).toISOString());
const next = (schedule: Schedule, after: string, timeZone = zone) =>
  iso(nextSlot(schedule, Date.parse(after), timeZone));
const last = (schedule: Schedule, until: string, timeZone = zone) =>
  iso(lastSlot(schedule, Date.parse(until), timeZone));
const due = (schedule: Schedule, settled: string, now: string) =>
  iso(dueSlot(schedule, Date.parse(settled), Date.parse(now), zone));

describe('a daily slot', () => {
  it('is at the same local time in summer and winter', () => {
    expect(next(daily('03:12'), '2024-07-01T00:00Z')).toBe('2024-07-01T01:12:00.000Z');
    expect(next(daily('03:12'), '2024-12-01T00:00Z')).toBe('2024-12-01T02:12:00.000Z');
  });

  it('follows strictly: at the slot itself the next one is tomorrow, and the last one is now', () => {
    expect(next(daily('03:00'), '2024-07-01T01:00Z')).toBe('2024-07-02T01:00:00.000Z');
    expect(last(daily('03:00'), '2024-07-01T01:00Z')).toBe('2024-07-01T01:00:00.000Z');
    expect(last(daily('03:00'), '2024-07-01T00:59:59.999Z')).toBe('2024-06-30T01:00:00.000Z');
  });

  it('that the clock skips is moved by as much as the clock is set forward', () => {
    // On 31 March 2024 the clock goes from 02:00 to 03:00.
    expect(next(daily('02:30'), '2024-03-30T12:00Z')).toBe('2024-03-31T01:30:00.000Z');
    expect(next(daily('02:30'), '2024-03-31T01:30Z')).toBe('2024-04-01T00:30:00.000Z');
  });

  it('that the clock shows twice comes once', () => {
    // On 27 October 2024 the hour from 02:00 to 03:00 comes twice.
    expect(next(daily('02:30'), '2024-10-26T12:00Z')).toBe('2024-10-27T00:30:00.000Z');
    expect(next(daily('02:30'), '2024-10-27T00:30Z')).toBe('2024-10-28T01:30:00.000Z');
  });

  it('is correct at midnight, and where midnight is skipped', () => {
    expect(next(daily('00:00'), '2024-07-01T21:59Z')).toBe('2024-07-01T22:00:00.000Z');
    // In Beirut 31 March 2024 began at 01:00.
    expect(next(daily('00:00'), '2024-03-30T12:00Z', 'Asia/Beirut')).toBe('2024-03-30T22:00:00.000Z');
  });

  it('is correct far from Greenwich, and where a day was left out', () => {
    expect(next(daily('03:00'), '2024-07-01T00:00Z', 'Pacific/Kiritimati')).toBe('2024-07-01T13:00:00.000Z');
    expect(next(daily('03:00'), '2024-07-01T00:00Z', 'Pacific/Niue')).toBe('2024-07-01T14:00:00.000Z');
    // Samoa had no 30 December 2011.
    expect(next(daily('03:00'), '2011-12-29T13:00Z', 'Pacific/Apia')).toBe('2011-12-30T13:00:00.000Z');
    expect(next(daily('03:00'), '2011-12-30T13:00Z', 'Pacific/Apia')).toBe('2011-12-31T13:00:00.000Z');
  });

  it('comes once for each day of two years, in every time zone tried', () => {
    for (const timeZone of [zone, 'America/New_York', 'Asia/Kolkata', 'Australia/Lord_Howe', 'America/Santiago']) {
      const slots = [nextSlot(daily('02:15'), Date.UTC(2023, 5, 1), timeZone)];
      while ((slots.at(-1) ?? 0) < Date.UTC(2025, 5, 1))
        slots.push(nextSlot(daily('02:15'), slots.at(-1) ?? 0, timeZone));
      const gaps = slots.slice(1).map((slot, index) => (slot - (slots[index] ?? 0)) / hour);
      expect(gaps.every((gap) => gap >= 23 && gap <= 25)).toBe(true);
      expect(gaps.filter((gap) => gap !== 24).length).toBeLessThanOrEqual(8);
    }
  });
});

describe('a weekly slot', () => {
  it('is on its weekday', () => {
    // 3 July 2024 is a Wednesday.
    expect(next(weekly(0, '12:00'), '2024-07-03T12:00Z')).toBe('2024-07-07T10:00:00.000Z');
    expect(next(weekly(3, '12:00'), '2024-07-03T09:00Z')).toBe('2024-07-03T10:00:00.000Z');
    expect(next(weekly(3, '12:00'), '2024-07-03T10:00Z')).toBe('2024-07-10T10:00:00.000Z');
    expect(last(weekly(4, '12:00'), '2024-07-03T09:00Z')).toBe('2024-06-27T10:00:00.000Z');
  });
});

describe('at wake-up', () => {
  it('nothing is due where nothing was missed', () => {
    expect(due(daily('03:00'), '2024-07-01T01:00Z', '2024-07-01T20:00Z')).toBeUndefined();
  });

  it('of several missed slots the last is due, and after it none', () => {
    const slot = due(daily('03:00'), '2024-07-01T01:00Z', '2024-07-09T20:00Z');
    expect(slot).toBe('2024-07-09T01:00:00.000Z');
    expect(due(daily('03:00'), slot ?? '', '2024-07-09T20:00Z')).toBeUndefined();
    expect(due(daily('03:00'), slot ?? '', '2024-07-10T00:59Z')).toBeUndefined();
    expect(due(daily('03:00'), slot ?? '', '2024-07-10T01:00Z')).toBe('2024-07-10T01:00:00.000Z');
  });

  it('slots before the schedule was set are not due', () => {
    expect(due(daily('03:00'), '2024-07-01T08:00Z', '2024-07-01T09:00Z')).toBeUndefined();
    expect(due(weekly(1, '03:00'), '2024-07-01T08:00Z', '2024-07-07T09:00Z')).toBeUndefined();
  });

  it('a clock that is corrected backwards by minutes makes nothing due twice', () => {
    const slot = '2024-07-01T01:00:00.000Z';
    expect(due(daily('03:00'), slot, '2024-07-01T00:57Z')).toBeUndefined();
    expect(due(daily('03:00'), slot, '2024-07-01T01:00Z')).toBeUndefined();
  });

  it('a clock that had been years ahead does not stop the schedule', () => {
    expect(due(daily('03:00'), '2035-01-01T02:00Z', '2024-07-01T09:00Z')).toBe('2024-07-01T01:00:00.000Z');
  });

  it('each slot of a year with sleep at random is due at most once, and none is forgotten', () => {
    let settled = Date.UTC(2024, 0, 1);
    const done: number[] = [];
    let woken = 0;
    for (let now = settled, step = 1; now < Date.UTC(2025, 0, 1); now += ((step * 7919) % 3000) * 60_000, step += 1) {
      const slot = dueSlot(daily('02:30'), settled, now, zone);
      if (slot !== undefined) {
        done.push(slot);
        settled = slot;
      }
      woken += 1;
      expect(settled).toBeGreaterThanOrEqual(now - 25 * hour);
    }
    expect(new Set(done).size).toBe(done.length);
    expect(done).toEqual(done.toSorted((a, b) => a - b));
    expect(woken).toBeGreaterThan(300);
  });
});

describe('the last verified backup', () => {
  it('is overdue only after the hours allowed', () => {
    const finished = Date.UTC(2024, 6, 1);
    expect(overdueFor(finished, 36, finished + 36 * hour)).toBeUndefined();
    expect(overdueFor(finished, 36, finished + 36 * hour + 1)).toBe(36);
    expect(overdueFor(finished, 36, finished + 3 * day)).toBe(72);
    expect(overdueFor(finished, 36, finished - day)).toBeUndefined();
  });
});
