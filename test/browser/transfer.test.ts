import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'vitest';
import { temporaryFolder } from '../support/temporary.ts';
import { barriersOn } from './support/accessibility.ts';
import { test } from './support/browser-test.ts';
import { busySample, type Sample } from './support/sample.ts';
import { goTo, keepShot, openWindow, showIn } from './support/window.ts';

function desktopSample(): Sample {
  const sample = busySample(3);
  sample.status.desktop = true;
  return sample;
}

test('settings are exported under a passphrase, and a file is looked at before it is imported', async ({ browser }) => {
  await using window = await openWindow(browser, desktopSample());
  const { page, host } = window;
  const file = join(await temporaryFolder(), 'ringback-export.json');
  await writeFile(file, '{"ringback":"export"}');
  host.answer('transfer.export', () => ({ saved: true, file: '/home/me/ringback-export.json' }));
  host.answer('transfer.import', ({ dryRun }: { dryRun?: boolean }) => ({
    ...{ encrypted: true, decrypted: dryRun !== true },
    steps: [
      { kind: 'settings', name: '', state: dryRun ? 'new' : 'done' },
      { kind: 'connection', name: 'Plant viewer', state: dryRun ? 'incomplete' : 'done' },
      {
        kind: 'hook',
        name: 'dm.version.added',
        state: dryRun ? 'waiting' : 'failed',
        problem: 'Autodesk answered 403.',
      },
    ],
  }));
  await goTo(page, 'Settings');
  await page.getByRole('button', { name: 'Export…' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Passphrase').fill('a long passphrase');
  await dialog.getByLabel('Repeat the passphrase').fill('another');
  await dialog.getByText('The two are different').waitFor();
  await dialog.getByLabel('Repeat the passphrase').fill('a long passphrase');
  await keepShot(page, 'transfer-export-light');
  expect(await barriersOn(page)).toEqual([]);
  await dialog.getByRole('button', { name: 'Export', exact: true }).click();
  await dialog.getByText('Saved as /home/me/ringback-export.json.').waitFor();
  await dialog.getByText('keep it in a safe place').waitFor();
  await dialog.getByRole('button', { name: 'Close' }).last().click();
  await expect
    .poll(() => host.asked.filter(({ method }) => method === 'transfer.export'))
    .toEqual([{ method: 'transfer.export', input: { passphrase: 'a long passphrase' } }]);

  await page.getByRole('button', { name: 'Import…' }).click();
  await page.locator('input[type=file]').setInputFiles(file);
  await dialog.getByText('Credentials missing').waitFor();
  await dialog.getByText('credentials are not imported').waitFor();
  await showIn(page, 'dark');
  await keepShot(page, 'transfer-import-dark');
  expect(await barriersOn(page)).toEqual([]);
  await dialog.getByLabel('Passphrase').fill('a long passphrase');
  await dialog.getByRole('button', { name: 'Import', exact: true }).click();
  await dialog.getByText('Autodesk answered 403.').waitFor();
  await keepShot(page, 'transfer-imported-dark');
});

test('in a browser the file is downloaded, without credentials', async ({ browser }) => {
  await using window = await openWindow(browser, busySample(3));
  const { page, host } = window;
  host.answer('transfer.export', () => ({ saved: false, name: 'ringback-export.json', text: '{}' }));
  await goTo(page, 'Settings');
  await page.getByRole('button', { name: 'Export…' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByText('ringback export FILE --passphrase').waitFor();
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    dialog.getByRole('button', { name: 'Export', exact: true }).click(),
  ]);
  expect(download.suggestedFilename()).toBe('ringback-export.json');
  await dialog.getByText('enter the credentials of each connection').waitFor();
});
