import type { Notification } from 'electron';
import { describe, expect, test } from 'vitest';
import { createNotificationService, createNotifications } from '../../../main/desktop/notifications/index.ts';
import { hasPrivateBus, type PrivateBus, startPrivateBus } from '../../support/electron/session-bus.ts';
import { eventually } from '../../support/temporary.ts';

const noted = { title: 'Translation finished: pump.ipt', body: '' };

/** Notifications of a Linux desktop whose toolkit shows all it is given. */
function desktopOn(bus: PrivateBus) {
  const service = createNotificationService({ platform: 'linux', environment: bus.environment, now: () => 0 });
  let shown = 0;
  const { notify } = createNotifications({
    platform: 'linux',
    serviceAnswers: service.answers,
    failed: service.forget,
    isSupported: () => true,
    create() {
      const toast = {
        on() {},
        once: (event: string, done: () => void) => void (event === 'show' && done()),
        show() {},
      };
      shown += 1;
      return toast as unknown as Notification;
    },
    clicked() {},
    chosen() {},
  });
  return { notify, forget: service.forget, shown: () => shown };
}

describe.skipIf(!hasPrivateBus)('the notification service on a session bus', () => {
  test('without one a notification is rejected, and the next is shown once a service has come', async () => {
    const bus = await startPrivateBus();
    const { notify, shown } = desktopOn(bus);
    await expect(notify(noted)).rejects.toThrow('no notification service answers');
    const service = await bus.startNotificationService();
    await eventually(() => notify(noted));
    expect(shown()).toBe(1);
    expect(service.calls).toContain('GetServerInformation');
  });

  test('one that has left is missed after the first notification that it did not show', async () => {
    const bus = await startPrivateBus();
    const { notify, forget, shown } = desktopOn(bus);
    const service = await bus.startNotificationService();
    await eventually(() => notify(noted));
    await service.leave();
    forget();
    await expect(notify(noted)).rejects.toThrow('no notification service answers');
    expect(shown()).toBe(1);
  });

  test('one that answers with an error, or that the bus cannot start, counts as none', async () => {
    const bus = await startPrivateBus();
    const { notify, shown } = desktopOn(bus);
    await bus.activateNotificationServiceBy('/bin/false');
    await expect(notify(noted)).rejects.toThrow('no notification service answers');
    await bus.startNotificationService(() => ({ error: 'org.freedesktop.DBus.Error.AccessDenied' }));
    await expect(notify(noted)).rejects.toThrow('no notification service answers');
    expect(shown()).toBe(0);
  });

  test('one that never answers keeps nothing waiting for long, and is used once it does', async () => {
    const bus = await startPrivateBus();
    const { notify, shown } = desktopOn(bus);
    const service = await bus.startNotificationService(() => 'nothing');
    await expect(notify(noted)).rejects.toThrow('no notification service answers');
    service.answer = () => ['ssss', ['mako', 'emersion', '1.10', '1.2']];
    await eventually(() => notify(noted));
    expect(shown()).toBe(1);
  });
});
