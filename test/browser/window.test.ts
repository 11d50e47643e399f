import type { Locator, Page } from 'playwright-core';
import { expect } from 'vitest';
import type { EventView } from '../../preload/contract/index.ts';
import { test } from './support/browser-test.ts';
import { closeDialog, goByKeys } from './support/keyboard.ts';
import { busySample, emptySample } from './support/sample.ts';
import { goTo, type OpenWindow, openWindow } from './support/window.ts';

const option = (page: Page, text: string) => page.getByRole('option').filter({ hasText: text }).first();
const list = (page: Page) => page.getByRole('listbox', { name: 'Received events' });
const shown = (page: Page, text: string) => page.getByText(text).first().waitFor();
const lastAsked = ({ host }: OpenWindow, method: string) =>
  host.asked.findLast((each) => each.method === method)?.input;

const isInSight = (locator: Locator) =>
  locator.evaluate((element) => {
    const { top, bottom } = element.getBoundingClientRect();
    return top >= 0 && bottom <= window.innerHeight;
  });

/** Resolves once the element has kept its place for ten pictures of the browser in a row. */
const standsStill = (locator: Locator) =>
  locator.evaluate(async (element) => {
    let last = element.getBoundingClientRect().top;
    for (let still = 0; still < 10; ) {
      await new Promise(requestAnimationFrame);
      const { top } = element.getBoundingClientRect();
      still = top === last ? still + 1 : 0;
      last = top;
    }
  });

function arrival(id: string, title: string): EventView {
  const [pattern] = busySample(1).events;
  if (!pattern) throw new Error('The sample is empty.');
  return { ...pattern, id, title, receivedAt: new Date().toISOString() };
}

test('the token leaves the address bar and outlives a reload', async ({ browser }) => {
  await using window = await openWindow(browser, busySample(5), { view: '' });
  await window.page.getByRole('heading', { level: 1, name: 'Home' }).waitFor();
  await expect.poll(() => window.page.url()).toBe(`${window.host.origin}/`);
  await window.page.reload();
  await shown(window.page, 'Needs attention');
});

test('a window without a token says what is missing, and takes one put into its address', async ({ browser }) => {
  await using window = await openWindow(browser, busySample(5), { path: '/' });
  await shown(window.page, 'Access token missing');
  await window.page.goto(window.host.address);
  await shown(window.page, 'Needs attention');
});

test('a token that is no longer valid is explained', async ({ browser }) => {
  await using window = await openWindow(browser, busySample(5), { path: '/#token=old' });
  await shown(window.page, 'Access token expired');
});

test('a lost connection is shown, and missed events appear once it is back', async ({ browser }) => {
  await using window = await openWindow(browser, busySample(5));
  await option(window.page, 'pump.ipt').waitFor();
  window.host.cut(true);
  await shown(window.page, 'Disconnected from Ringback');
  window.host.sample.events.unshift(arrival('missed', 'Missed: gear.ipt'));
  const retry = window.page.getByRole('button', { name: 'Try again' });
  await retry.waitFor();
  window.host.cut(false);
  // The window also reconnects by itself, which takes the button away.
  await retry.click({ timeout: 2000 }).catch(() => {});
  await option(window.page, 'Missed: gear.ipt').waitFor();
  await expect.poll(() => window.page.getByText('Disconnected from Ringback').count()).toBe(0);
});

test('an event that arrives stands on top, and what is being read further down stays in place', async ({ browser }) => {
  await using window = await openWindow(browser, busySample(300));
  const { page, host } = window;
  await option(page, 'pump.ipt').waitFor();
  host.say({ type: 'event', event: arrival('first', 'First: gear.ipt') });
  await expect.poll(() => page.getByRole('option').first().textContent()).toContain('First: gear.ipt');

  await page.mouse.move(600, 500);
  await page.mouse.wheel(0, 1500);
  const reading = page.locator('[role="option"][aria-posinset="60"]');
  await reading.waitFor();
  // A turn of the wheel scrolls on for a moment.
  await standsStill(reading);
  const before = { text: await reading.textContent(), box: await reading.boundingBox() };
  host.say({ type: 'event', event: arrival('second', 'Second: gear.ipt') });
  await page.getByRole('button', { name: '1 new' }).waitFor();
  expect({ text: await reading.textContent(), box: await reading.boundingBox() }).toEqual(before);
  await page.getByRole('button', { name: '1 new' }).click();
  await option(page, 'Second: gear.ipt').waitFor();
});

