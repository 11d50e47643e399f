import type { Browser, Page } from 'playwright-core';
import type { closeFirstWindow, openWindow } from '../../../renderer/main.tsx';
import { type HostServer, openHostServer } from './host-server.ts';
import type { Simulator } from './simulator.ts';

/** A page and the address it shows, which one test after another uses. */
export interface WindowPlace {
  readonly page: Page;
  readonly server: HostServer;
}

/** Milliseconds: only ends what hangs, and leaves room for a busy computer. */
export const longestWait = 90_000;

/** Where a window finds its host. */
type HostAddress = Pick<Simulator, 'origin' | 'token'>;

/** Places no test uses now. */
const idle = new WeakMap<Browser, WindowPlace[]>();

/** An idle place, or a new one. */
export async function takePlace(browser: Browser): Promise<WindowPlace> {
  const place = idle.get(browser)?.pop();
  if (place) return place;
  const context = await browser.newContext();
  const page = await context.newPage();
  page.setDefaultTimeout(longestWait);
  return { page, server: await openHostServer() };
}

/** Closes the window that a test had open, then its host, and keeps the place for the next one. */
export async function giveBack(browser: Browser, place: WindowPlace, host: Simulator): Promise<void> {
  const { page } = place;
  page.removeAllListeners();
  // The next test's window would find the pointer over its list.
  await page.mouse.move(0, 0);
  const isClean = await page.evaluate(closeWindow).catch(() => false);
  if (!isClean) await page.goto('about:blank');
  await host.close();
  await page.context().clearCookies();
  idle.set(browser, [...(idle.get(browser) ?? []), place]);
}

/**
 * Opens a view of the window in a page whose scripts are loaded, which takes a third of the processor time of a load; loads
 * the page where none are.
 */
export async function openView(page: Page, { origin, token }: HostAddress, view: string): Promise<void> {
  const isOpen = await page.evaluate(`(${openInPage})(${JSON.stringify({ token, view })})`);
  if (!isOpen) await loadView(page, { origin, token }, view);
}

/** Loads the page with a view, with nothing stored from the tests before. */
export async function loadView(page: Page, { origin, token }: HostAddress, view: string): Promise<void> {
  await loadBlank(page, origin);
  await page.evaluate((text) => sessionStorage.setItem('ringback-token', text), token);
  await page.goto(`${origin}/#${view}`);
}

/** Loads what stands behind the origin, with nothing stored from the tests before. */
export async function loadPath(page: Page, origin: string, path: string): Promise<void> {
  await loadBlank(page, origin);
  await page.goto(origin + path);
}

async function loadBlank(page: Page, origin: string): Promise<void> {
  await page.goto(`${origin}/blank`);
  await page.evaluate(() => {
    localStorage.clear();
    sessionStorage.clear();
  });
}

/** Where the built main.tsx is. This and what follows runs in the page; as functions, they would get the test runner's import. */
const script = `document.querySelector('script[type="module"][src*="/index-"]')?.src`;

/** What it exports. */
interface MainScript {
  readonly openWindow: typeof openWindow;
  readonly closeFirstWindow: typeof closeFirstWindow;
}
const opens: keyof MainScript = 'openWindow';
const closesFirst: keyof MainScript = 'closeFirstWindow';

const openInPage = `async ({ token, view }) => {
  const script = ${script};
  if (!script) return false;
  localStorage.clear();
  sessionStorage.clear();
  sessionStorage.setItem('ringback-token', token);
  history.replaceState(null, '', '/#' + view);
  const main = await import(script);
  globalThis.closeWindow = main.${opens}();
  return true;
}`;

/** Resolves with whether nothing is left of the window, nor of what a test changed in its document. Styles of pages stay. */
const closeWindow = `(async () => {
  const main = await import(${script});
  (globalThis.closeWindow ?? main.${closesFirst})();
  const html = document.documentElement;
  const isEmpty = (element) => element.childElementCount === 0 && element.textContent === '';
  return [...document.body.children].every((element) => element.matches('script') || isEmpty(element)) &&
    html.getAttributeNames().every((name) => name === 'lang' || name.startsWith('data-')) &&
    document.body.getAttributeNames().length === 0 &&
    Object.getOwnPropertyNames(document).every((name) => name === 'location' || name.startsWith('_react'));
})()`;
