import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import type { Browser, Locator, Page } from 'playwright-core';
import { expect, onTestFinished } from 'vitest';
import { apsWebhooks } from '../../../main/connectors/aps-webhooks/connector.ts';
import { autoflex } from '../../../main/connectors/autoflex/index.ts';
import type { Connector } from '../../../main/engine/connector/index.ts';
import { openApi } from '../../../main/headless/api.ts';
import { startAps } from '../../../main/sandbox/aps/index.ts';
import { startAutoflex } from '../../../main/sandbox/autoflex/index.ts';
import { startRelay } from '../../../main/sandbox/relay/index.ts';
import { fixedToken } from '../../headless/caller.ts';
import { silentLog } from '../../support/log.ts';
import { until } from '../../support/temporary.ts';
import { openTestHost, type TestHost } from '../../support/test-host.ts';
import { test } from '../support/browser-test.ts';
import { newPage } from '../support/window.ts';

const windowFolder = join(import.meta.dirname, '../../../out/renderer');
/** Clicks and filled fields until the first notification. */
const limit = 10;

/** A newcomer at the window of a real engine, who counts each click and each filled field. */
interface Newcomer {
  readonly page: Page;
  readonly ask: TestHost['ask'];
  readonly actions: string[];
  click(name: string, within?: Locator): Promise<void>;
  fill(label: string, text: string): Promise<void>;
}

async function openNewcomer(browser: Browser, connector: Connector): Promise<Newcomer> {
  const relay = await startRelay();
  onTestFinished(() => relay.stop());
  const { engine, ask } = await openTestHost({ connectors: [connector] });
  const token = randomBytes(32).toString('hex');
  const api = await openApi({ engine, port: 0, token: fixedToken(token), folder: windowFolder, log: silentLog });
  onTestFinished(() => api.close());
  const page = await newPage(browser);
  // The tunnel server on this computer in place of the public one.
  await page.route('**/api/settings.set', (route) =>
    route.continue({ postData: JSON.stringify({ tunnel: { provider: 'localtunnel', host: relay.url } }) }),
  );
  await page.goto(`http://127.0.0.1:${api.port}/#token=${token}`);
  const actions: string[] = [];
  return {
    ...{ page, ask, actions },
    async click(name, within) {
      actions.push(`click ${name}`);
      await (within ?? page.getByRole('main')).getByRole('button', { name }).first().click();
    },
    async fill(label, text) {
      actions.push(`fill in ${label}`);
      await page
        .getByRole('dialog')
        .getByLabel(new RegExp(`^${label}`))
        .fill(text);
    },
  };
}

/** Fills in what only a simulator needs, which no newcomer does. */
async function useSimulator(page: Page, url: string): Promise<void> {
  const dialog = page.getByRole('dialog');
  const field = dialog.getByLabel('Base URL');
  if (!(await field.isVisible())) await dialog.getByText('Advanced').click();
  await field.fill(url);
}

const isUp = async ({ ask }: Newcomer) => (await ask('status.get', {})).tunnel.state === 'up';

test('ten actions lead from the first start to a notification of Autodesk through the public URL', async ({
  browser,
}) => {
  const aps = await startAps();
  onTestFinished(() => aps.stop());
  const newcomer = await openNewcomer(browser, apsWebhooks);
  const { page, ask, actions, click, fill } = newcomer;
  const dialog = page.getByRole('dialog');
  await click('Autodesk Platform Services');
  await fill('Client ID', aps.clientId);
  await fill('Client secret', aps.clientSecret);
  await useSimulator(page, aps.url);
  await click('Connect', dialog);
  await click('Open a free tunnel');
  await until(() => isUp(newcomer));
  await click('Create hook');
  actions.push('choose an event');
  await dialog.getByRole('combobox', { name: 'Events' }).fill('extraction.finished');
  await page.keyboard.press('Enter');
  await fill('Workflow', 'my-workflow');
  await click('Create hook', dialog);
  await dialog.waitFor({ state: 'hidden' });
  await click('Send a test event');
  await until(async () => (await ask('notifications.list', {})).some(({ event }) => event !== undefined));
  expect(actions.length, actions.join(', ')).toBeLessThanOrEqual(limit);
});

test('ten actions lead from the first start to the notification of a verified backup', async ({ browser }) => {
  const garage = await startAutoflex();
  onTestFinished(() => garage.stop());
  const newcomer = await openNewcomer(browser, autoflex);
  const { page, ask, actions, click, fill } = newcomer;
  await click('Autoflex10');
  await useSimulator(page, garage.url);
  await fill('User name', garage.username);
  await fill('API key', garage.apiKey);
  await fill('Password', garage.password);
  await click('Connect', page.getByRole('dialog'));
  await click('Open a free tunnel');
  await until(() => isUp(newcomer));
  await click('Show backups');
  await click('Back up now');
  await page.getByText('Last verified backup').first().waitFor();
  await until(async () => (await ask('notifications.list', {})).some(({ backup }) => backup !== undefined));
  expect(actions.length, actions.join(', ')).toBeLessThanOrEqual(limit);
});
