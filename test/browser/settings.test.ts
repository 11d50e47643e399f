import { expect } from 'vitest';
import type { UpdateStatus } from '../../preload/contract/index.ts';
import { test } from './support/browser-test.ts';
import { testLooks } from './support/look.ts';
import { busySample } from './support/sample.ts';
import { goTo, type OpenWindow, openWindow } from './support/window.ts';

const allAsked = ({ host }: OpenWindow, method: string) =>
  host.asked.filter((one) => one.method === method).map(({ input }) => input);

const ready: UpdateStatus = {
  ...{ mode: 'install', state: 'ready', version: '0.2.0', checkedAt: '2026-03-01T08:00:00.000Z' },
  notes: 'Fewer clicks.\nA faster list of events.',
};

function desktopSample() {
  const sample = busySample(3);
  sample.status.desktop = true;
  return sample;
}

test('the found version says what is new, and is installed with one button', async ({ browser }) => {
  await using window = await openWindow(browser, desktopSample());
  const { page, host } = window;
  host.answer('updates.status', () => ({ ...ready, state: 'downloading', progress: 40 }));
  host.answer('updates.install', () => ({}));
  await goTo(page, 'Settings');
  const section = page.getByRole('region', { name: 'Updates' });
  await section.getByText('Downloading Ringback 0.2.0…').waitFor();
  host.say({ type: 'updates', updates: ready });
  await section.getByText('What’s new in 0.2.0').click();
  await section.getByText('A faster list of events.').waitFor();
  await section.getByRole('button', { name: 'Restart and update' }).click();
  await expect.poll(() => allAsked(window, 'updates.install')).toEqual([{}]);
});

test('a package that others install leads to the page of all versions', async ({ browser }) => {
  await using window = await openWindow(browser, desktopSample());
  const { page, host } = window;
  host.answer('updates.status', () => ({ ...ready, mode: 'notify', state: 'available' }));
  host.answer('updates.open', () => ({ opened: true, url: 'https://ringback.example/releases' }));
  await goTo(page, 'Settings');
  const section = page.getByRole('region', { name: 'Updates' });
  await section.getByText('Install it as you installed this version.').waitFor();
  await section.getByRole('button', { name: 'Open download page' }).click();
  await expect.poll(() => allAsked(window, 'updates.open')).toEqual([{}]);
});

test('a support file is saved by the host, or by the browser where the host cannot', async ({ browser }) => {
  await using window = await openWindow(browser, desktopSample());
  const { page, host } = window;
  host.answer('updates.status', () => ({ mode: 'install', state: 'none' }));
  host.answer('support.save', () => ({ saved: true, file: '/home/kim/ringback-support.txt' }));
  await goTo(page, 'Settings');
  const save = page.getByRole('button', { name: 'Save support file…' });
  await save.click();
  await page.getByText('Saved as /home/kim/ringback-support.txt').waitFor();
  host.answer('support.save', () => ({ saved: false, text: '# Ringback support file' }));
  const [download] = await Promise.all([page.waitForEvent('download'), save.click()]);
  expect(download.suggestedFilename()).toBe('ringback-support.txt');
  await page.getByText('Saved in your downloads.').waitFor();
  expect(window.errors).toEqual([]);
});

test('the licenses of the packages that Ringback is delivered with can be read', async ({ browser }) => {
  await using window = await openWindow(browser, busySample(3));
  const { page } = window;
  await goTo(page, 'Settings');
  await page.getByRole('button', { name: 'Third-party licenses' }).click();
  const dialog = page.getByRole('dialog', { name: 'Third-party licenses' });
  const react = dialog.getByRole('listitem').filter({ hasText: /^react \d/ });
  await react.getByText('(MIT)').click();
  await react.getByText('Permission is hereby granted').waitFor();
  expect(window.errors).toEqual([]);
});

test('removing Ringback says what is deleted, and asks twice', async ({ browser }) => {
  await using window = await openWindow(browser, desktopSample());
  const { page, host } = window;
  host.answer('updates.status', () => ({ mode: 'install', state: 'none' }));
  host.answer('leave.preview', () => ({ hooks: 2, folder: '/data', backups: '/backups', possible: true }));
  host.answer('leave.remove', () => ({}));
  await goTo(page, 'Settings');
  await page.getByRole('button', { name: 'Remove Ringback from this computer…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Remove Ringback from this computer?' });
  await dialog.getByText('This deletes 2 hooks at their providers').waitFor();
  await dialog.getByLabel('Leave the hooks at the providers').check();
  await dialog.getByText('This deletes all settings, connections and events in /data.').waitFor();
  await expect.poll(() => dialog.getByRole('button', { name: 'Remove' }).isDisabled()).toBe(true);
  await dialog.getByLabel('Delete this data. It cannot be restored.').check();
  await dialog.getByRole('button', { name: 'Remove' }).click();
  await expect.poll(() => allAsked(window, 'leave.remove')).toEqual([{ keepHooks: true }]);
});

test('another channel is saved and looked into at once', async ({ browser }) => {
  await using window = await openWindow(browser, desktopSample());
  const { page, host } = window;
  host.answer('updates.status', () => ({ mode: 'install', state: 'none' }));
  host.answer('updates.check', () => ready);
  await goTo(page, 'Settings');
  await page.getByRole('region', { name: 'Updates' }).getByText('Beta').click();
  await expect.poll(() => allAsked(window, 'updates.check')).toEqual([{}]);
  await expect.poll(() => allAsked(window, 'settings.set')).toEqual([{ updates: { channel: 'beta' } }]);
});

testLooks([
  {
    name: 'settings-updates',
    sample: desktopSample,
    arrive: async (page, host) => {
      host.answer('updates.status', () => ({ ...ready, problem: 'The list of versions could not be reached.' }));
      await goTo(page, 'Settings');
      await page.getByText('What’s new in 0.2.0').click();
      await page.getByRole('button', { name: 'Restart and update' }).scrollIntoViewIfNeeded();
    },
  },
]);

test('with forced colours a switch and the chosen one of several still differ from the others', async ({ browser }) => {
  await using window = await openWindow(browser, busySample(3), { view: '/settings' });
  const { page } = window;
  await page.getByRole('switch', { name: 'Quiet hours' }).waitFor();
  await page.emulateMedia({ forcedColors: 'active' });
  const look = await page.evaluate(() => {
    const styleOf = (selector: string) => getComputedStyle(document.querySelector(selector) as Element);
    const tracks = [...document.querySelectorAll('.mantine-Switch-track')].map((track) => getComputedStyle(track));
    return {
      frames: new Set(tracks.map(({ borderTopStyle }) => borderTopStyle)).size,
      fills: new Set(tracks.map(({ backgroundColor }) => backgroundColor)).size,
      chosen: styleOf('.mantine-SegmentedControl-label[data-active]').outlineStyle,
      other: styleOf('.mantine-SegmentedControl-label:not([data-active])').outlineStyle,
    };
  });
  await page.emulateMedia({ forcedColors: null });
  expect(look).toEqual({ frames: 1, fills: 2, chosen: 'solid', other: 'none' });
});
