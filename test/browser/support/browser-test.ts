import type { Browser } from 'playwright-core';
import { inject, test as plain } from 'vitest';
import { connectToChromium, noChromium } from './chromium.ts';

/** A test in the shared Chromium, with one connection for each file; skipped with the reason where there is none. */
export const test = plain
  // biome-ignore lint/correctness/noEmptyPattern: what a fixture needs is read off its pattern
  .extend('chromium', { scope: 'file' }, async ({}, { onCleanup }) => {
    const endpoint = inject('chromiumEndpoint');
    const chromium = endpoint ? await connectToChromium(endpoint) : undefined;
    onCleanup(() => chromium?.close());
    return chromium;
  })
  .extend('browser', async ({ chromium, skip }): Promise<Browser> => chromium ?? skip(noChromium));
