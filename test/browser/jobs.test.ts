import { expect } from 'vitest';
import { spawnHost } from '../headless/spawned.ts';
import { temporaryFolder } from '../support/temporary.ts';
import { barriersOn } from './support/accessibility.ts';
import { test } from './support/browser-test.ts';
import { busySample } from './support/sample.ts';
import { goTo, newPage, openWindow } from './support/window.ts';

test('a translation started in the window is shown until it finishes', async ({ browser }) => {
  const host = spawnHost(await temporaryFolder(), { RINGBACK_SANDBOX: '1' });
  const { url, token } = await host.ready();
  const page = await newPage(browser);
  await page.goto(`${url}/#token=${token}`);
  await goTo(page, 'Jobs');
  await page.getByRole('button', { name: 'Translate…' }).first().click();
  const dialog = page.getByRole('dialog');
  await dialog
    .getByRole('textbox', { name: 'File', exact: true })
    .fill('urn:adsk.objects:os.object:sandbox-bucket/pump.ipt');
  await dialog.getByRole('button', { name: 'Translate', exact: true }).click();
  const job = page.getByRole('region', { name: 'Job', exact: true });
  await job.getByRole('heading', { name: 'pump.ipt' }).waitFor();
  await job.getByText('Finished', { exact: true }).first().waitFor();
  await job.getByRole('img', { name: 'Thumbnail' }).waitFor();
  await job.getByRole('button', { name: 'Translation finished: pump.ipt' }).waitFor();
  expect(await barriersOn(page)).toEqual([]);
});

test('the form is sent exactly as filled in', async ({ browser }) => {
  await using window = await openWindow(browser, busySample(3));
  const { page, host } = window;
  await goTo(page, 'Jobs');
  await page.getByRole('button', { name: 'Translate…' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('button', { name: 'Translate', exact: true }).click();
  await dialog.getByText('This field is required.').waitFor();
  await dialog.getByRole('textbox', { name: 'File', exact: true }).fill('dXJuOmV4YW1wbGU');
  await dialog.getByLabel('File name').fill('pump.ipt');
  await dialog.getByLabel('Translate again even').check();
  await dialog.getByText('Formats as JSON').click();
  await dialog.getByRole('textbox', { name: 'Formats as JSON' }).fill('[{"type":"obj"}]');
  await dialog.getByRole('button', { name: 'Translate', exact: true }).click();
  await page.getByRole('region', { name: 'Job', exact: true }).waitFor();
  await expect
    .poll(() => host.asked.find(({ method }) => method === 'jobs.start')?.input)
    .toEqual({
      ...{ connection: 'connection-1', urn: 'dXJuOmV4YW1wbGU', name: 'pump.ipt', force: true },
      formats: [{ type: 'obj' }],
    });
});
