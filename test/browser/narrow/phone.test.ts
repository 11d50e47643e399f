import type { Locator, Page } from 'playwright-core';
import { expect } from 'vitest';
import type { MethodName } from '../../../preload/contract/index.ts';
import { backupSample } from '../support/backup-sample.ts';
import { test } from '../support/browser-test.ts';
import { busySample } from '../support/sample.ts';
import { officeMembers, officeTeam, teamReplies } from '../support/team-replies.ts';
import { openWindow } from '../support/window.ts';

const phone = { width: 390, height: 844 };

/** Whether all of it lies between the left and the right edge of the window. */
async function isBetweenEdges(page: Page, element: Locator): Promise<boolean> {
  const box = await element.boundingBox();
  const { width = 0 } = page.viewportSize() ?? {};
  return box !== null && box.x >= 0 && box.x + box.width <= width;
}

/** How many pixels of its content it cuts off. */
const cutOff = (element: Locator) => element.evaluate((node) => node.scrollWidth - node.clientWidth);

/** The classes of what can be scrolled sideways within an element. */
function scrolledSideways(element: Element): readonly string[] {
  const isScrolled = (node: Element) =>
    node.clientWidth > 1 &&
    node.scrollWidth > node.clientWidth + 1 &&
    ['auto', 'scroll'].includes(getComputedStyle(node).overflowX);
  return [...element.querySelectorAll('*')].filter(isScrolled).map(({ className }) => String(className));
}

test('on a phone the notifications lie within the window', async ({ browser }) => {
  await using window = await openWindow(browser, busySample(5), { size: phone, view: '/home' });
  const { page } = window;
  await page.locator('.inbox-bell').click();
  const list = page.getByRole('dialog', { name: 'Notifications' });
  await list.waitFor();
  await expect.poll(() => isBetweenEdges(page, list)).toBe(true);
});

test('on a phone a running backup can be cancelled and a body shown in every form', async ({ browser }) => {
  await using window = await openWindow(browser, backupSample(), { size: phone, view: '/backups' });
  const { page, host } = window;
  const running = page.getByRole('region', { name: 'Backup of Autohaus Nord' }).getByRole('button', { name: 'Cancel' });
  await running.waitFor();
  expect(await cutOff(running.locator('.mantine-Button-label'))).toBe(0);
  await page.goto(`${host.origin}/#/events/event-1`);
  await page.getByRole('tab', { name: 'Body' }).click();
  const raw = page.getByText('Raw', { exact: true });
  await raw.waitFor();
  expect(await isBetweenEdges(page, raw)).toBe(true);
  expect(await cutOff(page.locator('.detail-actions .mantine-SegmentedControl-root'))).toBeLessThanOrEqual(0);
});

test('on a phone no row of a list is higher than its place', async ({ browser }) => {
  await using window = await openWindow(browser, busySample(5), { size: phone, view: '/hooks' });
  const { page } = window;
  await page.getByRole('option').first().waitFor();
  const overflow = () =>
    page.getByRole('option').evaluateAll((rows) => Math.max(...rows.map((row) => row.scrollHeight - row.clientHeight)));
  expect(await overflow()).toBeLessThanOrEqual(0);
});

test('on a phone the members of a team fit, each with what it receives and what waits', async ({ browser }) => {
  await using window = await openWindow(browser, busySample(3), { size: phone });
  const { page, host } = window;
  const replies = Object.entries(teamReplies(officeTeam, officeMembers));
  for (const [method, reply] of replies) host.answer(method as MethodName, reply);
  await page.goto(`${host.origin}/#/team`);
  const member = page.getByRole('listitem').filter({ hasText: 'Ben, laptop' });
  await member.getByText('1,284 waiting').waitFor();
  expect(await isBetweenEdges(page, member.getByRole('button', { name: 'Remove Ben, laptop' }))).toBe(true);
  const name = await member.getByText('Ben, laptop').boundingBox();
  expect(name?.height).toBeLessThan(30);
  expect(await page.getByRole('region', { name: 'Members' }).evaluate(scrolledSideways)).toEqual([]);
});

test('on a phone a long title of an event has a second line, so that its end can be read', async ({ browser }) => {
  const sample = busySample(5);
  const [first] = sample.events;
  if (first) first.title = 'Translation finished: Ground floor.rvt';
  await using window = await openWindow(browser, sample, { size: phone });
  const { page } = window;
  const title = page.getByText('Ground floor.rvt');
  await title.waitFor();
  const cutLines = () => title.evaluate((node) => node.scrollHeight - node.clientHeight);
  expect(await cutLines()).toBeLessThanOrEqual(0);
  const row = page.getByRole('option').first();
  expect(await row.evaluate((node) => node.scrollHeight - node.clientHeight)).toBeLessThanOrEqual(0);
});

test('on a phone the actions of the hooks are on one line, and give way to an open hook', async ({ browser }) => {
  await using window = await openWindow(browser, busySample(5), { size: phone, view: '/hooks' });
  const { page } = window;
  const names = ['Refresh', 'Check and repair', 'Create hook'];
  const buttons = names.map((name) => page.getByRole('button', { name }));
  await page.getByRole('option').first().waitFor();
  const tops = await Promise.all(buttons.map(async (button) => (await button.boundingBox())?.y));
  expect(new Set(tops).size).toBe(1);
  const repairs = page.getByText('3 hooks moved to the new address');
  await repairs.waitFor();
  await page.getByRole('option').first().click();
  await page.getByRole('region', { name: 'Hook' }).getByRole('heading', { level: 2 }).waitFor();
  await expect.poll(() => repairs.isVisible()).toBe(false);
  await expect.poll(() => page.getByRole('button', { name: 'Create hook' }).isVisible()).toBe(false);
  await page.getByRole('button', { name: 'Close hook' }).click();
  await repairs.waitFor();
});
