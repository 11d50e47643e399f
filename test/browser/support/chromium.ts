import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { type Browser, type BrowserServer, chromium } from 'playwright-core';

/** The first needs about half the processor time of the others. */
const names = [
  'chromium-headless-shell',
  'chromium',
  'chromium-browser',
  'google-chrome',
  'google-chrome-stable',
  'chrome',
  'microsoft-edge',
];
const elsewhere = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe',
];
const args = [
  '--no-sandbox',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-gpu',
  '--disable-gpu-compositing',
  '--disable-software-rasterizer',
  '--disable-quic',
  '--disable-sync',
  '--no-first-run',
];

/** Why browser tests are skipped where there is no browser. */
export const noChromium = 'no Chromium found; install one or name it in CHROMIUM_PATH';

/** A headless Chromium of this computer (CHROMIUM_PATH, else the usual folders) to connect to; undefined without one. */
export async function launchChromium(): Promise<BrowserServer | undefined> {
  const executablePath = findChromium();
  return executablePath ? chromium.launchServer({ executablePath, args }) : undefined;
}

export function connectToChromium(endpoint: string): Promise<Browser> {
  return chromium.connect(endpoint);
}

function findChromium(): string | undefined {
  const named = process.env.CHROMIUM_PATH;
  if (named) return existsSync(named) ? named : undefined;
  const folders = ['/usr/bin', ...(process.env.PATH ?? '').split(delimiter)];
  const paths = folders.flatMap((folder) => names.map((name) => join(folder, name)));
  return [...paths, ...elsewhere].find((path) => existsSync(path));
}
