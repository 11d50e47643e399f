import { expect, test } from 'vitest';
import { createNotificationService } from '../../../main/desktop/notifications/service.ts';

function service(answers: (string | undefined)[], platform: NodeJS.Platform = 'linux') {
  let calls = 0;
  let time = 1_000_000;
  const { answers: ask, forget } = createNotificationService({
    platform,
    environment: {},
    now: () => time,
    call: async () => answers[calls++],
  });
  const later = (milliseconds: number): void => {
    time += milliseconds;
  };
  return { ask, forget, later, calls: () => calls };
}

test('a service that answered is not asked again until a notification failed', async () => {
  const { ask, forget, calls } = service(['(dunst)', undefined]);
  expect([await ask(), await ask()]).toEqual([true, true]);
  expect(calls()).toBe(1);
  forget();
  expect(await ask()).toBe(false);
});

test('a service that answered is asked again after a minute, as it may hang by then', async () => {
  const { ask, later } = service(['(dunst)', undefined]);
  await ask();
  later(59_999);
  expect(await ask()).toBe(true);
  later(1);
  expect(await ask()).toBe(false);
});

test('a missing service is asked for again with each notification', async () => {
  const { ask, calls } = service([undefined, '(dunst)']);
  expect([await ask(), await ask()]).toEqual([false, true]);
  expect(calls()).toBe(2);
});

test.each(['darwin', 'win32'] as const)('on %s no bus is asked', async (platform) => {
  const { ask, calls } = service([], platform);
  expect(await ask()).toBe(true);
  expect(calls()).toBe(0);
});
