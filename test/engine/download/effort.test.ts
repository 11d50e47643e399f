import { expect, it } from 'vitest';
import { createEffort } from '../../../main/engine/download/effort.ts';

const megabyte = 1024 * 1024;

function effort(received = 0, now = () => 0) {
  return createEffort({ received, retries: 5, now });
}

/** How many attempts are made before the effort is exhausted, each of which receives these bytes. */
function attemptsUntilExhausted(measured: ReturnType<typeof effort>, receive: (attempt: number) => void) {
  for (let attempt = 1; attempt <= 10_000; attempt += 1) {
    receive(attempt);
    const exhaustion = measured.fail(1000 * megabyte);
    if (exhaustion) return { attempt, exhaustion };
  }
  return undefined;
}

it('six attempts without a byte are enough', () => {
  expect(attemptsUntilExhausted(effort(), () => {})).toEqual({
    attempt: 6,
    exhaustion: { reason: 'nothing-more', attempts: 6 },
  });
});

it('six attempts that end at the same byte are enough: the file ends there', () => {
  const measured = effort();
  expect(attemptsUntilExhausted(measured, () => measured.receive(megabyte, megabyte))).toEqual({
    attempt: 6,
    exhaustion: { reason: 'nothing-more', attempts: 6 },
  });
});

it('progress starts the count of failures again', () => {
  const measured = effort();
  for (let round = 1; round <= 20; round += 1) {
    for (let failure = 0; failure < 4; failure += 1) expect(measured.fail(undefined)).toBeUndefined();
    measured.receive(megabyte, round * megabyte);
    expect(measured.fail(undefined)).toBeUndefined();
    expect(measured.failures).toBe(1);
  }
});

it('an interruption for each megabyte is never too many', () => {
  const measured = effort();
  expect(attemptsUntilExhausted(measured, (attempt) => measured.receive(megabyte, attempt * megabyte))).toBeUndefined();
});

it('an interruption for each few bytes is too many in the end, also for a download that was resumed far into the file', () => {
  const measured = effort(900 * megabyte);
  const end = attemptsUntilExhausted(measured, (attempt) => measured.receive(10, 900 * megabyte + attempt * 10));
  expect(end).toEqual({ attempt: 61, exhaustion: { reason: 'fragments', attempts: 61 } });
});

it('the file may be received three times over, from its beginning each time', () => {
  const measured = effort();
  const end = attemptsUntilExhausted(measured, (attempt) =>
    measured.receive(400 * megabyte - attempt, 400 * megabyte - attempt),
  );
  expect(end).toMatchObject({ attempt: 9, exhaustion: { reason: 'repeated', attempts: 9 } });
});

it('less than a megabyte in an hour is too slow, and a computer that sleeps meanwhile does not count', () => {
  let now = 0;
  const measured = effort(0, () => now);
  let end = 0;
  const receive = (milliseconds: number): boolean => {
    now += milliseconds;
    end += 100;
    return measured.receive(100, end);
  };
  for (let second = 0; second < 3600; second += 30) expect(receive(30_000)).toBe(true);
  expect(receive(30_000)).toBe(false);
  now = 0;
  end = 0;
  const asleep = createEffort({ received: 0, retries: 5, now: () => now });
  now = 24 * 3_600_000;
  expect(asleep.receive(100, 100)).toBe(true);
  now = 0;
  expect(asleep.receive(100, 200)).toBe(true);
});
