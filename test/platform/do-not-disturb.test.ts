import { chmod, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { createDoNotDisturbQuestion } from '../../main/platform/index.ts';
import { hasPrivateBus, startPrivateBus } from '../support/electron/session-bus.ts';
import { temporaryFolder } from '../support/temporary.ts';

/** A desktop whose program prints this for exactly these parameters, and fails for others. */
async function desktop(name: string, program: string, parameters: string, printed: string) {
  const folder = await temporaryFolder();
  const file = join(folder, program);
  await writeFile(file, `#!/bin/sh\n[ "$*" = "${parameters}" ] && echo "${printed}"\n`);
  await chmod(file, 0o755);
  let time = 0;
  const question = createDoNotDisturbQuestion({
    platform: 'linux',
    environment: { PATH: folder, XDG_CURRENT_DESKTOP: name },
    now: () => time,
  });
  const print = (text: string) => writeFile(file, `#!/bin/sh\necho "${text}"\n`);
  const later = (milliseconds: number): void => {
    time += milliseconds;
  };
  return { isQuiet: async () => await question?.(), print, later };
}

describe.skipIf(process.platform === 'win32')('what a desktop of Linux says of do not disturb', () => {
  test.each([
    ['ubuntu:GNOME', 'gsettings', 'get org.gnome.desktop.notifications show-banners', 'false', 'true'],
    ['X-Cinnamon', 'gsettings', 'get org.cinnamon.desktop.notifications display-notifications', 'false', 'true'],
    ['Pantheon', 'gsettings', 'get io.elementary.notifications do-not-disturb', 'true', 'false'],
    ['XFCE', 'xfconf-query', '-c xfce4-notifyd -p /do-not-disturb', 'true', 'false'],
  ] as const)('%s is asked through its own settings', async (name, program, parameters, quiet, loud) => {
    expect(await (await desktop(name, program, parameters, quiet)).isQuiet()).toBe(true);
    expect(await (await desktop(name, program, parameters, loud)).isQuiet()).toBe(false);
    expect(await (await desktop(name, program, 'get other', quiet)).isQuiet()).toBe(false);
  });

  test('a desktop without the program, and one that is not known, are not quiet', async () => {
    expect(await (await desktop('GNOME', 'other', '', 'false')).isQuiet()).toBe(false);
    expect(await (await desktop('sway', 'gsettings', '', 'false')).isQuiet()).toBe(false);
  });

  test('what was read holds for five seconds', async () => {
    const { isQuiet, print, later } = await desktop('GNOME', 'gsettings', 'no question of ours', '');
    expect(await isQuiet()).toBe(false);
    await print('false');
    later(4999);
    expect(await isQuiet()).toBe(false);
    later(1);
    expect(await isQuiet()).toBe(true);
  });
});

describe.skipIf(!hasPrivateBus)('the notification service of a session bus', () => {
  test.each([
    [true, ['v', [['b', true]]]],
    [false, ['v', [['b', false]]]],
    [false, { error: 'org.freedesktop.DBus.Error.InvalidArgs' }],
  ] as const)('that it inhibits notifications is %s', async (expected, answer) => {
    const bus = await startPrivateBus();
    const service = await bus.startNotificationService(() => answer);
    const environment = { ...bus.environment, XDG_CURRENT_DESKTOP: 'KDE' };
    expect(await createDoNotDisturbQuestion({ platform: 'linux', environment, now: () => 0 })?.()).toBe(expected);
    expect(service.calls).toContain('Get');
  });

  test('without one nothing is inhibited', async () => {
    const { environment } = await startPrivateBus();
    expect(await createDoNotDisturbQuestion({ platform: 'linux', environment, now: () => 0 })?.()).toBe(false);
  });
});

test.each(['win32', 'darwin'] as const)('%s tells no program', (platform) => {
  expect(createDoNotDisturbQuestion({ platform, environment: {}, now: () => 0 })).toBeUndefined();
});
