import { describe, expect, it } from 'vitest';
import { planRetention, type RetentionCandidate } from '../../../../main/engine/backups/calendar/retention.ts';
import type { RetentionPolicy } from '../../../../preload/contract/index.ts';

const hour = 3_600_000;
const none: RetentionPolicy = { last: 0, daily: 0, weekly: 0, monthly: 0 };

function backup(time: string, verified = true): RetentionCandidate {
  return { id: time, time: Date.parse(time), verified };
}

/** One verified backup a day at noon UTC, `count` of them up to that day. */
function everyDay(last: string, count: number): RetentionCandidate[] {
  const end = Date.parse(`${last}T12:00:00Z`);
  return Array.from({ length: count }, (_, index) => {
    const time = end - index * 24 * hour;
    return { id: new Date(time).toISOString().slice(0, 10), time, verified: true };
  });
}

function newestFirst(backups: readonly RetentionCandidate[]): RetentionCandidate[] {
  return backups.toSorted((a, b) => b.time - a.time);
}

function kept(
  backups: readonly RetentionCandidate[],
  keep: Partial<RetentionPolicy>,
  timeZone = 'UTC',
): Record<string, string[]> {
  return Object.fromEntries(
    planRetention(newestFirst(backups), { ...none, ...keep }, timeZone).keep.map(({ id, reasons }) => [id, reasons]),
  );
}

describe('the retained backups', () => {
  it('are the last N', () => {
    expect(planRetention(everyDay('2024-05-10', 5), { ...none, last: 2 }, 'UTC')).toEqual({
      keep: [
        { id: '2024-05-10', reasons: ['last'] },
        { id: '2024-05-09', reasons: ['last'] },
      ],
      remove: ['2024-05-08', '2024-05-07', '2024-05-06'],
    });
  });

  it('are the newest of each day', () => {
    const backups = ['2024-05-10T08:00Z', '2024-05-10T20:00Z', '2024-05-09T08:00Z', '2024-05-09T20:00Z'].map((time) =>
      backup(time),
    );
    const days = kept([...backups, backup('2024-05-01T08:00Z')], { daily: 2 });
    expect(days).toEqual({ '2024-05-10T20:00Z': ['daily'], '2024-05-09T20:00Z': ['daily'] });
  });

  it('count only days that have a backup, at any distance', () => {
    const backups = ['2024-05-10T08:00Z', '2023-01-02T08:00Z', '2020-02-29T08:00Z'].map((time) => backup(time));
    expect(Object.keys(kept(backups, { daily: 3 }))).toHaveLength(3);
  });

  it('are the newest of each ISO week, across the turn of the year', () => {
    // 2024-12-30 is the Monday of week 1 of 2025; 2021-01-03 is the Sunday of week 53 of 2020.
    expect(Object.keys(kept(everyDay('2025-01-05', 12), { weekly: 2 }))).toEqual(['2025-01-05', '2024-12-29']);
    expect(Object.keys(kept(everyDay('2021-01-04', 12), { weekly: 3 }))).toEqual([
      '2021-01-04',
      '2021-01-03',
      '2020-12-27',
    ]);
  });

  it('are the newest of each month', () => {
    expect(Object.keys(kept(everyDay('2024-03-15', 80), { monthly: 3 }))).toEqual([
      '2024-03-15',
      '2024-02-29',
      '2024-01-31',
    ]);
  });

  it('may have several reasons', () => {
    const reasons = kept(everyDay('2024-03-15', 40), { last: 1, daily: 2, weekly: 1, monthly: 2 });
    expect(reasons).toEqual({
      '2024-03-15': ['last', 'daily', 'weekly', 'monthly'],
      '2024-03-14': ['daily'],
      '2024-02-29': ['monthly'],
    });
  });

  it('include the oldest while a rule is not used up, so that a short history keeps its beginning', () => {
    const reasons = kept(everyDay('2024-03-20', 10), { monthly: 12 });
    expect(reasons).toEqual({ '2024-03-20': ['monthly'], '2024-03-11': ['oldest, monthly'] });
  });

  it('depend on the time zone', () => {
    const backups = [backup('2024-05-10T22:30:00Z'), backup('2024-05-10T21:30:00Z'), backup('2024-05-01T12:00:00Z')];
    expect(Object.keys(kept(backups, { daily: 2 }, 'UTC'))).toEqual(['2024-05-10T22:30:00Z', '2024-05-01T12:00:00Z']);
    // In Amsterdam the first of them is of the eleventh.
    expect(Object.keys(kept(backups, { daily: 2 }, 'Europe/Amsterdam'))).toEqual([
      '2024-05-10T22:30:00Z',
      '2024-05-10T21:30:00Z',
    ]);
  });

  it('are one a day on the days of 23 and 25 hours', () => {
    for (const day of ['2024-03-31', '2024-10-27']) {
      const midnight = Date.parse(`${day}T00:00:00Z`) - 4 * hour;
      const backups = Array.from({ length: 72 }, (_, index) => backup(new Date(midnight + index * hour).toISOString()));
      const ids = Object.keys(kept(backups, { daily: 3 }, 'Europe/Amsterdam'));
      const local = new Intl.DateTimeFormat('sv', { timeZone: 'Europe/Amsterdam', dateStyle: 'short' });
      expect(new Set(ids.map((id) => local.format(Date.parse(id)))).size).toBe(3);
    }
  });

  it('are all where there is no rule', () => {
    expect(planRetention(everyDay('2024-05-10', 3), none, 'UTC').remove).toEqual([]);
  });

  it('are none of none', () => {
    expect(planRetention([], { ...none, last: 3 }, 'UTC')).toEqual({ keep: [], remove: [] });
  });

  it('are those made last, also where an earlier one was stamped by a clock that ran ahead, or behind', () => {
    for (const wrong of ['2099-01-01T12:00Z', '2000-01-01T12:00Z']) {
      const made = [...everyDay('2024-05-10', 2), backup(wrong), ...everyDay('2024-05-08', 2)];
      const idsOf = (keep: Partial<RetentionPolicy>) =>
        planRetention(made, { ...none, ...keep }, 'UTC').keep.map(({ id }) => id);
      expect(idsOf({ last: 2 })).toEqual(['2024-05-10', '2024-05-09']);
      expect(idsOf({ daily: 4 })).toEqual(['2024-05-10', '2024-05-09', wrong, '2024-05-08']);
      for (const rule of ['last', 'daily', 'weekly', 'monthly']) expect(idsOf({ [rule]: 1 })).toContain('2024-05-10');
    }
  });
});

