import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import {
  account,
  backup,
  backupSample,
  downloading,
  hoursAgo,
  running,
  troubledSample,
} from './support/backup-sample.ts';
import { test } from './support/browser-test.ts';
import { emptySample } from './support/sample.ts';
import { goTo, type OpenWindow, openWindow, type WindowOptions } from './support/window.ts';

const option = (page: Page, text: string) => page.getByRole('option').filter({ hasText: text }).first();
const detail = (page: Page) => page.getByRole('region', { name: 'Backup', exact: true });
const allAsked = ({ host }: OpenWindow, method: string) =>
  host.asked.filter((each) => each.method === method).map(({ input }) => input);

async function openBackups(
  browser: Parameters<typeof openWindow>[0],
  sample = backupSample(),
  options: WindowOptions = {},
): Promise<OpenWindow> {
  const window = await openWindow(browser, sample, options);
  await goTo(window.page, 'Backups');
  return window;
}

test('the headline shows the time and size of the last verified backup', async ({ browser }) => {
  const sample = backupSample();
  const morning = new Date();
  morning.setHours(0, 1, 0, 0);
  sample.accounts = [
    account({ lastProven: { id: 'newest', at: morning.toISOString(), bytes: 1_812_345_678, file: '' } }),
  ];
  await using window = await openBackups(browser, sample);
  await window.page.getByText(/Last verified backup: today 12:01\sAM, 1\.8\sGB/).click();
  await detail(window.page).getByText('Verified', { exact: true }).waitFor();
});

test('one click requests the backup, and a second one joins it', async ({ browser }) => {
  const sample = backupSample();
  sample.backups.shift();
  await using window = await openBackups(browser, sample);
  const { page } = window;
  await page.getByRole('button', { name: 'Back up now: Autohaus Nord' }).click();
  await page.getByText('Requesting…').first().waitFor();
  await page.getByRole('button', { name: 'Back up now: Autohaus Nord' }).click();
  await page.getByText('Already in progress.').waitFor();
  await expect.poll(() => page.getByRole('region', { name: 'Backup of Autohaus Nord' }).count()).toBe(1);
  await expect
    .poll(() => allAsked(window, 'backups.start'))
    .toEqual(Array.from({ length: 2 }, () => ({ connection: 'nord', request: 'owner' })));
});

test('another request is in the menu beside the button', async ({ browser }) => {
  await using window = await openBackups(browser);
  const { page } = window;
  await page.getByRole('button', { name: 'Other requests to Autohaus Nord' }).click();
  await page.getByRole('menuitem', { name: 'Stock list' }).click();
  await page.getByRole('region', { name: 'Stock list of Autohaus Nord' }).waitFor();
  await expect.poll(() => allAsked(window, 'backups.start')).toEqual([{ connection: 'nord', request: 'stock' }]);
});

test('a rejected start shows the reason', async ({ browser }) => {
  await using window = await openBackups(browser);
  window.host.answer('backups.start', () => {
    throw { code: 'conflict', message: 'The provider calls back when it is done, and no tunnel is set.' };
  });
  await window.page.getByRole('button', { name: 'Back up now: Autohaus Nord' }).click();
  await window.page.getByRole('alert').getByText('no tunnel is set').waitFor();
});

