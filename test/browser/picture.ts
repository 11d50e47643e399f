import { fileURLToPath } from 'node:url';
import { buildWindow } from '../../build/window.ts';
import { connectToChromium, launchChromium, noChromium } from './support/chromium.ts';
import type { Simulator } from './support/simulator.ts';

/**
 * Draws the README's picture: `npm run picture`. It shows the built window in Chromium over sample data of one moment, so that
 * the same sources draw the same picture, apart from how smooth a few edges are.
 */
const moment = Date.UTC(2026, 10, 3, 14, 32);
const file = fileURLToPath(new URL('../../.github/screenshot.png', import.meta.url));

/** The sample data count from the present, so that it stands still before they are loaded. */
async function openSample(): Promise<Simulator> {
  Date.now = () => moment;
  const { weeksOfEvents } = await import('./support/home-sample.ts');
  const { openSimulator } = await import('./support/simulator.ts');
  const sample = weeksOfEvents();
  // As the engine lists them.
  sample.events.sort((one, other) => other.receivedAt.localeCompare(one.receivedAt));
  return openSimulator(sample);
}

async function draw(endpoint: string, { address }: Simulator): Promise<void> {
  const browser = await connectToChromium(endpoint);
  const page = await browser.newPage({
    ...{ viewport: { width: 1280, height: 800 }, locale: 'en-US', timezoneId: 'UTC', reducedMotion: 'reduce' },
  });
  await page.addInitScript((at) => {
    const System = Date;
    globalThis.Date = class extends System {
      constructor(...given: []) {
        super(...((given.length === 0 ? [at] : given) as []));
      }
      static override now = () => at;
    } as DateConstructor;
  }, moment);
  await page.goto(address);
  await page.getByRole('region', { name: 'Needs attention' }).waitFor();
  for (const text of ['Last verified backup:', 'Information', 'Stadium.rvt', 'Port 41377'])
    await page.getByText(text).last().waitFor();
  await page.evaluate(() => document.fonts.ready);
  await page.screenshot({ path: file, animations: 'disabled' });
  await browser.close();
}

const server = await launchChromium();
if (!server) throw new Error(noChromium);
await buildWindow();
const host = await openSample();
await draw(server.wsEndpoint(), host);
await host.close();
await server.close();
