import { EventEmitter } from 'node:events';
import type { Notification } from 'electron';
import { afterEach, expect, test, vi } from 'vitest';
import { createNotifications } from '../../../main/desktop/notifications/notifications.ts';

afterEach(() => void vi.useRealTimers());

class Toast extends EventEmitter {
  readonly words: { readonly title?: string; readonly body?: string };
  readonly shows: (toast: Toast) => void;
  constructor(words: Toast['words'], shows: Toast['shows']) {
    super();
    this.words = words;
    this.shows = shows;
  }
  closed = false;
  show() {
    this.shows(this);
  }
  close() {
    this.closed = true;
  }
}

interface Desk {
  readonly supported?: boolean;
  readonly platform?: NodeJS.Platform;
  readonly service?: boolean;
  shows?(toast: Toast): unknown;
}

function desk({
  supported = true,
  platform = 'win32',
  service = true,
  shows = (toast) => toast.emit('show'),
}: Desk = {}) {
  const toasts: Toast[] = [];
  const opened: unknown[] = [];
  let failures = 0;
  let supportChecks = 0;
  const notifications = createNotifications({
    platform,
    serviceAnswers: async () => service,
    failed: () => {
      failures += 1;
    },
    isSupported() {
      supportChecks += 1;
      return supported;
    },
    create(words) {
      const toast = new Toast(words, shows);
      toasts.push(toast);
      return toast as unknown as Notification;
    },
    clicked: ({ event }) => opened.push(event),
    chosen: ({ event }, action) => opened.push([event, action]),
  });
  return { notifications, toasts, opened, failures: () => failures, supportChecks: () => supportChecks };
}

test('macOS is led to ask for permission at the start, and not by the first event', () => {
  expect(desk({ platform: 'darwin' }).supportChecks()).toBe(1);
});

test('a notification is shown with its words, and its click opens its event', async () => {
  const { notifications, toasts, opened } = desk();
  await notifications.notify({ title: 'Translation finished: pump.ipt', body: 'success', event: '7' });
  expect(toasts[0]?.words).toEqual({ title: 'Translation finished: pump.ipt', body: 'success' });
  toasts[0]?.emit('click');
  expect(opened).toEqual(['7']);
});

test('what can be done about a failure are buttons, and one that is pressed is told by its action', async () => {
  const { notifications, toasts, opened } = desk();
  const failure = { title: 'Translation failed: pump.ipt', body: '', event: '7', job: 'j' };
  await notifications.notify({ ...failure, actions: ['open', 'retry', 'copy-error'] });
  expect(toasts[0]?.words).toMatchObject({
    actions: ['Open', 'Translate again', 'Copy error'].map((text) => ({ type: 'button', text })),
  });
  toasts[0]?.emit('action', { actionIndex: 1 });
  expect(opened).toEqual([['7', 'retry']]);
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

test.each(['linux', 'win32', 'darwin'] as const)(
  'on %s a notification that nothing confirms counts as not shown',
  async (platform) => {
    vi.useFakeTimers();
    const { notifications, failures } = desk({ platform, shows: () => {} });
    const shown = expect(notifications.notify({ title: '', body: '' })).rejects.toThrow(/did not confirm/);
    await vi.advanceTimersByTimeAsync(3000);
    await shown;
    expect(failures()).toBe(1);
  },
);

test('one that the system confirms late opens what it is about, and is not shown a second time', async () => {
  vi.useFakeTimers();
  const { notifications, toasts, opened } = desk({ shows: () => {} });
  const note = { id: '7', title: 'Done', body: '', event: '9' };
  const shown = expect(notifications.notify(note)).rejects.toThrow(/did not confirm/);
  await vi.advanceTimersByTimeAsync(3000);
  await shown;
  toasts[0]?.emit('show');
  await notifications.notify(note);
  expect(toasts).toHaveLength(1);
  toasts[0]?.emit('click');
  expect(opened).toEqual(['9']);
});

test('without a notification service nothing is created, so that nothing can freeze', async () => {
  const { notifications, toasts, failures } = desk({ platform: 'linux', service: false });
  await expect(notifications.notify({ title: '', body: '' })).rejects.toThrow(/no notification service answers/);
  expect(toasts).toEqual([]);
  expect(failures()).toBe(1);
});

test.each([
  ['linux', 'A&amp;B &lt;b&gt;x&lt;/b&gt; &lt;a href="https://example.com"&gt;'],
  ['darwin', 'A&B <b>x</b> <a href="https://example.com">'],
] as const)('on %s a body with markup is shown as it was written', async (platform, body) => {
  const { notifications, toasts } = desk({ platform });
  await notifications.notify({ title: 'A&B', body: 'A&B <b>x</b> <a href="https://example.com">' });
  expect(toasts[0]?.words).toEqual({ title: 'A&B', body });
});

test('after closing a click does nothing more', async () => {
  const { notifications, toasts, opened } = desk();
  await notifications.notify({ title: '', body: '', event: '7' });
  notifications.close();
  toasts[0]?.emit('click');
  expect(opened).toEqual([]);
});

test('a notification replaces the earlier one of its job, and only that', async () => {
  const { notifications, toasts } = desk();
  await notifications.notify({ title: 'Tower.rvt: publishing queued', body: '', job: 'tower' });
  await notifications.notify({ title: 'pump.ipt takes longer than usual', body: '', job: 'pump' });
  await notifications.notify({ title: 'Version 2 of Tower.rvt', body: '', job: 'tower' });
  await notifications.notify({ title: 'A callback could not be saved', body: '' });
  expect(toasts.map(({ closed }) => closed)).toEqual([true, false, false, false]);
});

test('a notification that is not shown leaves the earlier one of its job', async () => {
  let works = true;
  const { notifications, toasts } = desk({
    shows: (toast) => (works ? toast.emit('show') : toast.emit('failed', {}, 'not allowed')),
  });
  await notifications.notify({ title: 'Tower.rvt: publishing queued', body: '', job: 'tower' });
  works = false;
  await expect(notifications.notify({ title: 'Version 2', body: '', job: 'tower' })).rejects.toThrow('not allowed');
  expect(toasts[0]?.closed).toBe(false);
});
