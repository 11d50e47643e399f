import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import type { Browser, Locator, Page } from 'playwright-core';
import { expect, onTestFinished } from 'vitest';
import { apsWebhooks } from '../../main/connectors/aps-webhooks/connector.ts';
import { openApi } from '../../main/headless/api.ts';
import { type Aps, startAps } from '../../main/sandbox/aps/index.ts';
import { fixedToken } from '../headless/caller.ts';
import { freePort } from '../support/free-port.ts';
import { silentLog } from '../support/log.ts';
import { openTestHost } from '../support/test-host.ts';
import { barriersOn } from './support/accessibility.ts';
import { test } from './support/browser-test.ts';
import { goTo, keepShot, newPage, showIn } from './support/window.ts';

const windowFolder = join(import.meta.dirname, '../../out/renderer');

interface SignInStand {
  readonly aps: Aps;
  readonly page: Page;
  readonly port: number;
  readonly redirectUri: string;
  readonly card: Locator;
  /** The page that opens while something is done. */
  opened(act: () => Promise<unknown>): Promise<Page>;
}

/** The real window of a real engine, beside the sandbox. */
async function openStand(browser: Browser): Promise<SignInStand> {
  const aps = await startAps();
  onTestFinished(() => aps.stop());
  const port = await freePort();
  const redirectUri = `http://localhost:${port}/callback`;
  const { engine } = await openTestHost({ connectors: [apsWebhooks] });
  const token = randomBytes(32).toString('hex');
  const api = await openApi({ engine, port: 0, token: fixedToken(token), folder: windowFolder, log: silentLog });
  onTestFinished(() => api.close());
  const page = await newPage(browser, { width: 1280, height: 900 });
  await page.goto(`http://127.0.0.1:${api.port}/#token=${token}`);
  const opened = async (act: () => Promise<unknown>): Promise<Page> => {
    const [popup] = await Promise.all([page.context().waitForEvent('page'), act()]);
    await popup.waitForLoadState();
    return popup;
  };
  return { aps, page, port, redirectUri, card: page.locator('.card'), opened };
}

/** Fills the form for a person who signs in through the app without a secret. */
async function fillForm({ page, aps, port }: SignInStand): Promise<Locator> {
  await goTo(page, 'Connections');
  await page.getByRole('button', { name: 'Add connection' }).first().click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Sign in as').click();
  await page.getByRole('option', { name: /without a secret/ }).click();
  await dialog.getByLabel('Client ID').fill(aps.publicClientId);
  await dialog.getByText('Advanced').click();
  await dialog.getByLabel('Base URL').fill(aps.url);
  await dialog.getByLabel('Name').fill('Kim at the plant');
  await dialog.getByText('http://localhost:12495/callback').waitFor();
  await keepShot(page, 'sign-in-form-light');
  expect(await barriersOn(page, [])).toEqual([]);
  await dialog.getByLabel('Sign-in port').fill(String(port));
  return dialog;
}

test('a person signs in on the page of Autodesk and comes back', async ({ browser }) => {
  const stand = await openStand(browser);
  const { aps, page, redirectUri, card, opened } = stand;
  aps.redirectUris.push(redirectUri);
  const dialog = await fillForm(stand);
  await dialog.getByText(redirectUri).waitFor();
  await expect.poll(() => dialog.getByLabel('Client secret').count()).toBe(0);

  const popup = await opened(() => dialog.getByRole('button', { name: 'Add and sign in' }).click());
  await popup.getByText('user-profile:read').waitFor();
  await card.getByText('Waiting for sign-in in your browser').waitFor();
  await card.getByText(redirectUri).waitFor();
  await keepShot(page, 'sign-in-waiting-light');
  expect(await barriersOn(page, [])).toEqual([]);

  await popup.getByRole('button', { name: 'Refuse' }).click();
  await popup.getByText('You can close this window').waitFor();
  await card.getByText('The sign-in was rejected in the browser.').waitFor();
  await keepShot(page, 'sign-in-refused-light');
  expect(await barriersOn(page, [])).toEqual([]);

  const again = await opened(() => card.getByRole('button', { name: 'Sign in again' }).click());
  await again.getByRole('button', { name: 'Allow' }).click();
  await again.getByText('You can close this window').waitFor();
  expect(await again.content()).not.toContain(new URL(again.url()).searchParams.get('code'));
  await card.getByText('Kim Example').waitFor();
  await card.getByText(/Renewed automatically/).waitFor();
  await card.getByText(/does not let an app without a secret/).waitFor();
  await keepShot(page, 'sign-in-done-light');
  await showIn(page, 'dark');
  await keepShot(page, 'sign-in-done-dark');
});

test('an address that is not registered ends on an error page, and the window says which one is missing', async ({
  browser,
}) => {
  const stand = await openStand(browser);
  const dialog = await fillForm(stand);
  const popup = await stand.opened(() => dialog.getByRole('button', { name: 'Add and sign in' }).click());
  await popup.getByText('Invalid redirect_uri').waitFor();
  await stand.card.getByText(stand.redirectUri).waitFor();
  await stand.card.getByRole('button', { name: 'Cancel sign-in' }).click();
  await stand.card.getByText('Not signed in').waitFor();

  const { page } = stand;
  const other = await freePort();
  await stand.card.getByRole('button', { name: 'Sign-in port' }).click();
  await page.getByRole('dialog').getByLabel('Sign-in port').fill(String(other));
  await page.getByRole('dialog').getByText(`http://localhost:${other}/callback`).waitFor();
  await keepShot(page, 'sign-in-port-light');
  expect(await barriersOn(page, [])).toEqual([]);
  await page.getByRole('button', { name: 'Save' }).click();
  await stand.card.getByText(String(other)).waitFor();
});
