import { expect } from 'vitest';
import { test } from '../support/browser-test.ts';
import { testLooks } from '../support/look.ts';
import { busySample } from '../support/sample.ts';
import { openWindow } from '../support/window.ts';

const view = '/events?tab=rejected';

test('a rejected delivery says what differs, shows its body, and is checked with a secret', async ({ browser }) => {
  await using window = await openWindow(browser, busySample(20), { view });
  const { page, host } = window;
  await page.getByRole('option', { name: '2 times' }).click();
  const detail = page.getByRole('region', { name: 'Rejected delivery', exact: true });
  await detail.getByText('The signature is of another hook: Files: added.').waitFor();
  await expect.poll(() => page.url()).toBe(`${host.origin}/#/events?tab=rejected&rejection=3`);
  const secret = detail.getByLabel('Check with a secret');
  await secret.fill('wrong');
  await secret.press('Enter');
  await detail.getByText('With this secret it would be rejected too').waitFor();
  await secret.fill('right');
  await detail.getByRole('button', { name: 'Check', exact: true }).click();
  await detail.getByRole('button', { name: 'Store for all hooks' }).click();
  await detail.getByText('Stored. The next delivery signed with it is accepted.').waitFor();
  const stored = host.asked.findLast(({ method }) => method === 'connections.update');
  expect(stored?.input).toEqual({ id: 'connection-1', secrets: { signingSecret: 'right' } });
  await detail.getByRole('tab', { name: 'Headers' }).click();
  await detail.getByText('content-type').waitFor();
  await detail.getByRole('tab', { name: 'Body' }).click();
  await detail.getByRole('button', { name: 'Copy body' }).waitFor();
});

testLooks(
  [1280, 390].map((width) => ({
    name: `rejection-${width}`,
    sample: () => busySample(20),
    options: { view: `${view}&rejection=3`, size: { width, height: 900 } },
    arrive: (page) => page.getByText('The signature is of another hook: Files: added.').waitFor(),
  })),
);
