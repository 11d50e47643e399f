import type { TestProject } from 'vitest/node';
import { buildWindow } from '../../build/window.ts';
import { launchChromium } from './support/chromium.ts';
import { serveWindowScripts } from './support/window-files.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** Where the shared Chromium listens; empty where this computer has none. */
    readonly chromiumEndpoint: string;
    /** Origin of the window's scripts and styles. */
    readonly windowScripts: string;
  }
}

/** Builds the window and launches Chromium once for all test files; returns the function that stops it. */
export async function setup({ provide }: TestProject): Promise<() => Promise<void>> {
  const server = await launchChromium();
  if (server) await buildWindow();
  const scripts = await serveWindowScripts();
  provide('chromiumEndpoint', server?.wsEndpoint() ?? '');
  provide('windowScripts', scripts.origin);
  return async () => {
    await scripts.close();
    await server?.close();
  };
}
