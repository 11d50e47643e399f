import { mkdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { inject, onTestFinished } from 'vitest';
import type { Sample } from './sample.ts';
import { openSimulator, type Simulator } from './simulator.ts';
import { giveBack, loadPath, loadView, longestWait, openView, takePlace } from './window-place.ts';

const shots = fileURLToPath(new URL('../shots/', import.meta.url));

export interface OpenWindow {
  readonly host: Simulator;
  readonly page: Page;
  /** Errors the page wrote to its console; broken policies among them, and what failed in loading where it was loaded. */
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
  /** The page is loaded, without the styles that other views have left. */
  readonly loaded?: boolean;
  /** It is, and scripts and styles come from the host, too, as they do outside tests. */
  readonly ownScripts?: boolean;
}

/** The window, served by a simulator with this sample; nothing is stored from the tests before. */
export async function openWindow(browser: Browser, sample: Sample, options: WindowOptions = {}): Promise<OpenWindow> {
  const place = await takePlace(browser);
  const { page, server } = place;
  const host = await openSimulator(
    sample,
    options.ownScripts ? { server } : { server, scripts: inject('windowScripts') },
  );
  await page.emulateMedia({ colorScheme: options.scheme ?? 'light', reducedMotion: 'reduce' });
  await page.setViewportSize(options.size ?? { width: 1280, height: 800 });
  const errors: string[] = [];
  page.on('pageerror', (error) => errors.push(error.message));
  page.on('console', (message) => message.type() === 'error' && errors.push(message.text()));
  await open(page, host, options);
  return {
    host,
    page,
    errors,
    async [Symbol.asyncDispose]() {
      await giveBack(browser, place, host);
    },
  };
}

/** Opens a view alone: what the first page asks would be remembered, and the answers a test gives afterwards not asked for. */
async function open(page: Page, host: Simulator, options: WindowOptions): Promise<void> {
  const { path, view = '/events', loaded, ownScripts } = options;
  if (path !== undefined) return loadPath(page, host.origin, path);
  if (view === '') await loadPath(page, host.origin, host.address.slice(host.origin.length));
  else if (loaded || ownScripts) await loadView(page, host, view);
  else await openView(page, host, view);
  await host.followed();
}

/** A page in a context of its own, which a test closes that reads a host other than the simulator. */
export async function newPage(browser: Browser, size = { width: 1280, height: 800 }): Promise<Page> {
  const context = await browser.newContext({ viewport: size, reducedMotion: 'reduce' });
  onTestFinished(() => context.close());
  context.setDefaultTimeout(longestWait);
  return context.newPage();
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
