import { expect } from 'vitest';
import { test } from './support/browser-test.ts';
import { testLooks } from './support/look.ts';
import { busySample } from './support/sample.ts';
import { goTo, openWindow } from './support/window.ts';

test('a diagnosis lists problems first, fixes them at a click, and runs again', async ({ browser }) => {
  await using window = await openWindow(browser, busySample(5));
  const { page, host } = window;
  await goTo(page, 'Hooks');
  await page.getByRole('option').first().click();
  await page.getByRole('button', { name: 'Diagnose' }).click();
  const dialog = page.getByRole('dialog', { name: 'Diagnosis' });
  await dialog.getByRole('alert').getByText('It is switched off: nothing is delivered.').waitFor();
  await expect.poll(() => dialog.getByRole('listitem').first().textContent()).toContain('It is switched off');
  const before = host.asked.filter(({ method }) => method === 'doctor.run').length;
  await dialog.getByRole('button', { name: 'Switch it on' }).click();
  await expect.poll(() => host.asked.filter(({ method }) => method === 'doctor.run').length).toBe(before + 1);
  await expect
    .poll(() => host.asked.findLast(({ method }) => method === 'hooks.update')?.input)
    .toEqual({
      id: 'hook-1',
      status: 'active',
    });
});

test('the inactivity alert of a hook is chosen beside it', async ({ browser }) => {
  await using window = await openWindow(browser, busySample(5));
  const { page, host } = window;
  await goTo(page, 'Hooks');
  await page.getByRole('option').first().click();
  await page.getByLabel('Alert me when no events arrive').selectOption('never');
  await expect
    .poll(() => host.asked.findLast(({ method }) => method === 'silence.set')?.input)
    .toMatchObject({ rule: null });
  await page.getByLabel('Alert me when no events arrive').selectOption({ label: 'for 3 days' });
  await expect
    .poll(() => host.asked.findLast(({ method }) => method === 'silence.set')?.input)
    .toMatchObject({ rule: 72 });
});

testLooks([
  {
    name: 'doctor',
    sample: () => busySample(5),
    async arrive(page) {
      await goTo(page, 'Hooks');
      await page.getByRole('option').first().click();
      await page.getByRole('button', { name: 'Diagnose' }).click();
      await page.getByRole('dialog').getByRole('alert').waitFor();
    },
  },
  {
    name: 'recoveries',
    sample: () => busySample(5),
    async arrive(page) {
      await goTo(page, 'Hooks');
      await page.getByRole('option').first().click();
      await page.getByRole('button', { name: 'Checked 1 outage for missed events' }).click();
      await page.getByText('found 3 translations finished').waitFor();
    },
  },
]);
