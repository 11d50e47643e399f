import { expect } from 'vitest';
import { barriersOn } from './support/accessibility.ts';
import { test } from './support/browser-test.ts';
import { busySample } from './support/sample.ts';
import { goTo, openWindow } from './support/window.ts';

test('a rule is added with a preview of what it would have done, and saved', async ({ browser }) => {
  await using window = await openWindow(browser, busySample(5));
  const { page, host } = window;
  await goTo(page, 'Settings');
  await page.getByText('Last 7 days: 10 with sound').waitFor();
  await page.getByRole('textbox', { name: 'Event', exact: true }).fill('dm.folder.*');
  await page.getByRole('button', { name: 'Add rule' }).click();
  await page.getByText('With these rules: 9 with sound, 1 without').waitFor();
  await page.getByRole('button', { name: 'Remove rule: dm.folder.*' }).waitFor();
  const asked = () => host.asked.findLast(({ method }) => method === 'notifications.setRules')?.input;
  expect(asked()).toBeUndefined();
  const rules = page.getByRole('region', { name: 'Notifications' });
  await rules.getByRole('button', { name: 'Save' }).click();
  await expect.poll(asked).toEqual({ rules: [{ event: 'dm.folder.*', mode: 'silent' }] });
  expect(window.errors).toEqual([]);
});

test('an event and a hook are muted where they are shown', async ({ browser }) => {
  await using window = await openWindow(browser, busySample(5));
  const { page, host } = window;
  await page.getByRole('option').first().click();
  await page.getByRole('button', { name: 'Mute…' }).click();
  await page.getByRole('menuitem', { name: 'For an hour' }).click();
  await page.getByText('Change it in Settings').waitFor();
  await expect
    .poll(() => host.asked.findLast(({ method }) => method === 'notifications.mute')?.input)
    .toMatchObject({
      mode: 'off',
      hours: 1,
    });
  await goTo(page, 'Hooks');
  await page.getByRole('option').first().click();
  await page.getByRole('button', { name: 'Mute…' }).click();
  await page.getByRole('menuitem', { name: 'Without a sound' }).click();
  const last = () => host.asked.findLast(({ method }) => method === 'notifications.mute')?.input;
  await expect.poll(last).toMatchObject({ mode: 'silent', hook: host.sample.hooks[0]?.id });
});

test('a pause is shown with a crossed bell beside the state of the tunnel', async ({ browser }) => {
  await using window = await openWindow(browser, busySample(5));
  const { page, host } = window;
  await page.getByRole('option').first().waitFor();
  const { status } = host.sample;
  const quietUntil = new Date(Date.now() + 3_600_000).toISOString();
  host.say({ type: 'status', status: { ...status, quietUntil } });
  await page.getByRole('button', { name: /^Notifications paused until/ }).waitFor();
  host.say({ type: 'status', status: { ...status, doNotDisturb: true } });
  await page.getByRole('button', { name: 'Notifications paused: do not disturb is on' }).click();
  await page.getByRole('switch', { name: 'Follow the system’s do not disturb' }).click();
  const asked = () => host.asked.findLast(({ method }) => method === 'settings.set')?.input;
  await expect.poll(asked).toEqual({ notifications: { followDoNotDisturb: false } });
});

test('a target of notifications is added, tested, and its removal undone', async ({ browser }) => {
  await using window = await openWindow(browser, busySample(5));
  const { page, host } = window;
  await goTo(page, 'Settings');
  const section = page.getByRole('region', { name: 'Send elsewhere' });
  await section.getByText('This host shows no notifications itself.').waitFor();
  await section.getByRole('button', { name: 'Add target' }).click();
  await page.getByRole('menuitem', { name: 'ntfy' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('textbox', { name: 'URL' }).fill('https://ntfy.example/hidden-topic');
  expect(await barriersOn(page)).toEqual([]);
  await dialog.getByRole('button', { name: 'Add' }).click();
  await section.getByText('ntfy.example').waitFor();
  expect(await page.content()).not.toContain('hidden-topic');
  await section.getByRole('button', { name: 'Send test' }).click();
  await section.getByText('The test notification was sent.').waitFor();
  await section.getByRole('button', { name: 'Remove' }).click();
  await section.getByText('This host shows no notifications itself.').waitFor();
  await page.getByRole('button', { name: 'Undo' }).click();
  await section.getByText('ntfy.example').waitFor();
  expect(host.asked.filter(({ method }) => method === 'sinks.remove')).toEqual([]);
  expect(window.errors).toEqual([]);
});

test('the screen is a target where the host is headless on a Linux desktop, and only there', async ({ browser }) => {
  const sample = busySample(5);
  await using window = await openWindow(browser, {
    ...sample,
    status: { ...sample.status, canNotifySend: true },
  });
  const { page, host } = window;
  await goTo(page, 'Settings');
  const section = page.getByRole('region', { name: 'Send elsewhere' });
  await section.getByRole('button', { name: 'Add target' }).click();
  await page.getByRole('menuitem', { name: 'This screen' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Add' }).click();
  const added = () => host.asked.findLast(({ method }) => method === 'sinks.add')?.input;
  await expect.poll(added).toEqual({ target: { kind: 'notify-send' } });
  host.say({ type: 'status', status: sample.status });
  await section.getByRole('button', { name: 'Add target' }).click();
  await page.getByRole('menuitem', { name: 'ntfy' }).waitFor();
  await expect.poll(() => page.getByRole('menuitem', { name: 'This screen' }).count()).toBe(0);
  expect(window.errors).toEqual([]);
});
