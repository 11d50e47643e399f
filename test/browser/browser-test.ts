import type { Browser } from 'playwright-core';
import { test as plain } from 'vitest';
import { buildWindow } from '../../build/window.ts';
import { launchChromium, noChromium } from './chromium.ts';

/** A test with the window built and a real browser, one for each file; skipped with the reason where there is none. */
export const test = plain
  // biome-ignore lint/correctness/noEmptyPattern: what a fixture needs is read off its pattern
  .extend('chromium', { scope: 'file' }, async ({}, { onCleanup }) => {
    const chromium = await launchChromium();
    if (chromium) await buildWindow();
    onCleanup(() => chromium?.close());
    return chromium;
  })
  .extend('browser', async ({ chromium, skip }): Promise<Browser> => chromium ?? skip(noChromium));
