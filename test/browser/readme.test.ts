import { spawn } from 'node:child_process';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { expect, onTestFinished } from 'vitest';
import { temporaryFolder, until } from '../support/temporary.ts';
import { barriersOn } from './support/accessibility.ts';
import { test } from './support/browser-test.ts';
import { goTo, keepShot, newPage } from './support/window.ts';

const root = join(import.meta.dirname, '../..');

/** `npm run sandbox` as the README says, on a machine where Electron cannot start. */
async function startDemo(): Promise<{ address: string; walkthrough: () => string }> {
  const child = spawn(process.execPath, [join(root, 'build/launch.ts'), '--sandbox'], {
    env: {
      ...process.env,
      RINGBACK_DATA_DIR: await temporaryFolder(),
      RINGBACK_KEYRING: 'off',
      RINGBACK_NO_ELECTRON: '1',
      DISPLAY: '',
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  onTestFinished(async () => {
    child.kill('SIGTERM');
    if (child.exitCode === null && child.signalCode === null)
      await new Promise((resolve) => child.once('exit', resolve));
  });
  let output = '';
  let walkthrough = '';
  child.stdout.on('data', (chunk) => {
    output += chunk;
  });
  child.stderr.on('data', (chunk) => {
    walkthrough += chunk;
  });
  const address = await until(() => /Ringback is ready at (\S+)/.exec(output)?.[1]);
  return { address, walkthrough: () => walkthrough };
}

async function openPage(browser: Browser, address: string): Promise<{ page: Page; errors: string[] }> {
  const page = await newPage(browser);
  const errors: string[] = [];
  page.on('pageerror', (error) => errors.push(error.message));
  page.on('console', (message) => message.type() === 'error' && errors.push(message.text()));
  await page.goto(address);
  return { page, errors };
}

test('a newcomer watches the demo: hooks, events, their bytes, and a hook of their own', async ({ browser }) => {
  const { address, walkthrough } = await startDemo();
  const { page, errors } = await openPage(browser, address);
  await until(() => walkthrough().includes('The walkthrough is complete'));
  await page.getByRole('region', { name: 'Needs attention' }).waitFor();
  expect(await barriersOn(page)).toEqual([]);
  await goTo(page, 'Events');
  for (const title of [
    'Tower.rvt: version 1 added',
    'Tower.rvt: publishing queued',
    'Translation finished: pump.ipt',
  ]) {
    await page.getByText(title, { exact: true }).first().waitFor();
    await until(() => walkthrough().includes(`“${title}”`));
  }
  await expect.poll(() => page.url()).not.toContain('token');

  await page.getByText('Translation finished: pump.ipt', { exact: true }).first().click();
  await page.getByText('Signature verified').waitFor();
  await page.getByRole('tab', { name: 'Body' }).click();
  await page.getByText('EXTRACTION_FINISHED').first().waitFor();
  expect(await barriersOn(page)).toEqual([]);
  await page.getByRole('tab', { name: 'Details' }).click();
  await keepShot(page, 'demo-events');

  await goTo(page, 'Hooks');
  await page.getByText('extraction.finished').first().waitFor();
  expect(await barriersOn(page)).toEqual([]);
  await page.getByRole('button', { name: 'Create hook' }).first().click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('combobox', { name: 'System' }).fill('derivative');
  await dialog.getByRole('combobox', { name: 'Events' }).fill('extraction.updated');
  await page.keyboard.press('Enter');
  await dialog.getByRole('textbox', { name: 'Workflow' }).fill('my-workflow');
  await dialog.getByRole('button', { name: 'Create hook' }).click();
  await dialog.waitFor({ state: 'hidden' });
  await page.getByText('my-workflow').first().waitFor();
  await keepShot(page, 'demo-hooks');

  await goTo(page, 'Connections');
  await page.getByText('Sandbox').first().waitFor();
  await goTo(page, 'Settings');
  await page.getByText('Tunnel').first().waitFor();
  expect(await barriersOn(page)).toEqual([]);
  expect(errors).toEqual([]);
});
