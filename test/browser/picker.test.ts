import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import type { Problem } from '../../preload/contract/index.ts';
import { browseReply } from './support/browse-replies.ts';
import { test } from './support/browser-test.ts';
import { testLooks } from './support/look.ts';
import { busySample } from './support/sample.ts';
import type { Simulator } from './support/simulator.ts';
import { goTo, openWindow } from './support/window.ts';

const picker = (page: Page) => page.getByRole('dialog', { name: 'Browse: Folder' });
const line = (page: Page, name: string) => picker(page).getByRole('treeitem').filter({ hasText: name }).first();
const asked = (host: Simulator) =>
  host.asked.filter(({ method }) => method === 'browse.children').map(({ input }) => input);

/** The hook form with a scope that can be picked. */
async function openForm(page: Page, host: Simulator): Promise<void> {
  host.answer('browse.children', browseReply);
  await goTo(page, 'Hooks');
  await page.getByRole('button', { name: 'Create hook' }).click();
  await page.getByRole('combobox', { name: 'System' }).fill('data');
  await page.getByRole('combobox', { name: 'Events' }).fill('dm.version.added');
  await page.keyboard.press('Enter');
  // Its list would lie over what comes next.
  await page.getByRole('heading', { name: 'Create a hook' }).click();
}
async function openPicker(page: Page, host: Simulator): Promise<void> {
  await openForm(page, host);
  await page.getByRole('button', { name: 'Browse…' }).click();
  await line(page, 'Example Construction').waitFor();
}

test('a folder is picked by keyboard, and its scope, region and path fill the form', async ({ browser }) => {
  await using window = await openWindow(browser, busySample(5));
  const { page, host } = window;
  await openPicker(page, host);
  await picker(page).getByRole('tree').focus();
  await page.keyboard.press('ArrowRight');
  await line(page, 'Tower').waitFor();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowRight');
  await line(page, 'Project Files').waitFor();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect.poll(() => picker(page).count()).toBe(0);
  const form = page.getByRole('dialog');
  await expect
    .poll(() => form.getByRole('textbox', { name: 'Folder' }).inputValue())
    .toBe('urn:adsk.wip:fs.folder:co.Project Files');
  await form.getByText('Example Construction / Tower / Project Files').waitFor();
  await expect.poll(() => form.getByRole('combobox', { name: 'Region' }).inputValue()).toBe('United States');
  await expect
    .poll(() => asked(host))
    .toEqual([
      { connection: 'connection-1' },
      { connection: 'connection-1', node: 'Example Construction' },
      { connection: 'connection-1', node: 'Tower' },
    ]);
});

test('a click opens what cannot be chosen, and only matching items can be chosen', async ({ browser }) => {
  await using window = await openWindow(browser, busySample(5));
  const { page, host } = window;
  await openPicker(page, host);
  const choose = picker(page).getByRole('button', { name: 'Choose' });
  await line(page, 'Example Construction').click();
  await expect.poll(() => choose.isDisabled()).toBe(true);
  await line(page, 'Tower').click();
  await picker(page).getByText('Example Construction / Tower').waitFor();
  await choose.click();
  await expect
    .poll(() => page.getByRole('textbox', { name: 'Folder' }).inputValue())
    .toBe('urn:adsk.wip:fs.folder:co.Tower');
});

test('“Load more…” extends a long list, and the filter covers loaded items', async ({ browser }) => {
  await using window = await openWindow(browser, busySample(5));
  const { page, host } = window;
  await openPicker(page, host);
  await line(page, 'Example Europe').click();
  await line(page, 'Site 200').waitFor();
  await line(page, 'Load more…').click();
  await line(page, 'Site 400').waitFor();
  await line(page, 'Load more…').click();
  await line(page, 'Site 450').waitFor();
  await expect.poll(() => line(page, 'Load more…').count()).toBe(0);
  await picker(page).getByRole('textbox', { name: 'Filter loaded items' }).fill('site 44');
  await expect.poll(() => picker(page).getByRole('treeitem').count()).toBe(12);
  await picker(page).getByRole('textbox', { name: 'Filter loaded items' }).fill('no such thing');
  await picker(page).getByText('No loaded item matches.').waitFor();
});

test('a folder that fails shows the reason and can be retried; an empty one says so', async ({ browser }) => {
  await using window = await openWindow(browser, busySample(5));
  const { page, host } = window;
  await openPicker(page, host);
  await picker(page).getByRole('tree').focus();
  for (const name of ['Example Construction', 'Tower', 'Project Files', 'Locked']) {
    await line(page, name).click();
    await page.keyboard.press('ArrowRight');
  }
  await line(page, 'This folder is not there any more.').waitFor();
  const before = asked(host).length;
  await line(page, 'This folder is not there any more.').click();
  await expect.poll(() => asked(host).length).toBe(before + 1);
  await line(page, 'Structural').click();
  await page.keyboard.press('ArrowRight');
  await line(page, 'Empty').waitFor();
  await expect.poll(() => line(page, 'Plan.pdf').count()).toBe(0);
});

test('an account that cannot be browsed shows the reason, and typing remains possible', async ({ browser }) => {
  await using window = await openWindow(browser, busySample(5));
  const { page, host } = window;
  await openForm(page, host);
  let failing = true;
  host.answer('browse.children', (input) => {
    if (failing) throw { code: 'offline', message: 'Autodesk cannot be reached.' } satisfies Problem;
    return browseReply(input);
  });
  await page.getByRole('button', { name: 'Browse…' }).click();
  await picker(page).getByText('Autodesk cannot be reached.').waitFor();
  failing = false;
  await picker(page).getByRole('button', { name: 'Try again' }).click();
  await line(page, 'Example Construction').waitFor();
  await page.keyboard.press('Escape');
  await expect.poll(() => picker(page).count()).toBe(0);
  await page.getByRole('textbox', { name: 'Folder' }).fill('urn:adsk.wipprod:fs.folder:co.typed');
});

testLooks([
  {
    name: 'picker-open',
    sample: () => busySample(5),
    arrive: async (page, host) => {
      await openPicker(page, host);
      await line(page, 'Example Construction').click();
      await line(page, 'Tower').click();
      await page.keyboard.press('ArrowRight');
      await line(page, 'Project Files').click();
      await page.keyboard.press('ArrowRight');
      await line(page, 'Structural').click();
      await page.keyboard.press('ArrowRight');
      await line(page, 'Empty').waitFor();
    },
  },
  {
    name: 'picker-picked',
    sample: () => busySample(5),
    arrive: async (page, host) => {
      await openPicker(page, host);
      await line(page, 'Example Construction').click();
      await line(page, 'Tower').dblclick();
      await page.getByText('Example Construction / Tower').waitFor();
    },
  },
  {
    name: 'picker-narrow',
    sample: () => busySample(5),
    options: { size: { width: 800, height: 600 } },
    arrive: (page, host) => openPicker(page, host),
  },
]);
