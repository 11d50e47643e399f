import { mkdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { inject, onTestFinished } from 'vitest';
import type { Sample } from './sample.ts';
import { openSimulator, type Simulator } from './simulator.ts';

/** Milliseconds: only ends what hangs, and leaves room for a busy computer. */
const longestWait = 90_000;
const shots = fileURLToPath(new URL('../shots/', import.meta.url));

export interface OpenWindow {
  readonly host: Simulator;
  readonly page: Page;
  /** Errors the page wrote to its console, broken policies among them. */
  readonly errors: readonly string[];
  [Symbol.asyncDispose](): Promise<void>;
}

export interface WindowOptions {
  readonly scheme?: 'light' | 'dark';
  readonly size?: { readonly width: number; readonly height: number };
  /** What stands behind the host's origin; the address with its token unless given. */
  readonly path?: string;
  /** The view that is opened; the list of events unless given, "" for the first page. */
  readonly view?: string;
  /** Scripts and styles come from the host, too, as they do outside tests. */
  readonly ownScripts?: boolean;
}

/** The window, served by a simulator with this sample; what a page stores belongs to the simulator's own origin. */
export async function openWindow(browser: Browser, sample: Sample, options: WindowOptions = {}): Promise<OpenWindow> {
  const host = await openSimulator(sample, options.ownScripts ? undefined : inject('windowScripts'));
  const page = await takePage(browser);
  await page.emulateMedia({ colorScheme: options.scheme ?? 'light', reducedMotion: 'reduce' });
  await page.setViewportSize(options.size ?? { width: 1280, height: 800 });
  const errors: string[] = [];
  page.on('pageerror', (error) => errors.push(error.message));
  page.on('console', (message) => message.type() === 'error' && errors.push(message.text()));
  await forgetStored(page, host);
  if (options.path !== undefined) await page.goto(host.origin + options.path);
  else await openView(page, host, options.view ?? '/events');
  return {
    host,
    page,
    errors,
    async [Symbol.asyncDispose]() {
      await giveBack(browser, page);
      await host.close();
    },
  };
}

/** Opens a view alone: what the first page asks would be remembered, and the answers a test gives afterwards not asked for. */
async function openView(page: Page, host: Simulator, view: string): Promise<void> {
  const { origin, address, token } = host;
  if (view !== '') await page.evaluate((text) => sessionStorage.setItem('ringback-token', text), token);
  await page.goto(view === '' ? address : `${origin}/#${view}`);
  await host.followed();
}

/** An earlier simulator may have had the same port, and so the same origin. */
async function forgetStored(page: Page, { origin }: Simulator): Promise<void> {
  await page.goto(`${origin}/blank`);
  await page.evaluate(() => {
    localStorage.clear();
    sessionStorage.clear();
  });
}

/** Pages no test uses now. A page that is used again starts in half the time of a new one. */
const idlePages = new WeakMap<Browser, Page[]>();

async function takePage(browser: Browser): Promise<Page> {
  const idle = idlePages.get(browser)?.pop();
  if (idle) return idle;
  const context = await browser.newContext();
  const page = await context.newPage();
  page.setDefaultTimeout(longestWait);
  return page;
}

/** A page in a context of its own, which a test closes that reads a host other than the simulator. */
export async function newPage(browser: Browser, size = { width: 1280, height: 800 }): Promise<Page> {
  const context = await browser.newContext({ viewport: size, reducedMotion: 'reduce' });
  onTestFinished(() => context.close());
  context.setDefaultTimeout(longestWait);
  return context.newPage();
}

async function giveBack(browser: Browser, page: Page): Promise<void> {
  page.removeAllListeners();
  // The next test's page would find the pointer over its list.
  await page.mouse.move(0, 0);
  await page.goto('about:blank');
  await page.context().clearCookies();
  const idle = idlePages.get(browser) ?? [];
  idlePages.set(browser, [...idle, page]);
}

/** Opens a page by its entry at the left. */
export async function goTo(
  page: Page,
  name: 'Home' | 'Events' | 'Hooks' | 'Jobs' | 'Backups' | 'Connections' | 'Team' | 'Settings',
): Promise<void> {
  await page.getByRole('navigation').getByRole('button', { name }).click();
  await page.getByRole('heading', { level: 1, name }).waitFor();
}

/** Shows the page in light or dark, as a user whose system changes does, and waits until it is drawn so. */
export async function showIn(page: Page, colorScheme: 'light' | 'dark'): Promise<void> {
  await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
  await page.locator(`html[data-mantine-color-scheme="${colorScheme}"]`).waitFor();
}

/** Moves the pointer away, and keeps a picture for people to look at where RINGBACK_SHOTS is set: it takes a third of the time of a look. */
export async function keepShot(page: Page, name: string): Promise<void> {
  await page.mouse.move(640, 5);
  if (!process.env.RINGBACK_SHOTS) return;
  mkdirSync(shots, { recursive: true });
  await page.screenshot({ path: `${shots}${name}.png`, animations: 'disabled' });
}
