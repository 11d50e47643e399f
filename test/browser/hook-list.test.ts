import { expect } from 'vitest';
import { test } from './support/browser-test.ts';
import { testLooks } from './support/look.ts';
import { busySample } from './support/sample.ts';
import { goTo, openWindow } from './support/window.ts';

test('forwarding is set up, its secret is shown to nobody, and it is ended', async ({ browser }) => {
  await using window = await openWindow(browser, busySample(10));
  const { page, host, errors } = window;
  const lastUpdate = () => host.asked.findLast(({ method }) => method === 'hooks.update')?.input;
  host.answer('hooks.update', ({ id, forward }: { id: string; forward: ForwardChange | null }) => {
    const hook = host.sample.hooks.find((each) => each.id === id);
    const stored = forward
      ? { url: forward.url, enabled: forward.enabled, signed: Boolean(forward.secret) }
      : undefined;
    return Object.assign(hook ?? {}, { forward: stored });
  });
  await goTo(page, 'Hooks');
  await page.getByRole('option').filter({ hasText: 'dm.version.added' }).click();
  const section = page.getByRole('region', { name: 'Forward' });
  await section.getByLabel('URL').fill('localhost');
  await section.getByRole('button', { name: 'Save' }).click();
  await section.getByText('Enter an http or https URL').waitFor();
  expect(lastUpdate()).toBeUndefined();

  await section.getByLabel('URL').fill('http://localhost:3000/callback');
  await section.getByLabel('Signing secret (optional)').fill('a secret');
  await section.getByRole('button', { name: 'Save' }).click();
  await section.getByText('A secret is stored').waitFor();
  const url = 'http://localhost:3000/callback';
  await expect.poll(lastUpdate).toEqual({ id: 'hook-2', forward: { url, enabled: true, secret: 'a secret' } });
  await expect.poll(() => section.getByLabel('Signing secret (optional)').inputValue()).toBe('');

  await section.getByRole('button', { name: 'End forwarding' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'End forwarding' }).click();
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  await expect.poll(lastUpdate).toEqual({ id: 'hook-2', forward: null });
  await expect.poll(() => section.getByLabel('URL').inputValue()).toBe('');
  expect(errors).toEqual([]);
});

test('a search narrows the list of hooks and says how many match', async ({ browser }) => {
  await using window = await openWindow(browser, busySample(10));
  const { page, errors } = window;
  await goTo(page, 'Hooks');
  await page.getByText('6 hooks', { exact: true }).waitFor();
  await page.getByRole('textbox', { name: 'Search hooks' }).fill('VERSION added');
  await page.getByText('1 of 6 hooks').waitFor();
  await expect.poll(() => page.getByRole('option').count()).toBe(1);
  await page.getByRole('textbox', { name: 'Search hooks' }).fill('no such hook');
  await page.getByText('No hooks match this filter').waitFor();
  await page.getByRole('button', { name: 'Clear search' }).click();
  await page.getByText('6 hooks', { exact: true }).waitFor();
  expect(errors).toEqual([]);
});

test('several hooks are removed after a confirmation that counts them, and undone by a key', async ({ browser }) => {
  await using window = await openWindow(browser, busySample(10));
  const { page, host } = window;
  const held = () => host.asked.findLast(({ method }) => method === 'removals.hold')?.input;
  await goTo(page, 'Hooks');
  await page.getByRole('button', { name: 'Select several' }).click();
  const dialog = page.getByRole('dialog');
  await expect.poll(() => dialog.getByRole('checkbox', { name: 'dm.*' }).count()).toBe(0);
  await dialog.getByRole('checkbox', { name: 'Version added' }).check();
  await dialog.getByRole('checkbox', { name: 'model.publish' }).check();
  await dialog.getByRole('button', { name: 'Pause (1)' }).waitFor();
  await dialog.getByRole('button', { name: 'Remove (2)' }).click();
  await dialog.getByText('Remove 2 hooks?').waitFor();
  expect(held()).toBeUndefined();
  await dialog.getByRole('button', { name: 'Remove' }).click();
  await page.getByText('2 items removed.').waitFor();
  await expect.poll(held).toMatchObject({ removals: [{ input: { id: 'hook-2' } }, { input: { id: 'hook-3' } }] });
  await page.getByText('4 hooks', { exact: true }).waitFor();
  await page.reload();
  await page.getByText('2 items removed.').waitFor();
  await page.keyboard.press('F8');
  await page.locator('button:focus', { hasText: 'Undo' }).waitFor();
  await page.keyboard.press('Control+z');
  await page.getByText('6 hooks', { exact: true }).waitFor();
  await page.getByText('2 items removed.').waitFor({ state: 'detached' });
  host.say({ type: 'removals', outcome: { removed: 1, total: 2 } });
  await page.getByText('1 of 2 removed.').waitFor();
});

test('each own hook shows how many events came on the last days, and one of others does not', async ({ browser }) => {
  await using window = await openWindow(browser, busySample(30), { view: '/hooks' });
  const { page } = window;
  const row = (text: string) => page.getByRole('option').filter({ hasText: text });
  await row('extraction.finished').getByRole('img', { name: '10 events in the last 14 days' }).waitFor();
  await row('Folder added').getByRole('img', { name: '0 events in the last 14 days' }).waitFor();
  expect(
    await row('External')
      .getByRole('img', { name: /events in the last/ })
      .count(),
  ).toBe(0);
});

interface ForwardChange {
  readonly url: string;
  readonly enabled: boolean;
  readonly secret?: string;
}

testLooks([
  {
    name: 'hooks-forward',
    options: { size: { width: 1280, height: 1180 } },
    sample: () => {
      const sample = busySample(10);
      const forward = { url: 'http://localhost:3000/callback', enabled: true, signed: true };
      Object.assign(sample.hooks[1] ?? {}, { forward });
      return sample;
    },
    arrive: async (page) => {
      await goTo(page, 'Hooks');
      await page.getByRole('option').filter({ hasText: 'dm.version.added' }).click();
      await page.getByText('A secret is stored').scrollIntoViewIfNeeded();
    },
  },
  {
    name: 'hooks-bulk',
    sample: () => busySample(10),
    arrive: async (page) => {
      await goTo(page, 'Hooks');
      await page.getByRole('button', { name: 'Select several' }).click();
      await page.getByRole('checkbox', { name: 'Version added' }).check();
    },
  },
]);