test('a backup in progress is followed from the request to its verification, without further requests', async ({
  browser,
}) => {
  const sample = backupSample();
  sample.backups.shift();
  await using window = await openBackups(browser, sample);
  const { page, host } = window;
  await option(page, 'Verified').waitFor();
  const card = page.getByRole('region', { name: 'Backup of Autohaus Nord' });
  const say = (change: typeof downloading) => {
    host.sample.backups = [change, ...host.sample.backups.filter(({ id }) => id !== change.id)];
    host.say({ type: 'backup', backup: change });
  };
  for (const [state, words] of [
    ['created', 'Requesting…'],
    ['requested', 'timeout after 6 h'],
    ['called-back', 'Callback received. Requesting the download link…'],
    ['resolved', 'Starting download…'],
  ] as const) {
    say(running('new', state));
    await card.getByText(words).waitFor();
  }
  const download = async (bytes: number) => {
    say({ ...downloading, id: 'new', bytes });
    await card.getByText(`${Math.floor(bytes / 18_123_456)}% ·`).waitFor();
  };
  // What the earlier changes lead to is asked by then.
  for (const bytes of [100_000_000, 200_000_000]) await download(bytes);
  const asked = allAsked(window, 'backups.list').length;
  for (const bytes of [400_000_000, 800_000_000]) await download(bytes);
  await card.getByText('12.4 MB/s').waitFor();
  await expect.poll(() => card.getByRole('progressbar').getAttribute('aria-valuenow')).toBe('44');
  expect(allAsked(window, 'backups.list').length).toBe(asked);
  say({ ...downloading, id: 'new', bytes: 1_812_345_678, proving: true });
  await card.getByText('Verifying…').waitFor();
  host.sample.accounts = [account({ lastProven: { id: 'new', at: hoursAgo(0), bytes: 2_500_000_000, file: '' } })];
  say(backup('new', 0, { bytes: 2_500_000_000 }));
  await page.getByText(/Last verified backup: .* 2\.5\sGB/).waitFor();
  await expect.poll(() => card.count()).toBe(0);
});

test('a backup in progress is canceled only after confirmation', async ({ browser }) => {
  await using window = await openBackups(browser);
  const { page } = window;
  await page.getByRole('region', { name: 'Backup of Autohaus Nord' }).getByRole('button', { name: 'Cancel' }).click();
  expect(allAsked(window, 'backups.cancel')).toEqual([]);
  await page.getByRole('dialog').getByRole('button', { name: 'Cancel backup' }).click();
  await option(page, 'Canceled').waitFor();
  await expect.poll(() => allAsked(window, 'backups.cancel')).toEqual([{ id: 'running' }]);
});

test('an overdue backup is shown on its page and on every other page', async ({ browser }) => {
  await using window = await openBackups(browser, troubledSample());
  await window.page.getByText(/No verified backup for 41\sh/).waitFor();
  await window.page.getByText('There is no network.').waitFor();
  await goTo(window.page, 'Settings');
  await window.page.getByRole('img', { name: 'A backup is overdue' }).waitFor();
});

test('a request whose callback cannot arrive any more can be made again at once', async ({ browser }) => {
  await using window = await openBackups(browser, troubledSample());
  await window.page.getByRole('button', { name: 'Request again' }).click();
  await expect.poll(() => allAsked(window, 'backups.start')).toEqual([{ connection: 'sued', request: 'owner' }]);
});

test('a failed backup says why and what to do, and can be requested again', async ({ browser }) => {
  const sample = backupSample();
  sample.backups.shift();
  await using window = await openBackups(browser, sample);
  const { page } = window;
  await option(page, 'The server sent a web page').click();
  await detail(page).getByText('Sign in at Autoflex10 once').waitFor();
  await expect.poll(() => detail(page).getByRole('button', { name: 'Resume' }).count()).toBe(0);
  await detail(page).getByRole('button', { name: 'Request again' }).click();
  await detail(page).getByText('Requesting…').waitFor();
});

test('a resumable download does not start again', async ({ browser }) => {
  await using window = await openBackups(browser);
  const { page } = window;
  await option(page, 'The disk is full').click();
  await detail(page).getByRole('button', { name: 'Resume' }).click();
  await detail(page).getByText('Starting download…').waitFor();
  await expect.poll(() => allAsked(window, 'backups.resume')).toEqual([{ id: 'cut' }]);
  expect(allAsked(window, 'backups.start')).toEqual([]);
});

test('a resumable download is discarded only after confirmation', async ({ browser }) => {
  await using window = await openBackups(browser);
  const { page } = window;
  await option(page, 'The disk is full').click();
  await detail(page).getByRole('button', { name: 'Discard' }).click();
  expect(allAsked(window, 'backups.cancel')).toEqual([]);
  await page.getByRole('dialog').getByRole('button', { name: 'Discard' }).click();
  await expect.poll(() => page.getByRole('dialog').count()).toBe(0);
  await expect.poll(() => allAsked(window, 'backups.cancel')).toEqual([{ id: 'cut' }]);
});

