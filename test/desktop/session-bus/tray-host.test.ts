import type { Tray } from 'electron';
import { describe, expect, onTestFinished, test } from 'vitest';
import { openTrayIcon } from '../../../main/desktop/tray/icon.ts';
import { hasTrayHost } from '../../../main/desktop/tray/index.ts';
import { hasPrivateBus, startPrivateBus } from '../../support/electron/session-bus.ts';
import { eventually, until } from '../../support/temporary.ts';

describe.skipIf(!hasPrivateBus)('the tray host on a session bus', () => {
  test('there is none while nothing watches tray icons, or what watches them shows none', async () => {
    const bus = await startPrivateBus();
    expect(await hasTrayHost('linux', bus.environment)).toBe(false);
    const watcher = await bus.startTrayWatcher(false);
    await eventually(async () => {
      expect(await hasTrayHost('linux', bus.environment)).toBe(false);
      expect(watcher.calls).toContain('Get');
    });
  });

  test('the icon is created when a host comes, destroyed when it leaves, and created again with the next one', async () => {
    const bus = await startPrivateBus();
    let icons = 0;
    const create = (): Tray => {
      icons += 1;
      return { destroy() {} } as Tray;
    };
    const hasHost = () => hasTrayHost('linux', bus.environment);
    const icon = await openTrayIcon({ hasHost, create, created() {}, poll: 20 });
    onTestFinished(() => icon.close());
    expect(icon.tray).toBeUndefined();
    const panel = await bus.startTrayWatcher(true);
    await until(() => icon.tray);
    await panel.leave();
    await until(() => icon.tray === undefined);
    await bus.startTrayWatcher(true);
    await until(() => icon.tray);
    expect(icons).toBeGreaterThan(1);
  });

  test('a watcher that never answers counts as none', async () => {
    const bus = await startPrivateBus();
    await bus.startTrayWatcher('nothing');
    expect(await hasTrayHost('linux', bus.environment)).toBe(false);
  });
});
