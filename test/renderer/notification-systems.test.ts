import { expect, test } from 'vitest';
import { notificationSystems } from '../../renderer/settings/notifications/systems.ts';

test.each([
  ['Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/142', ['windows']],
  ['Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) Chrome/142', ['macos']],
  ['Mozilla/5.0 (X11; Linux x86_64) Chrome/142', ['gnome', 'kde', 'others']],
])('how to allow notifications is explained for the system of %s', (userAgent, systems) => {
  expect(notificationSystems(userAgent, true)).toEqual(systems);
  expect(notificationSystems(userAgent, false)).toEqual(['browser', ...systems]);
});