test('a file is verified on demand, and the result is shown', async ({ browser }) => {
  await using window = await openBackups(browser);
  const { page, host } = window;
  await page.getByText('Verified', { exact: true }).nth(1).click();
  await detail(page).getByText('Verified at download only').waitFor();
  await detail(page).getByRole('button', { name: 'Verify' }).click();
  await detail(page).getByText('Verified: unchanged since download.').waitFor();
  await detail(page).getByText('Unchanged', { exact: true }).waitFor();
  host.answer('backups.verify', () => {
    const found = host.sample.backups.find(({ id }) => id === 'second');
    const verification = { at: hoursAgo(0), state: 'missing', reason: 'The file is gone.' } as const;
    return Object.assign(found ?? {}, { verification });
  });
  await detail(page).getByRole('button', { name: 'Verify' }).click();
  await detail(page).getByText('Don’t rely on this backup.').waitFor();
  await option(page, 'Missing: The file is gone.').waitFor();
  await expect.poll(() => detail(page).getByText('Verified: unchanged').count()).toBe(0);
});

test('a remark and a damaged file are shown in the list and in the detail', async ({ browser }) => {
  const sample = backupSample();
  const damagedFile = '/backups/Autohaus Nord/owner.zip.damaged';
  sample.backups = [
    backup('odd', 3, { remark: '2 entries are encrypted and could not be checked.' }),
    running('bad', 'failed', { problem: 'The archive is damaged.', damagedFile }),
  ];
  await using window = await openBackups(browser, sample);
  const { page } = window;
  await option(page, 'Not fully verified: 2 entries are encrypted').click();
  await detail(page).getByText('2 entries are encrypted and could not be checked.').waitFor();
  await detail(page).getByText('It does not count as the latest verified backup.').waitFor();
  await expect.poll(() => detail(page).getByRole('button', { name: 'Verify' }).count()).toBe(1);
  await option(page, 'The archive is damaged.').click();
  await detail(page).getByText(damagedFile).waitFor();
  await expect.poll(() => detail(page).getByText('It does not count').count()).toBe(0);
});

test('where no folder can be opened the window says where the file is', async ({ browser }) => {
  await using window = await openBackups(browser);
  await window.page.getByText('Verified', { exact: true }).first().click();
  await detail(window.page).getByRole('button', { name: 'Open folder' }).click();
  await detail(window.page).getByText('Couldn’t open the folder from here.').waitFor();
});

test('stricter retention previews what it removes, and removes exactly that after confirmation', async ({
  browser,
}) => {
  await using window = await openBackups(browser);
  const { page } = window;
  await page.getByRole('button', { name: 'Schedule & retention', exact: true }).click();
  await page.getByRole('textbox', { name: 'Daily' }).fill('2');
  const keep = { last: 3, daily: 2, weekly: 4, monthly: 0 };
  await expect.poll(() => allAsked(window, 'backups.tidy')).toContainEqual({ connection: 'nord', keep });
  await page.getByText('These settings would remove 2 existing backups.').waitFor();
  expect(allAsked(window, 'backups.plan')).toEqual([]);
  await page.getByRole('button', { name: 'Save' }).click();
  const goes = page.getByRole('dialog').getByRole('group', { name: '2 to remove' });
  await goes.getByText('Damaged').waitFor();
  await page.getByRole('dialog').getByText('one of the last, newest of its day').first().waitFor();
  await expect.poll(() => allAsked(window, 'backups.plan')).toEqual([{ connection: 'nord', keep }]);
  await expect.poll(() => allAsked(window, 'backups.tidy')).toContainEqual({ connection: 'nord' });
  await page.getByRole('button', { name: 'Delete 2 backups' }).click();
  await expect.poll(() => page.getByRole('dialog').count()).toBe(0);
  await expect
    .poll(() => allAsked(window, 'backups.tidy'))
    .toContainEqual({ connection: 'nord', apply: ['altered', 'several'] });
  const opener = page.getByRole('button', { name: 'Schedule & retention', exact: true });
  await expect.poll(() => opener.evaluate((button) => button === document.activeElement)).toBe(true);
});

