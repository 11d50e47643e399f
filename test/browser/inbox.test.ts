import { expect } from 'vitest';
import type { NotificationView } from '../../preload/contract/index.ts';
import { test } from './support/browser-test.ts';
import { type Look, testLooks } from './support/look.ts';
import { busySample, type Sample } from './support/sample.ts';
import { openWindow } from './support/window.ts';

const minutesAgo = (minutes: number) => new Date(Date.now() - minutes * 60_000).toISOString();

const notifications = (): NotificationView[] => [
  {
    id: '3',
    at: minutesAgo(2),
    title: 'Translation failed',
    body: 'Tower.rvt',
    event: 'event-7',
    outcome: 'failed',
    unseen: true,
  },
  {
    id: '2',
    at: minutesAgo(30),
    title: '25 files added',
    body: 'Structural',
    count: 25,
    event: 'event-9',
    unseen: true,
  },
  { id: '1', at: minutesAgo(300), title: 'Hook needs attention', body: 'Version added', page: 'hooks' },
];

function withUnseen(): Sample {
  const sample = busySample(40);
  sample.status.unseen = 2;
  return sample;
}

test('the bell counts unseen notifications, lists them, and opens what they are about', async ({ browser }) => {
  await using window = await openWindow(browser, withUnseen());
  const { page, host } = window;
  const known = notifications();
  host.answer('notifications.list', () => known);
  host.answer('notifications.seen', () => {
    for (const each of known) each.unseen = false;
    host.sample.status.unseen = 0;
    host.say({ type: 'notifications', unseen: 0 });
    return {};
  });
  await page.getByRole('button', { name: '2 unseen notifications' }).click();
  await expect.poll(() => page.title()).toBe('(2) Ringback');
  const list = page.getByRole('dialog', { name: 'Notifications' });
  await expect.poll(() => list.locator('.inbox-failed').count()).toBe(1);
  await list.getByRole('button', { name: /^25 files added/ }).click();
  await expect.poll(() => page.url()).toBe(`${host.origin}/#/events?notification=2`);
  await expect
    .poll(() => host.asked.findLast(({ method }) => method === 'notifications.seen')?.input)
    .toEqual({ ids: ['2'] });
  await expect.poll(() => page.title()).toBe('Ringback');
});

test('all are marked as seen at once, and those since the user left are listed first', async ({ browser }) => {
  await using window = await openWindow(browser, withUnseen());
  const { page, host } = window;
  host.answer('notifications.list', notifications);
  host.answer('notifications.seen', () => ({}));
  await page.evaluate((time) => {
    localStorage.setItem('ringback-left-at', time);
    globalThis.dispatchEvent(new Event('focus'));
  }, minutesAgo(60));
  await page.getByRole('button', { name: '2 unseen notifications' }).click();
  const since = page.getByRole('region', { name: /^Since you left/ });
  await expect.poll(() => since.getByRole('listitem').count()).toBe(2);
  await page.getByRole('region', { name: 'Earlier' }).getByText('Hook needs attention').waitFor();
  await page.getByRole('button', { name: 'Mute: 25 files added' }).click();
  await page.getByRole('menuitem', { name: 'For an hour' }).click();
  await expect
    .poll(() => host.asked.findLast(({ method }) => method === 'notifications.mute')?.input)
    .toMatchObject({ notification: '2', hours: 1 });
  await page.getByRole('button', { name: 'Mark all as seen' }).click();
  await expect
    .poll(() => host.asked.findLast(({ method }) => method === 'notifications.seen')?.input)
    .toEqual({ all: true });
});

test('the notification of an event that is opened elsewhere is seen, once the window has the focus', async ({
  browser,
}) => {
  await using window = await openWindow(browser, withUnseen());
  const { page, host } = window;
  host.answer('notifications.list', notifications);
  host.answer('notifications.seen', () => ({}));
  const seen = () => host.asked.filter(({ method }) => method === 'notifications.seen').map(({ input }) => input);
  await page.evaluate(() => {
    document.hasFocus = () => false;
    location.hash = '#/events/event-7';
  });
  await expect.poll(() => host.asked.some(({ method }) => method === 'notifications.list')).toBe(true);
  await page.locator('.detail-head').waitFor();
  expect(seen()).toEqual([]);
  await page.evaluate(() => {
    document.hasFocus = () => true;
    globalThis.dispatchEvent(new Event('focus'));
  });
  await expect.poll(seen).toEqual([{ ids: ['3'] }]);
});

const look: Look = {
  name: 'inbox',
  sample: withUnseen,
  arrive: async (page, host) => {
    host.answer('notifications.list', notifications);
    await page.getByRole('button', { name: '2 unseen notifications' }).click();
    await page.getByText('25 files added').waitFor();
  },
};
testLooks([look]);

test('at twice the size the inbox is in sight, and the end of the sidebar is reached with the pointer', async ({
  browser,
}) => {
  await using window = await openWindow(browser, busySample(3), { size: { width: 640, height: 360 } });
  const { page } = window;
  const below = (selector: string) =>
    page.locator(selector).evaluate((element) => element.getBoundingClientRect().bottom - innerHeight);
  await page.locator('.inbox-bell').waitFor();
  expect(await below('.inbox-bell')).toBeLessThanOrEqual(0);
  await page.mouse.move(20, 200);
  await expect
    .poll(async () => {
      await page.mouse.wheel(0, 2000);
      return below('.sidebar-foot');
    })
    .toBeLessThanOrEqual(0);
});
