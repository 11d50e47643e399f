import { expect } from 'vitest';
import type { NetworkChange } from '../../preload/contract/index.ts';
import { test } from './support/browser-test.ts';
import { testLooks } from './support/look.ts';
import { busySample } from './support/sample.ts';
import { goTo, openWindow } from './support/window.ts';

test('a proxy is entered with its password, which the window forgets once it is stored', async ({ browser }) => {
  await using window = await openWindow(browser, busySample(3));
  const { page, host } = window;
  host.answer('settings.set', ({ network }: { readonly network: NetworkChange }) => {
    const { password, ...proxy } = network.proxy as { readonly mode: 'manual'; url: string; password: string };
    host.sample.settings.network = { proxy: { ...proxy, ...(password ? { hasPassword: true } : {}) } };
    return host.sample.settings;
  });
  await goTo(page, 'Settings');
  const section = page.getByRole('region', { name: 'Network' });
  await section.getByText('Manual').click();
  await section.getByLabel('Proxy address').fill('gate.corp.example:3128');
  await section.getByLabel('User name').fill('mira');
  await section.getByLabel('Password', { exact: true }).fill('opensesame');
  await section.getByLabel('Reach directly').fill('intranet.example 10.0.0.0/8');
  await section.getByRole('button', { name: 'Save' }).click();
  await section.getByText('Stored. Leave blank to keep it.').waitFor();
  await expect.poll(() => section.getByLabel('Password', { exact: true }).inputValue()).toBe('');
  await expect.poll(() => section.getByLabel('Proxy address').inputValue()).toBe('http://gate.corp.example:3128');
  await expect
    .poll(() => host.asked.filter(({ method }) => method === 'settings.set').map(({ input }) => input))
    .toEqual([
      {
        network: {
          proxy: {
            ...{ mode: 'manual', url: 'http://gate.corp.example:3128', username: 'mira', password: 'opensesame' },
            bypass: ['intranet.example', '10.0.0.0/8'],
          },
        },
      },
    ]);
});

testLooks([
  {
    name: 'settings-network',
    sample: () => {
      const sample = busySample(3);
      const url = 'https://gate.corp.example:8443';
      sample.settings.network = { proxy: { mode: 'manual', url, username: 'mira', hasPassword: true } };
      return sample;
    },
    arrive: async (page) => {
      await goTo(page, 'Settings');
      await page.getByLabel('Reach directly').scrollIntoViewIfNeeded();
    },
  },
]);
