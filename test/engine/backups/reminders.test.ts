import { expect, test } from 'vitest';
import { Reminders } from '../../../main/engine/backups/reminders.ts';
import { days, hours, minutes } from '../../../main/engine/timing/index.ts';

/** An account whose backup has been overdue for an hour; each reminder takes `storing` milliseconds to be stored. */
function openOverdueAccount({ storing, isStorable = true }: { storing: number; isStorable?: boolean }) {
  const clock = { now: days(100) };
  const since = clock.now - hours(37);
  const shown: number[] = [];
  const progress = { changedAt: 0, remindedAt: null as number | null };
  const options = {
    records: { all: [] },
    plans: {
      of: () => ({ overdueHours: 36 }),
      progress: () => ({ ...progress, since }),
      otherOf: () => undefined,
      noteReminder(_: string, at: number) {
        if (!isStorable) throw new Error('the disk is full');
        progress.remindedAt = at;
      },
    },
    notifier: {
      async queue() {
        shown.push(clock.now);
        clock.now += storing;
        return true;
      },
    },
    waitingSince: () => undefined,
    now: () => clock.now,
  } as unknown as ConstructorParameters<typeof Reminders>[0];
  const reminders = new Reminders(options);
  return { clock, shown, remind: () => reminders.remind({ connection: 'c', name: 'Garage', shared: 's' }) };
}

test.each([
  [0, true],
  [minutes(59), true],
  [minutes(7), false],
])(
  'a reminder is repeated a day after it was due, where storing it took %d ms (and its time is storable: %s)',
  async (storing, isStorable) => {
    const { clock, shown, remind } = openOverdueAccount({ storing, isStorable });
    const first = clock.now;
    const check = () => remind().catch(() => {});
    await check();
    await check();
    clock.now = first + days(1) - 1;
    await check();
    expect(shown).toEqual([first]);
    clock.now = first + days(1);
    await check();
    expect(shown).toEqual([first, first + days(1)]);
  },
);
