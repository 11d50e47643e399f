import type { Browser, Page } from 'playwright-core';
import { expect, onTestFinished } from 'vitest';
import { backupSample } from './support/backup-sample.ts';
import { test } from './support/browser-test.ts';
import { sampleJobs } from './support/job-replies.ts';
import { busySample } from './support/sample.ts';
import { openSimulator } from './support/simulator.ts';
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

test('why the tunnel is down and what was repaired last are said in the language of the window', async ({
  browser,
}) => {
  const sample = busySample(5);
  sample.settings.language = 'de';
  sample.status.tunnel = {
    ...{ provider: 'localtunnel', state: 'down', problem: 'The receiver accepts nothing.' },
    reason: { code: 'tunnel.receiverDown', params: {} },
  };
  const [last] = sample.hookHistory;
  if (last) last.textMessage = { code: 'hooks.done', params: { move: 3 } };
  await using window = await openWindow(browser, sample, { view: '/home' });
  const { page } = window;
  await page.getByRole('region', { name: 'Erreichbarkeit' }).getByText('Der Empfänger nimmt nichts an.').waitFor();
  await page.getByRole('navigation').getByRole('button', { name: 'Hooks' }).click();
  await page.getByText('3 Hooks auf die neue Adresse verschoben').waitFor();
  await page.getByRole('button', { name: 'Hook anlegen' }).click();
  await page.getByRole('dialog').getByText('Der Empfänger nimmt nichts an.').waitFor();
});

test('stages of jobs and titles of backups are said in the language of the window', async ({ browser }) => {
  const sample = backupSample();
  sample.settings.language = 'de';
  const request = { request: 'Backup', 'request.code': 'autoflex.backup' };
  for (const backup of sample.backups) {
    backup.titleMessage = { code: 'backups.title', params: { ...request, account: 'Autohaus Nord' } };
  }
  await using window = await openWindow(browser, sample, { view: '/backups' });
  const { page, host } = window;
  await page.getByRole('option').first().getByText('Backup von Autohaus Nord').waitFor();
  const stageMessage = { code: 'apsStages.model', params: { state: 'PUBLISHING_PENDING' } };
  host.answer('jobs.list', () => sampleJobs.map((job) => ({ ...job, ...(job.stage ? { stageMessage } : {}) })));
  await page.goto(`${host.origin}/#/jobs`);
  await page.getByRole('option').filter({ hasText: 'Tower.rvt' }).getByText('Veröffentlichung eingereiht').waitFor();
});

test('why deliveries were rejected, kinds of backups and regions are said in the language of the window', async ({
  browser,
}) => {
  const sample = backupSample();
  sample.settings.language = 'de';
  for (const rejection of sample.rejections)
    rejection.reasonMessage = { code: 'rejections.otherHook', params: { hook: 'Dateien' } };
  for (const account of sample.accounts)
    account.requests = account.requests.map((request) => ({
      ...request,
      titleMessage: { code: 'autoflex.noRequest', params: { request: request.id } },
    }));
  await using window = await openWindow(browser, sample, { view: '/events?tab=rejected&rejection=3' });
  const { page, host } = window;
  const reason = /zu einem anderen Hook: Dateien/;
  await page.getByRole('heading', { level: 2, name: reason }).waitFor();
  await page.getByRole('option', { name: reason }).first().waitFor();
  await page.goto(`${host.origin}/#/backups/stock`);
  await page.getByText('Autoflex10 kennt keine Anforderung „stock“.').waitFor();
  await page.getByRole('button', { name: 'Andere Anfragen an Autohaus Nord' }).click();
  await page.getByRole('menuitem', { name: 'Autoflex10 kennt keine Anforderung „stock“.' }).waitFor();
  const labelMessage = { code: 'apsRegions.EMEA', params: {} };
  host.sample.connections.push({ id: 'connection-1', connector: 'aps-webhooks', name: 'Plant viewer', settings: {} });
  host.answer('jobs.formats', () => ({
    ...{ formats: ['svf2'], regions: [{ value: 'EMEA', label: 'Europe', labelMessage }], region: 'EMEA' },
  }));
  await page.reload();
  await page.goto(`${host.origin}/#/jobs?form=job`);
  await expect
    .poll(() => page.getByRole('combobox', { name: 'Region' }).inputValue())
    .toBe('Europa, Naher Osten, Afrika');
});

test('times of day are shown and typed as the language of the window writes them, and changed by arrow keys', async ({
  browser,
}) => {
  const sample = busySample(5);
  sample.settings.notifications = { ...sample.settings.notifications, quietHours: { from: '22:00', to: '07:00' } };
  await using window = await openWindow(browser, sample, { view: '/settings' });
  const { page, host } = window;
  const stored = () => host.asked.findLast(({ method }) => method === 'settings.set')?.input;
  await expect.poll(() => page.getByRole('textbox', { name: 'From', exact: true }).inputValue()).toMatch(/^10:00\sPM$/);
  host.say({ type: 'settings', settings: { ...sample.settings, language: 'de' } });
  const from = page.getByRole('textbox', { name: 'Von', exact: true });
  await expect.poll(() => from.inputValue()).toBe('22:00');
  await from.fill('25 Uhr');
  await from.blur();
  await page.getByText('Geben Sie eine Uhrzeit ein, etwa 22:00.').waitFor();
  expect(stored()).toBeUndefined();
  await from.fill('21.15');
  await from.press('Home');
  await from.press('ArrowUp');
  await from.press('End');
  await from.press('ArrowDown');
  await expect.poll(() => from.inputValue()).toBe('22:14');
  await from.blur();
  await expect.poll(stored).toEqual({ notifications: { quietHours: { from: '22:14', to: '07:00' } } });
});

/** The first words that the window shows, while the host has not said yet what the settings are. */
async function firstWords(page: Page): Promise<string> {
  const list = page.getByRole('navigation').getByRole('button');
  await list.first().waitFor();
  return (await list.allInnerTexts()).join(' ');
}

test('the window starts in the language it had the last time, before the settings are read', async ({ browser }) => {
  const sample = busySample(5);
  sample.settings.language = 'de';
  await using window = await openWindow(browser, sample, { view: '/home' });
  const { page, host } = window;
  await page.getByRole('heading', { level: 1, name: 'Start' }).waitFor();
  host.answer('settings.get', () => new Promise(() => {}));
  await page.reload();
  expect(await firstWords(page)).toBe('Start Ereignisse Hooks Aufträge Backups Verbindungen Team Einstellungen');
  expect(await page.evaluate(() => document.documentElement.lang)).toBe('de');
});

/** A window that was never opened, on a system with this language, while its host says nothing of its settings. */
async function openFirst(browser: Browser, locale: string, missing?: string): Promise<Page> {
  const host = await openSimulator(busySample(5));
  host.answer('settings.get', () => new Promise(() => {}));
  const context = await browser.newContext({ locale });
  onTestFinished(async () => {
    await context.close();
    await host.close();
  });
  const page = await context.newPage();
  if (missing) await page.route(missing, (route) => route.abort());
  await page.goto(host.address);
  return page;
}

test('the first time the window starts in the language of the system', async ({ browser }) => {
  expect(await firstWords(await openFirst(browser, 'nl-BE'))).toMatch(/^Start Gebeurtenissen Hooks/);
});

test('a language that cannot be loaded leaves the window in English', async ({ browser }) => {
  expect(await firstWords(await openFirst(browser, 'de-DE', '**/assets/de-*.js'))).toMatch(/^Home Events Hooks/);
});