test('all pages of a long history can be reached, with only the rows in sight in the document', async ({ browser }) => {
  await using window = await openWindow(browser, busySample(1000));
  const { page } = window;
  await option(page, 'pump.ipt').waitFor();
  await list(page).focus();
  await expect
    .poll(async () => {
      await page.keyboard.press('End');
      return page.getByText('No older events').count();
    })
    .toBe(1);
  await page.keyboard.press('End');
  await page.locator('[role="option"][aria-posinset="1000"]').waitFor();
  await expect.poll(() => page.getByRole('option').count()).toBeLessThan(60);
});

test('a hundred thousand events stay a short document that answers to the keyboard', async ({ browser }) => {
  const sample = busySample(0);
  const pattern = arrival('', '');
  const events = Array.from({ length: 100_000 }, (_, index) => ({
    ...pattern,
    id: `e${index}`,
    title: `Event ${index}`,
  }));
  await using window = await openWindow(browser, sample);
  window.host.answer('events.list', () => ({ events }));
  await window.page.reload();
  await option(window.page, 'Event 0').waitFor();
  await list(window.page).focus();
  await window.page.keyboard.press('End');
  await option(window.page, 'Event 99999').waitFor();
  await expect.poll(() => window.page.getByRole('option').count()).toBeLessThan(60);
});

test('the host runs a search, and the search can be cleared', async ({ browser }) => {
  await using window = await openWindow(browser, busySample(300));
  const { page } = window;
  await option(page, 'pump.ipt').waitFor();
  await page.keyboard.press('/');
  await page.keyboard.type('failed');
  await expect.poll(() => lastAsked(window, 'events.list')).toMatchObject({ text: 'failed' });
  await expect.poll(() => page.getByRole('option').filter({ hasNotText: 'failed' }).count()).toBe(0);
  await page.getByRole('button', { name: 'Clear search and filter' }).click();
  await option(page, 'finished').waitFor();
});

test('an event shows its exact body and headers, but no secret of the sender', async ({ browser }) => {
  await using window = await openWindow(browser, busySample(5));
  const { page } = window;
  await option(page, 'Translation finished').click();
  await shown(page, 'Signature verified');
  await page.getByRole('tab', { name: 'Body' }).click();
  await shown(page, '12345678901234567890');
  await page.getByText('Formatted').click();
  await shown(page, '"size": 12345678901234567890,');
  await page.getByText('Raw').click();
  await shown(page, '"payload":{"size":12345678901234567890');
  await page.getByRole('tab', { name: 'Headers' }).click();
  await shown(page, 'Hidden (may contain a secret)');
  expect(await page.content()).not.toContain('c2VjcmV0OnNlY3JldA==');
});

test('a clicked notification opens its event from any page', async ({ browser }) => {
  await using window = await openWindow(browser, busySample(50));
  await option(window.page, 'pump.ipt').waitFor();
  await goTo(window.page, 'Settings');
  window.host.say({ type: 'open', event: 'event-7' });
  await window.page.getByRole('region', { name: 'Event' }).getByRole('heading', { level: 2 }).waitFor();
  await expect.poll(() => lastAsked(window, 'events.get')).toEqual({ id: 'event-7' });
});

