import type { Locator, Page } from 'playwright-core';
import { expect } from 'vitest';
import type { EventView } from '../../../preload/contract/index.ts';
import { test } from '../support/browser-test.ts';
import { closeDialog, goByKeys } from '../support/keyboard.ts';
import { type Look, testLooks } from '../support/look.ts';
import { busySample } from '../support/sample.ts';
import { goTo, type OpenWindow, openWindow } from '../support/window.ts';

const rows = (page: Page) => page.getByRole('option');
const row = (page: Page, text: string) => rows(page).filter({ hasText: text }).first();
const search = (page: Page) => page.getByRole('textbox', { name: 'Search events' });
const lastQuery = ({ host }: OpenWindow) => host.asked.findLast(({ method }) => method === 'events.list')?.input;

function arrival(id: string, title: string): EventView {
  const [pattern] = busySample(1).events;
  if (!pattern) throw new Error('The sample is empty.');
  return { ...pattern, id, title, receivedAt: new Date().toISOString() };
}

test('a page, an event and a query have addresses, which reload, Back and links lead to', async ({ browser }) => {
  await using window = await openWindow(browser, busySample(40));
  const { page, host } = window;
  await row(page, 'pump.ipt').waitFor();
  await search(page).fill('outcome:failed');
  await expect.poll(() => page.url()).toBe(`${host.origin}/#/events?q=outcome:failed`);
  await rows(page).nth(1).click();
  await page.getByRole('region', { name: 'Event' }).waitFor();
  await expect.poll(() => page.url()).toMatch(/#\/events\/event-\d+\?q=outcome:failed$/);
  const address = page.url();

  await goTo(page, 'Hooks');
  await expect.poll(() => page.url()).toBe(`${host.origin}/#/hooks`);
  await page.goBack();
  await page.getByRole('region', { name: 'Event' }).waitFor();
  await expect.poll(() => page.url()).toBe(address);
  await page.goBack();
  await expect.poll(() => page.getByRole('region', { name: 'Event' }).count()).toBe(0);
  await expect.poll(() => search(page).inputValue()).toBe('outcome:failed');

  await page.goto(address);
  await page.reload();
  await page.getByRole('region', { name: 'Event' }).waitFor();
  await expect.poll(() => search(page).inputValue()).toBe('outcome:failed');
});

test('filters are typed or chosen, named as chips, and removed one by one', async ({ browser }) => {
  await using window = await openWindow(browser, busySample(40));
  const { page } = window;
  await row(page, 'pump.ipt').waitFor();
  await search(page).fill('event:extraction.* since:7d tower');
  await expect.poll(() => lastQuery(window)).toMatchObject({ event: 'extraction.*', text: 'tower' });
  const { since } = lastQuery(window) as { since: string };
  expect(Date.now() - Date.parse(since)).toBeGreaterThan(6.9 * 86_400_000);

  await page.getByRole('combobox', { name: 'Filter by outcome' }).click();
  await page.getByRole('option', { name: 'Failed', exact: true }).click();
  await expect.poll(() => lastQuery(window)).toMatchObject({ outcome: 'failed', event: 'extraction.*', text: 'tower' });
  const chips = page.getByRole('list', { name: 'Filters' });
  await chips.getByText('Outcome: Failed').waitFor();
  await chips.getByRole('button', { name: 'Remove filter Since: 7d' }).click();
  await expect.poll(() => lastQuery(window)).not.toHaveProperty('since');
  await expect.poll(() => search(page).inputValue()).toBe('outcome:failed event:extraction.* tower');

  await search(page).fill('hook:nowhere');
  await chips.getByText('“hook:nowhere” is unknown and not applied').waitFor();
});

test('commands, pages and hooks are found by name, and the keys are listed', async ({ browser }) => {
  await using window = await openWindow(browser, busySample(40));
  const { page, host } = window;
  await row(page, 'pump.ipt').waitFor();
  await page.keyboard.press('Control+k');
  await page.getByPlaceholder('Search commands, pages and hooks').fill('Folder added');
  await page.getByRole('button', { name: 'Folder added' }).first().click();
  await page.getByRole('region', { name: 'Hook' }).waitFor();
  await expect.poll(() => page.url()).toBe(`${host.origin}/#/hooks/hook-5`);

  await page.keyboard.press('Control+k');
  await page.getByPlaceholder('Search commands, pages and hooks').fill('gearbox');
  await page.getByText('Search events for “gearbox”').click();
  await expect.poll(() => lastQuery(window)).toMatchObject({ text: 'gearbox' });
  await expect.poll(() => page.getByPlaceholder('Search commands, pages and hooks').count()).toBe(0);

  await page.getByRole('heading', { level: 1 }).click();
  await page.keyboard.press('?');
  await page.getByRole('dialog', { name: 'Keyboard shortcuts' }).getByText('Go to Hooks').waitFor();
  await closeDialog(page);
  await page.keyboard.press('Alt+2');
  await goByKeys(page, 'j', 'Jobs');
});

test('the list holds still under the pointer, and shows what came once the pointer leaves', async ({ browser }) => {
  await using window = await openWindow(browser, busySample(40));
  const { page, host } = window;
  const first = rows(page).first();
  await first.hover();
  const before = await first.textContent();
  host.say({ type: 'event', event: arrival('new-1', 'Arrived: gear.ipt') });
  host.say({ type: 'event', event: arrival('new-2', 'Arrived: wheel.ipt') });
  await page.getByRole('button', { name: '2 new' }).waitFor();
  expect(await first.textContent()).toBe(before);
  await page.mouse.move(10, 10);
  await expect.poll(() => first.textContent()).toContain('Arrived');
});

test('the list holds still while it has the focus, until the new rows are asked for', async ({ browser }) => {
  await using window = await openWindow(browser, busySample(40));
  const { page, host } = window;
  await row(page, 'pump.ipt').waitFor();
  await page.getByRole('listbox', { name: 'Received events' }).focus();
  await page.keyboard.press('ArrowDown');
  host.say({ type: 'event', event: arrival('new-1', 'Arrived: gear.ipt') });
  await page.getByRole('button', { name: '1 new' }).waitFor();
  await page.keyboard.press('Enter');
  await page.getByRole('region', { name: 'Event' }).waitFor();
  await expect.poll(() => page.url()).toContain('#/events/event-0');
  await page.getByRole('button', { name: '1 new' }).click();
  await row(page, 'Arrived: gear.ipt').waitFor();
});

test('at least 20 rows are in sight on a laptop, under the days they belong to', async ({ browser }) => {
  await using window = await openWindow(browser, busySample(300));
  const { page } = window;
  await row(page, 'pump.ipt').waitFor();
  const inSight = (list: Locator) =>
    list.evaluateAll((all) => {
      const { top, bottom } = document.querySelector('.rows-scroll')?.getBoundingClientRect() ?? new DOMRect();
      return all.map((each) => each.getBoundingClientRect()).filter((box) => box.top >= top && box.bottom <= bottom)
        .length;
    });
  // After midnight the second day's heading takes the place of a row.
  const lines = async () => (await inSight(rows(page))) + (await inSight(page.locator('.rows-heading')));
  await expect.poll(lines).toBeGreaterThanOrEqual(21);
  const comfortable = await lines();
  await page.getByText('Today', { exact: true }).waitFor();
  await page.getByRole('button', { name: 'Compact rows' }).click();
  await expect.poll(lines).toBeGreaterThan(comfortable);
  await page.reload();
  await page.getByRole('button', { name: 'Comfortable rows' }).waitFor();
});

const filled = () => busySample(300);
const sizes = {
  wide: { width: 1280, height: 800 },
  medium: { width: 900, height: 600 },
  phone: { width: 390, height: 800 },
};
const looks: readonly Look[] = [
  ...Object.entries(sizes).map(
    ([name, size]): Look => ({
      name: `event-list-${name}`,
      sample: filled,
      options: { size },
      arrive: (page) => row(page, 'pump.ipt').waitFor(),
    }),
  ),
  {
    name: 'event-list-filtered',
    sample: () => busySample(60),
    arrive: async (page) => {
      await row(page, 'pump.ipt').waitFor();
      await search(page).fill('outcome:failed hook:hook-2 since:soon tower');
      await page.getByRole('list', { name: 'Filters' }).waitFor();
    },
  },
  {
    name: 'event-list-few',
    sample: () => busySample(3),
    arrive: async (page) => {
      await row(page, 'Translation finished').click();
      await page.getByRole('region', { name: 'Event' }).waitFor();
    },
  },
];
testLooks(looks);

test('a search is saved under a name, and a date leads to what came before it', async ({ browser }) => {
  await using window = await openWindow(browser, busySample(30), { view: '/events?q=outcome:failed' });
  const { page } = window;
  await page.getByRole('button', { name: 'Saved views' }).click();
  await page.getByRole('menuitem', { name: 'Save this search…' }).click();
  await page.getByRole('dialog').getByRole('textbox', { name: 'Name' }).fill('What failed');
  await page.keyboard.press('Enter');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  await page.getByRole('button', { name: 'Clear search and filter' }).first().click();
  await page.reload();
  await page.getByRole('button', { name: 'Saved views' }).click();
  await page.getByRole('menuitem', { name: 'What failed' }).click();
  await expect.poll(() => page.getByRole('textbox', { name: 'Search events' }).inputValue()).toBe('outcome:failed');
  await page.getByRole('button', { name: 'Jump to a date' }).click();
  await page.getByLabel('Date', { exact: true }).fill('2026-03-01');
  await page.getByLabel('Time', { exact: true }).fill('12:00');
  await page.getByRole('button', { name: 'Show', exact: true }).click();
  await expect
    .poll(() => window.host.asked.findLast(({ method }) => method === 'events.list')?.input)
    .toMatchObject({ outcome: 'failed', until: new Date('2026-03-01T12:00').toISOString() });
});