test('retention settings that retain nothing are rejected, and only changed settings are saved', async ({
  browser,
}) => {
  const sample = backupSample();
  sample.accounts = [account({ plan: { schedule: null, keep: null, overdueHours: 36 } })];
  await using window = await openBackups(browser, sample);
  const { page } = window;
  await page.getByRole('button', { name: 'Schedule & retention', exact: true }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByText('Limited').click();
  for (const rule of ['Last', 'Daily', 'Weekly', 'Monthly'])
    await dialog.getByRole('textbox', { name: rule }).fill('0');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await dialog.getByText('Enter a number above 0 in at least one field.').waitFor();
  await dialog.getByText('Everything').click();
  await dialog.getByText('Every week').click();
  await dialog.getByLabel('Time').fill('04:30');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await expect.poll(() => dialog.count()).toBe(0);
  await expect
    .poll(() => allAsked(window, 'backups.plan'))
    .toEqual([{ connection: 'nord', schedule: { every: 'week', at: '04:30', weekday: 1 }, overdueHours: 180 }]);
});

test('the backup folder is chosen through the host', async ({ browser }) => {
  await using window = await openBackups(browser);
  await window.page.getByText('/home/kim/Backups', { exact: true }).waitFor();
  await window.page.getByRole('button', { name: 'Choose…' }).click();
  await window.page.getByText('/mnt/archive').waitFor();
});

test('a newcomer is led to the form of an account that can be backed up', async ({ browser }) => {
  await using window = await openBackups(browser, emptySample());
  await window.page.getByRole('button', { name: 'Connect Autoflex10' }).click();
  await window.page.getByRole('dialog').getByLabel('User name').waitFor();
});

test('a clicked notification opens the backup it speaks of', async ({ browser }) => {
  await using window = await openWindow(browser, backupSample());
  const { page, host } = window;
  const notification = { at: hoursAgo(0), title: 'Backup failed: Autohaus Nord', body: 'No file.', backup: 'failed' };
  await goTo(page, 'Settings');
  host.say({ type: 'notification', notification: { ...notification, page: 'backups' } });
  await page.getByText('Backup failed: Autohaus Nord').click();
  await detail(page).getByText('The server sent a web page').first().waitFor();
  host.say({ type: 'open-backups', backup: 'stock' });
  await detail(page).getByText('"vehicles": 412').waitFor();
});

test('the history answers to the keyboard, and scrolls with what stands above it', async ({ browser }) => {
  const sample = backupSample();
  sample.backups = Array.from({ length: 400 }, (_, index) => backup(`b${index}`, index * 24));
  await using window = await openBackups(browser, sample, { size: { width: 800, height: 600 } });
  const { page } = window;
  await page.getByRole('listbox', { name: 'History' }).focus();
  await page.keyboard.press('End');
  await page.locator('[role="option"][aria-posinset="400"]').waitFor();
  await expect.poll(() => page.getByRole('option').count()).toBeLessThan(60);
  await page.keyboard.press('Enter');
  await detail(page).getByText('/home/kim/Backups/Autohaus Nord/backup-b399.zip').waitFor();
});

test('the reserve of the disk is saved, and the default returns where it is emptied', async ({ browser }) => {
  await using window = await openWindow(browser, backupSample());
  const { page } = window;
  await goTo(page, 'Settings');
  const section = page.getByRole('region', { name: 'Backups' });
  const reserve = section.getByLabel('Keep free on the disk (GB)');
  for (const text of ['5', '']) {
    await reserve.fill(text);
    await section.getByRole('button', { name: 'Save' }).click();
    await section.getByText('Saved').waitFor();
  }
  const saved = () => allAsked(window, 'settings.set').map((input) => (input as { backups: object }).backups);
  await expect.poll(saved).toMatchObject([{ reserveGigabytes: 5 }, { reserveGigabytes: null }]);
});

test('settings for all backups are saved, and insecure ones show a warning', async ({ browser }) => {
  await using window = await openWindow(browser, backupSample());
  const { page } = window;
  await goTo(page, 'Settings');
  const section = page.getByRole('region', { name: 'Backups' });
  await section.getByLabel('Callback timeout (hours)').fill('0.5');
  await section.getByRole('button', { name: 'Save' }).click();
  await section.getByText('Saved').waitFor();
  await section.getByRole('switch', { name: 'Allow downloads without encryption' }).click();
  await section.getByText('Backups may be sent unencrypted').waitFor();
  await expect
    .poll(() => allAsked(window, 'settings.set'))
    .toEqual([{ backups: { patienceHours: 0.5 } }, { backups: { allowInsecure: true } }]);
});
