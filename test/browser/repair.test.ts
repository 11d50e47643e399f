import { expect } from 'vitest';
import { test } from './support/browser-test.ts';
import { busySample, repairPlan } from './support/sample.ts';
import { goTo, openWindow } from './support/window.ts';

test('a repair shows its steps before it runs, and its results after', async ({ browser }) => {
  await using window = await openWindow(browser, { ...busySample(10), repairPlan });
  const { page, host, errors } = window;
  const asked = () => host.asked.filter(({ method }) => method === 'hooks.reconcile').map(({ input }) => input);
  await goTo(page, 'Hooks');
  await page.getByRole('button', { name: 'Check and repair' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByText('1 hook to move, 1 hook to create again').waitFor();
  await dialog.getByText('Create again: Folder added').waitFor();
  await expect.poll(asked).toEqual([{ dryRun: true }]);
  const [first, ...others] = repairPlan.steps;
  const steps = [{ ...first, problem: 'Autodesk does not allow this (HTTP 403).' }, ...others];
  host.answer('hooks.reconcile', () => ({
    ...repairPlan,
    steps,
    text: '1 hook created again; 1 could not be repaired',
  }));
  await dialog.getByRole('button', { name: 'Repair now' }).click();
  await dialog.getByText('1 hook created again; 1 could not be repaired').waitFor();
  await dialog.getByText('Autodesk does not allow this').waitFor();
  await expect.poll(asked).toEqual([{ dryRun: true }, {}]);
  await expect.poll(() => dialog.getByRole('button', { name: 'Repair now' }).count()).toBe(0);
  expect(errors).toEqual([]);
});

test('a background repair shows its progress, and one line when it is done', async ({ browser }) => {
  await using window = await openWindow(browser, busySample(10));
  const { page, host, errors } = window;
  await goTo(page, 'Hooks');
  await page.getByText('3 hooks moved to the new address').waitFor();
  host.sample.healing = { running: true, done: 3, total: 9 };
  host.say({ type: 'hooks' });
  await page.getByText('3 of 9 steps done').waitFor();
  host.sample.healing = { running: false, done: 9, total: 9 };
  host.sample.hookHistory = [
    { id: '3', at: new Date().toISOString(), text: '9 hooks moved to the new address', steps: [] },
    ...host.sample.hookHistory,
  ];
  host.say({ type: 'hooks' });
  await page.getByText('9 hooks moved to the new address').waitFor();
  expect(errors).toEqual([]);
});
