import { expect } from 'vitest';
import { test } from '../support/browser-test.ts';
import { closeDialog } from '../support/keyboard.ts';
import { type Look, testLooks } from '../support/look.ts';
import { busySample } from '../support/sample.ts';
import { openWindow } from '../support/window.ts';

const failed = { view: '/events/event-7' };
const sample = () => {
  const busy = busySample(120);
  const [event] = busy.events.filter(({ id }) => id === 'event-7');
  if (event) Object.assign(event, { outcome: 'failed', deliveries: 2 });
  return busy;
};

test('an event says why it failed, leads to its job, and is sent to a handler', async ({ browser }) => {
  await using window = await openWindow(browser, sample(), failed);
  const { page, host } = window;
  const detail = page.getByRole('region', { name: 'Event', exact: true });
  await detail.getByText('The file is not a supported version').first().waitFor();
  await detail.getByRole('region', { name: 'Delivered 2 times' }).getByRole('listitem').nth(1).waitFor();
  await detail.getByRole('button', { name: 'Send to…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Send this event to a handler' });
  await dialog.getByLabel('URL').fill('http://localhost:3000/callback');
  await dialog.getByRole('button', { name: 'Send', exact: true }).click();
  await dialog.getByText('Answered 422 in 34 ms').waitFor();
  await expect
    .poll(() => host.asked.findLast(({ method }) => method === 'events.forward')?.input)
    .toEqual({
      id: 'event-7',
      url: 'http://localhost:3000/callback',
    });
  await closeDialog(page);
  await detail.getByRole('region', { name: 'Job' }).getByRole('button', { name: 'Bracket v12.f3d' }).click();
  await expect.poll(() => page.url()).toBe(`${host.origin}/#/jobs/job-5`);
});

test('a payload is searched as it came, and a member of its tree says its path', async ({ browser }) => {
  await using window = await openWindow(browser, sample(), failed);
  const { page } = window;
  await page.getByRole('tab', { name: 'Body' }).click();
  await page.getByRole('button', { name: 'size: 12345678901234567890' }).click();
  await page.getByText('$.payload.size', { exact: true }).waitFor();
  await page.getByText('Raw', { exact: true }).click();
  await page.getByRole('textbox', { name: 'Search in the body' }).fill('PUMP');
  await page.getByText('1 of 1').waitFor();
});

const show = (name: string, tab: string | undefined, options: Look['options']): Look => ({
  name: `event-${name}`,
  sample,
  options: { ...failed, ...options },
  arrive: async (page) => {
    await page.getByRole('region', { name: 'Event', exact: true }).getByText('Send to…').waitFor();
    await page.getByText('Bracket v12.f3d').last().waitFor();
    if (tab) await page.getByRole('tab', { name: tab }).click();
    if (tab === 'Body') await page.getByRole('button', { name: 'status: "success"' }).click();
  },
});
testLooks([
  show('overview', undefined, { size: { width: 1280, height: 1000 } }),
  show('tree', 'Body', {}),
  show('phone', undefined, { size: { width: 390, height: 800 } }),
]);
