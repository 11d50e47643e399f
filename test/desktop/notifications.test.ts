import { EventEmitter } from 'node:events';
import type { Notification } from 'electron';
import { afterEach, expect, test, vi } from 'vitest';
import { createNotifications } from '../../main/desktop/notifications.ts';

afterEach(() => void vi.useRealTimers());

class Toast extends EventEmitter {
  readonly words: { readonly title?: string; readonly body?: string };
  readonly shows: (toast: Toast) => void;
  constructor(words: Toast['words'], shows: Toast['shows']) {
    super();
    this.words = words;
    this.shows = shows;
  }
  show() {
    this.shows(this);
  }
}

function desk({ supported = true, shows = (toast: Toast): unknown => toast.emit('show') } = {}) {
  const toasts: Toast[] = [];
  const opened: unknown[] = [];
  const notifications = createNotifications({
    isSupported: () => supported,
    create(words) {
      const toast = new Toast(words, shows);
      toasts.push(toast);
      return toast as unknown as Notification;
    },
    clicked: ({ event }) => opened.push(event),
  });
  return { notifications, toasts, opened };
}

test('a notification is shown with its words, and its click opens its event', async () => {
  const { notifications, toasts, opened } = desk();
  await notifications.notify({ title: 'Translation finished: pump.ipt', body: 'success', event: '7' });
  expect(toasts[0]?.words).toEqual({ title: 'Translation finished: pump.ipt', body: 'success' });
  toasts[0]?.emit('click');
  expect(opened).toEqual(['7']);
});

test('an urgent notification stays until it is closed, where the system can do that', async () => {
  const { notifications, toasts } = desk();
  await notifications.notify({ title: 'No good backup', body: '', urgent: true });
  expect(toasts[0]?.words).toEqual({ title: 'No good backup', body: '', urgency: 'critical', timeoutType: 'never' });
});

test('where the system has no notifications, showing one is refused', async () => {
  const { notifications, toasts } = desk({ supported: false });
  await expect(notifications.notify({ title: '', body: '' })).rejects.toMatchObject({ code: 'conflict' });
  expect(toasts).toEqual([]);
});

test('a notification the system did not show is reported with the reason', async () => {
  const { notifications } = desk({ shows: (toast) => toast.emit('failed', {}, 'not allowed') });
  await expect(notifications.notify({ title: '', body: '' })).rejects.toThrow(/not allowed.*system settings/);
});

test('a system that says nothing is believed after a while', async () => {
  vi.useFakeTimers();
  const { notifications } = desk({ shows: () => {} });
  const shown = notifications.notify({ title: '', body: '' });
  await vi.advanceTimersByTimeAsync(3000);
  await expect(shown).resolves.toBeUndefined();
});

test('after closing a click does nothing more', async () => {
  const { notifications, toasts, opened } = desk();
  await notifications.notify({ title: '', body: '', event: '7' });
  notifications.close();
  toasts[0]?.emit('click');
  expect(opened).toEqual([]);
});