test('everything can be done with the keyboard, and a dialog keeps the focus until it is closed', async ({
  browser,
}) => {
  await using window = await openWindow(browser, busySample(50));
  const { page } = window;
  await option(page, 'pump.ipt').waitFor();
  await list(page).focus();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect.poll(() => page.getByRole('option', { selected: true }).getAttribute('aria-posinset')).toBe('2');
  await page.keyboard.press('Escape');
  await expect.poll(() => page.getByRole('region', { name: 'Event' }).count()).toBe(0);

  await goByKeys(page, 'c', 'Connections');
  const opener = page.getByRole('button', { name: 'Add connection' });
  await opener.focus();
  await page.keyboard.press('Enter');
  await page.getByRole('dialog').getByLabel('Client secret').waitFor();
  const isFocusInDialog = () => page.evaluate(() => document.activeElement?.closest('[role="dialog"]') != null);
  await expect.poll(isFocusInDialog).toBe(true);
  for (let step = 0; step < 14; step++) {
    await page.keyboard.press('Tab');
    expect(await isFocusInDialog()).toBe(true);
  }
  await closeDialog(page);
  await expect.poll(() => opener.evaluate((button) => button === document.activeElement)).toBe(true);
});

test('a rejected connection stays as typed and shows the reason', async ({ browser }) => {
  await using window = await openWindow(browser, emptySample(), { size: { width: 800, height: 500 } });
  const { page, host } = window;
  host.answer('connections.add', () => {
    throw { code: 'unauthorized', message: 'Autodesk rejected the client id or secret (AUTH-001).' };
  });
  await page.getByRole('button', { name: 'Add connection' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('button', { name: 'Connect' }).click();
  await expect.poll(() => dialog.getByText('This field is required.').count()).toBe(2);
  await dialog.getByLabel('Client id').fill('my-client');
  await dialog.getByLabel('Client secret').fill('my-secret');
  await dialog.getByRole('button', { name: 'Connect' }).click();
  await dialog.getByText('Autodesk rejected the client id or secret (AUTH-001).').waitFor();
  await expect.poll(() => isInSight(dialog.getByRole('alert'))).toBe(true);
  await expect.poll(() => dialog.getByLabel('Client id').inputValue()).toBe('my-client');
  await expect.poll(() => dialog.getByLabel('Client secret').inputValue()).toBe('my-secret');
  await expect.poll(() => dialog.getByLabel('Client secret').getAttribute('type')).toBe('password');
  await expect
    .poll(() => lastAsked(window, 'connections.add'))
    .toEqual({
      connector: 'aps-webhooks',
      settings: { clientId: 'my-client', region: 'US', baseUrl: 'https://developer.api.autodesk.com' },
      secrets: { clientSecret: 'my-secret' },
    });
});

test('a form opens with its first text field focused', async ({ browser }) => {
  await using window = await openWindow(browser, busySample(5), { view: '/connections?form=connection' });
  const { page, host } = window;
  const focused = () => page.evaluate(() => document.activeElement?.closest('.mantine-InputWrapper-root')?.textContent);
  await expect.poll(focused).toContain('Client id');
  await page.goto(`${host.origin}/#/hooks?form=hook`);
  await expect.poll(focused).toContain('System');
  expect(await page.getByRole('listbox', { name: 'System' }).count()).toBe(0);
});

test('Escape discards a typed secret only once that is confirmed', async ({ browser }) => {
  await using window = await openWindow(browser, emptySample(), { view: '/connections?form=connection' });
  const { page } = window;
  const dialog = page.getByRole('dialog');
  const secret = dialog.getByLabel('Client secret');
  await secret.fill('my-secret');
  await page.keyboard.press('Escape');
  await dialog.getByText('Discard what you typed?').waitFor();
  await page.keyboard.press('Enter');
  await dialog.getByText('Discard what you typed?').waitFor({ state: 'hidden' });
  expect(await secret.inputValue()).toBe('my-secret');
  await secret.press('Escape');
  await dialog.getByRole('button', { name: 'Discard' }).click();
  await dialog.waitFor({ state: 'hidden' });
});

test('Escape leaves a rejected delivery open while a secret is typed for it', async ({ browser }) => {
  await using window = await openWindow(browser, busySample(5), { view: '/events?tab=rejected&rejection=4' });
  const { page } = window;
  const secret = page.getByRole('textbox', { name: 'Check with a secret' });
  await secret.fill('my-secret');
  await secret.press('Escape');
  expect(await secret.inputValue()).toBe('my-secret');
  await secret.fill('');
  await secret.press('Escape');
  await secret.waitFor({ state: 'detached' });
});

test('a hook is created from the catalogue and shown', async ({ browser }) => {
  await using window = await openWindow(browser, busySample(5));
  const { page, host } = window;
  const created = { ...busySample(0).hooks[0], id: 'hook-new', scope: { workflow: 'gear' } };
  host.answer('hooks.create', () => {
    host.sample.hooks.push(created as (typeof host.sample.hooks)[number]);
    return created;
  });
  await goTo(page, 'Hooks');
  await page.getByRole('button', { name: 'Create hook' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('combobox', { name: 'System' }).fill('derivative');
  await dialog.getByRole('combobox', { name: 'Events' }).fill('extraction.finished');
  await page.keyboard.press('Enter');
  await dialog.getByRole('textbox', { name: 'Workflow' }).fill('gear');
  await dialog.getByRole('button', { name: 'Create hook' }).click();
  await page.getByRole('region', { name: 'Hook' }).getByText('workflow gear').waitFor();
  await expect
    .poll(() => lastAsked(window, 'hooks.create'))
    .toEqual({
      connection: 'connection-1',
      system: 'derivative',
      event: 'extraction.finished',
      scope: { workflow: 'gear' },
      region: 'EMEA',
    });
});

test('several events are created at once, and what failed is tried again alone', async ({ browser }) => {
  await using window = await openWindow(browser, busySample(5));
  const { page, host } = window;
  let broken = true;
  host.answer('hooks.create', ({ event }: { event: string }) => {
    if (broken && event === 'extraction.updated') throw { code: 'provider', message: 'Autodesk is busy.' };
    return { ...busySample(0).hooks[0], id: `new-${event}`, event };
  });
  await goTo(page, 'Hooks');
  await page.getByRole('button', { name: 'Create hook' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('combobox', { name: 'System' }).fill('derivative');
  for (const event of ['extraction.finished', 'extraction.updated']) {
    await dialog.getByRole('combobox', { name: 'Events' }).fill(event);
    await page.keyboard.press('Enter');
  }
  await dialog.getByRole('textbox', { name: 'Workflow' }).fill('gear');
  await dialog.getByRole('button', { name: 'Create 2 hooks' }).click();
  await dialog.getByText('Autodesk is busy.').waitFor();
  broken = false;
  await dialog.getByRole('button', { name: 'Try the failed ones again' }).click();
  await dialog.waitFor({ state: 'detached' });
  const created = host.asked.filter(({ method }) => method === 'hooks.create');
  expect(created.map(({ input }) => (input as { event: string }).event)).toEqual([
    'extraction.finished',
    'extraction.updated',
    'extraction.updated',
  ]);
});

test('an external hook is removed only after confirmation', async ({ browser }) => {
  await using window = await openWindow(browser, busySample(5));
  const { page } = window;
  await goTo(page, 'Hooks');
  await option(page, 'External').click();
  await page.getByRole('button', { name: 'Remove' }).click();
  const remove = page.getByRole('dialog').getByRole('button', { name: 'Remove' });
  await expect.poll(() => remove.isDisabled()).toBe(true);
  await page.getByLabel('I understand that this hook was created elsewhere').check();
  await remove.click();
  await expect
    .poll(() => lastAsked(window, 'removals.hold'))
    .toMatchObject({ removals: [{ method: 'hooks.remove', input: { id: 'hook-6', foreign: true } }] });
  await expect.poll(() => option(page, 'External').count()).toBe(0);
});

test('the events of one hook can be shown alone', async ({ browser }) => {
  await using window = await openWindow(browser, busySample(30));
  const { page } = window;
  await goTo(page, 'Hooks');
  await option(page, 'Version added').click();
  await page.getByRole('button', { name: 'Show events' }).click();
  await expect.poll(() => page.getByRole('option').count()).toBe(10);
  await page.getByRole('list', { name: 'Filters' }).getByText('Hook: Version added').waitFor();
  await expect.poll(() => lastAsked(window, 'events.list')).toMatchObject({ hook: 'hook-2' });
});

test('a rejected tunnel stays as typed, with the reason', async ({ browser }) => {
  await using window = await openWindow(browser, emptySample());
  const { page, host } = window;
  host.answer('settings.set', () => {
    throw { code: 'invalid-input', message: 'This address leads elsewhere.' };
  });
  await goTo(page, 'Settings');
  await page.getByRole('button', { name: 'Add tunnel' }).click();
  await page.getByRole('menuitem', { name: 'Custom URL' }).click();
  await page.getByRole('textbox', { name: 'Public URL' }).fill('https://example.com');
  await page.getByRole('region', { name: 'Tunnel' }).getByRole('button', { name: 'Save' }).click();
  await shown(page, 'This address leads elsewhere.');
  await expect.poll(() => page.getByRole('textbox', { name: 'Public URL' }).inputValue()).toBe('https://example.com');
});

test('tunnels are added, ordered and removed, and saved as shown', async ({ browser }) => {
  await using window = await openWindow(browser, busySample(5));
  const { page } = window;
  await goTo(page, 'Settings');
  const section = page.getByRole('region', { name: 'Tunnel' });
  const add = async (name: string): Promise<void> => {
    await section.getByRole('button', { name: 'Add tunnel' }).click();
    await page.getByRole('menuitem', { name }).click();
  };
  await add('SSH');
  await add('cloudflared');
  await section.getByRole('button', { name: 'Save' }).click();
  await shown(page, 'This field is required.');
  await section.getByLabel('Server', { exact: true }).fill('me@server.example.com');
  await section.getByRole('button', { name: 'Move SSH up' }).click();
  await section.getByRole('button', { name: 'Remove cloudflared' }).click();
  await section.getByRole('button', { name: 'Save' }).click();
  await expect
    .poll(() => lastAsked(window, 'settings.set'))
    .toEqual({
      tunnel: { provider: 'ssh', destination: 'me@server.example.com' },
      tunnelFallbacks: [{ provider: 'localtunnel', host: 'https://tunnel.example.net', subdomain: 'bell-1942' }],
      tunnelWhenNeeded: false,
    });
});

test('the open window shows that the tunnel fails and returns', async ({ browser }) => {
  await using window = await openWindow(browser, busySample(5));
  const { page, host } = window;
  const lights = page.getByRole('region', { name: 'Status' });
  await lights.getByText('Reachable', { exact: true }).waitFor();
  const before = host.sample.status;
  const tunnel = { provider: 'localtunnel', state: 'down', problem: 'The tunnel host does not answer.' } as const;
  host.say({ type: 'status', status: { ...before, tunnel } });
  await lights.getByText('Not reachable').waitFor();
  await shown(page, 'Callbacks cannot reach this computer');
  host.say({ type: 'status', status: before });
  await lights.getByText('Reachable', { exact: true }).waitFor();
  await expect.poll(() => page.getByText('Callbacks cannot reach this computer').count()).toBe(0);
});

test('settings changed elsewhere are shown, but never overwrite typing', async ({ browser }) => {
  await using window = await openWindow(browser, busySample(5));
  const { page, host } = window;
  await goTo(page, 'Settings');
  const days = page.getByLabel('Keep for (days)');
  await expect.poll(() => days.inputValue()).toBe('90');
  host.say({ type: 'settings', settings: { ...host.sample.settings, retention: { days: 30, events: 1000 } } });
  await expect.poll(() => days.inputValue()).toBe('30');
  await days.fill('7');
  host.say({ type: 'settings', settings: { ...host.sample.settings, retention: { days: 60, events: 1000 } } });
  host.say({ type: 'status', status: { ...host.sample.status, receiver: { port: 5 } } });
  await shown(page, 'Listening on 127.0.0.1:5');
  await expect.poll(() => days.inputValue()).toBe('7');
});