describe('an unverified backup', () => {
  it('does not count in place of a verified one', () => {
    const backups = [backup('2024-05-10T12:00Z', false), backup('2024-05-10T08:00Z'), backup('2024-05-09T08:00Z')];
    expect(Object.keys(kept(backups, { last: 2, daily: 2 }))).toEqual([
      '2024-05-10T12:00Z',
      '2024-05-10T08:00Z',
      '2024-05-09T08:00Z',
    ]);
  });

  it('is retained while nothing newer is verified, and removed when something is', () => {
    const old = backup('2024-05-08T12:00Z', false);
    const newer = backup('2024-05-10T12:00Z', false);
    expect(planRetention([newer, old], { ...none, last: 1 }, 'UTC')).toEqual({
      keep: [
        { id: newer.id, reasons: ['no newer backup is verified'] },
        { id: old.id, reasons: ['no newer backup is verified'] },
      ],
      remove: [],
    });
    expect(planRetention([newer, backup('2024-05-09T12:00Z'), old], { ...none, last: 1 }, 'UTC').remove).toEqual([
      old.id,
    ]);
  });
});

describe('in a thousand random histories', () => {
  /** Mulberry32. */
  function random(seed: number): () => number {
    let state = seed;
    return () => {
      state = (state + 0x6d2b79f5) | 0;
      let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
      mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
      return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
    };
  }

  it('the newest verified one is always retained, each is decided once, and a second removal removes nothing', () => {
    for (let seed = 1; seed <= 1000; seed += 1) {
      const next = random(seed);
      const count = (limit: number) => Math.floor(next() * limit);
      const backups = Array.from({ length: count(20) }, (_, index) => ({
        id: String(index),
        time: Date.UTC(2024, 0, 1) + count(100 * 24) * hour,
        verified: next() > 0.3,
      }));
      const keep = { last: count(3), daily: count(4), weekly: count(3), monthly: count(3) };
      const { keep: stay, remove } = planRetention(backups, keep, 'Europe/Amsterdam');
      const ids = stay.map(({ id }) => id);
      expect([...ids, ...remove].sort()).toEqual(backups.map(({ id }) => id).sort());
      const newest = backups.find(({ verified }) => verified);
      if (newest) expect(ids).toContain(newest.id);
      const left = backups.filter(({ id }) => ids.includes(id));
      expect(planRetention(left, keep, 'Europe/Amsterdam').remove).toEqual([]);
    }
  });
});
