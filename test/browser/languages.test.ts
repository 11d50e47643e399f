import { expect } from 'vitest';
import { test } from './support/browser-test.ts';
import { busySample } from './support/sample.ts';
import { goTo, openWindow } from './support/window.ts';

test('the window speaks the chosen language at once, and the page says so', async ({ browser }) => {
  await using window = await openWindow(browser, busySample(5));
  const { page, host } = window;
  await goTo(page, 'Settings');
  await page.getByRole('combobox', { name: 'Language' }).click();
  await page.getByRole('option', { name: 'Nederlands' }).click();
  await expect
    .poll(() => host.asked.findLast(({ method }) => method === 'settings.set')?.input)
    .toEqual({
      language: 'nl',
    });
  host.say({ type: 'settings', settings: { ...host.sample.settings, language: 'nl' } });
  await page.getByRole('heading', { level: 1, name: 'Instellingen' }).waitFor();
  expect(await page.evaluate(() => document.documentElement.lang)).toBe('nl');
  host.say({ type: 'settings', settings: { ...host.sample.settings, language: 'de' } });
  await page.getByRole('navigation').getByRole('button', { name: 'Ereignisse' }).click();
  await page.getByRole('heading', { level: 1, name: 'Ereignisse' }).waitFor();
  host.say({ type: 'settings', settings: { ...host.sample.settings, language: 'en' } });
  await page.getByRole('heading', { level: 1, name: 'Events' }).waitFor();
  expect(window.errors).toEqual([]);
});

test('from right to left the pages stand at the right, and nothing scrolls sideways', async ({ browser }) => {
  await using window = await openWindow(browser, busySample(5), { view: '/hooks/hook-1' });
  const { page } = window;
  const detail = page.getByRole('region', { name: 'Hook' });
  await detail.getByRole('heading', { level: 2 }).waitFor();
  await page.evaluate(() => document.documentElement.setAttribute('dir', 'rtl'));
  const place = await page.evaluate(() => ({
    width: document.documentElement.scrollWidth - document.documentElement.clientWidth,
    navigation: document.querySelector('nav')?.getBoundingClientRect().left ?? 0,
    detail: document.querySelector('.split-detail')?.getBoundingClientRect().left,
  }));
  expect(place).toMatchObject({ width: 0, detail: 0 });
  expect(place.navigation).toBeGreaterThan(640);
});
