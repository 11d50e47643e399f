import { parseArgs } from 'node:util';
import type { Page } from 'playwright-core';
import { buildWindow } from '../../build/window.ts';
import { connectToChromium, launchChromium, noChromium } from '../browser/support/chromium.ts';
import { startTarget, type Target } from './load.ts';

/**
 * `npm run bench -- window --events 1000000 --rows 100000`: the built window of a headless host with that many varied
 * events in a headless Chromium of 1280×800, from the first rows to the last of that many loaded ones.
 */

const { values } = parseArgs({
  options: {
    events: { type: 'string', default: '1000000' },
    rows: { type: 'string', default: '100000' },
    rounds: { type: 'string', default: '10' },
  },
});
const rounds = Number(values.rounds);
const list = '.rows-scroll';
const firstRow = '[role="option"]';
/** What a person types, rare and common; each once, since the window remembers what it found. */
const searches = [
  ...['lighthouse', 'ghthou', 'cathedral', 'tower', 'bridge', 'hospital', 'school', 'station', 'museum', 'terminal'],
  ...['project', 'to', 't', 'version added', '"folder added"', 'tower version structural', 'plumbing', 'electrical'],
  ...['outcome:failed', 'outcome:success tower', 'depot -added', 'name~owe', 'rvt', 'facade bridge'],
];

const percentile = (numbers: readonly number[], share: number): number =>
  numbers.toSorted((a, b) => a - b)[Math.ceil(numbers.length * share) - 1] ?? Number.NaN;
const line = (name: string, value: string, aim: string): void =>
  console.log(`  ${name.padEnd(52)}${value.padStart(22)}   ${aim}`);
const milliseconds = (numbers: readonly number[]): string =>
  `p50 ${percentile(numbers, 0.5).toFixed(0)}, p95 ${percentile(numbers, 0.95).toFixed(0)} ms`;

/** Milliseconds from the start of the page until its first rows are drawn, with all scripts in the cache. */
async function measureStart(page: Page): Promise<number> {
  await page.reload({ waitUntil: 'commit' });
  return page.evaluate(async (selector) => {
    const nextFrame = () => new Promise((resolve) => requestAnimationFrame(resolve));
    while (!document.querySelector(selector)) await nextFrame();
    await nextFrame();
    return performance.now();
  }, firstRow);
}

/** Milliseconds from the last typed letter until the page of events that were found has come. */
async function measureSearch(page: Page, text: string): Promise<number> {
  const box = page.getByRole('textbox', { name: 'Search events' });
  await box.fill('');
  await page.locator(firstRow).first().waitFor();
  const answered = page.waitForResponse('**/api/events.list');
  await box.fill(text);
  const start = performance.now();
  const response = await answered;
  await response.finished();
  return performance.now() - start;
}

/** Milliseconds of each frame while the list is scrolled by so many pixels a frame. */
async function measureFrames(page: Page, pixels: number, frames: number): Promise<readonly number[]> {
  return page.evaluate(
    async ({ selector, pixels: step, frames: count }) => {
      const element = document.querySelector(selector);
      if (!element) throw new Error('There is no list.');
      const nextFrame = () => new Promise<number>((resolve) => requestAnimationFrame(resolve));
      const took: number[] = [];
      let before = await nextFrame();
      for (let frame = 0; frame < count; frame += 1) {
        const space = element.scrollHeight - element.clientHeight;
        element.scrollTop += element.scrollTop + step > space ? -space : step;
        const now = await nextFrame();
        took.push(now - before);
        before = now;
      }
      return took;
    },
    { selector: list, pixels, frames },
  );
}

/** Scrolls down until so many rows are loaded; gives how many there are. */
async function loadRows(page: Page, rows: number): Promise<number> {
  return page.evaluate(
    async ({ selector, option, wanted }) => {
      const element = document.querySelector(selector);
      if (!element) throw new Error('There is no list.');
      const loaded = () => Number(document.querySelector(option)?.getAttribute('aria-setsize') ?? 0);
      const pause = () => new Promise((resolve) => setTimeout(resolve, 5));
      while (loaded() < wanted) {
        const before = loaded();
        element.scrollTop = element.scrollHeight;
        for (let waits = 0; loaded() === before && waits < 2000; waits += 1) await pause();
        if (loaded() === before) break;
      }
      return loaded();
    },
    { selector: list, option: firstRow, wanted: rows },
  );
}

/** Milliseconds from an arrow key until the frame after it. */
async function measureKeys(page: Page, presses: number): Promise<readonly number[]> {
  await page.getByRole('listbox', { name: 'Received events' }).focus();
  await page.evaluate(() => {
    const took: number[] = [];
    Object.assign(globalThis, { took });
    document.addEventListener(
      'keydown',
      ({ timeStamp }) =>
        requestAnimationFrame(() => {
          const { port1, port2 } = new MessageChannel();
          port1.onmessage = () => took.push(performance.now() - timeStamp);
          port2.postMessage('');
        }),
      { capture: true },
    );
  });
  for (let press = 0; press < presses; press += 1) await page.keyboard.press('ArrowDown', { delay: 20 });
  return page.evaluate(() => (globalThis as unknown as { took: number[] }).took);
}

/** How many of these clicks on a row open another one, while events arrive. */
async function countWrongRows(page: Page, clicks: number): Promise<number> {
  let wrong = 0;
  const leave = () => page.mouse.move(640, 5);
  for (let click = 0; click < clicks; click += 1) {
    await leave();
    const row = page.locator(firstRow).nth(click % 8);
    const box = await row.boundingBox();
    if (!box) throw new Error('The row is out of sight.');
    await page.mouse.move(box.x + 80, box.y + box.height / 2);
    const aimed = await page.evaluate(
      ({ x, y, option }) => document.elementFromPoint(x, y)?.closest(option)?.id ?? '',
      { x: box.x + 80, y: box.y + box.height / 2, option: firstRow },
    );
    await page.waitForTimeout(150);
    await page.mouse.down();
    await page.mouse.up();
    const selected = page.locator(`${firstRow}[aria-selected="true"]`);
    await selected.waitFor();
    if ((await selected.getAttribute('id')) !== aimed) wrong += 1;
    await page.keyboard.press('Escape');
    await selected.waitFor({ state: 'detached' });
  }
  return wrong;
}

/** Megabytes of the page's heap after a collection. */
async function heapOf(page: Page): Promise<number> {
  const session = await page.context().newCDPSession(page);
  await session.send('HeapProfiler.collectGarbage');
  const { usedSize } = await session.send('Runtime.getHeapUsage');
  await session.detach();
  return usedSize / 1e6;
}

async function series(count: number, once: (index: number) => Promise<number>): Promise<readonly number[]> {
  const numbers: number[] = [];
  for (let index = 0; index < count; index += 1) numbers.push(await once(index));
  return numbers;
}

async function measureWindow(page: Page, host: Target): Promise<void> {
  const ask = async (question: string): Promise<number> => (await host.ask?.(question)) ?? Number.NaN;
  await page.goto(host.url);
  await page.getByRole('navigation').getByRole('button', { name: 'Events' }).click();
  await page.locator(firstRow).first().waitFor();
  line(
    'first rows after the start of the page',
    milliseconds(await series(rounds, () => measureStart(page))),
    '≤ 1000 ms',
  );
  line(
    'from the last letter to the events found',
    milliseconds(await series(searches.length, (index) => measureSearch(page, searches[index] ?? ''))),
    'a pause in typing included',
  );
  await page.getByRole('textbox', { name: 'Search events' }).fill('');
  await page.locator(firstRow).first().waitFor();

  const heapBefore = await heapOf(page);
  await loadRows(page, 1000);
  await measureFrames(page, 300, 60);
  const few = await measureFrames(page, 300, 300);
  const started = performance.now();
  const loaded = await loadRows(page, Number(values.rows));
  line(`${loaded.toLocaleString('en')} rows loaded in`, `${((performance.now() - started) / 1000).toFixed(0)} s`, '');
  const many = await measureFrames(page, 300, 600);
  const rate = (frames: readonly number[]): string =>
    `${(1000 / percentile(frames, 0.5)).toFixed(0)}/s, p95 ${percentile(frames, 0.95).toFixed(0)} ms`;
  line('frames at 300 px each, 1,000 rows', rate(few), '');
  line(`frames at 300 px each, ${loaded.toLocaleString('en')} rows`, rate(many), '≥ 55/s, p95 ≤ 25 ms');
  line('heap of the page, more than before', `${((await heapOf(page)) - heapBefore).toFixed(1)} MB`, '≤ 30 MB');
  line('an arrow key', milliseconds(await measureKeys(page, 60)), '≤ 30 ms');

  await page.evaluate((selector) => document.querySelector(selector)?.scrollTo({ top: 0 }), list);
  await ask('uploadMany');
  const wrong = await countWrongRows(page, 20);
  await ask('stopUploads');
  line('wrong rows opened at 50 events/s', `${wrong} of 20`, '0 of 20');
  await page.waitForTimeout(40_000);
  const before = await ask('notifications');
  await ask('uploadSome');
  await page.waitForTimeout(50_000);
  line('notifications of 25 uploads in 10 s', String((await ask('notifications')) - before), '≤ 2');
}

const server = await launchChromium();
if (!server) {
  console.log(`skipped: ${noChromium}`);
} else {
  await buildWindow();
  const host = await startTarget('Ringback', 'window-target.ts', '--events', values.events);
  console.log(`\nthe window with ${Number(values.events).toLocaleString('en')} events`);
  const browser = await connectToChromium(server.wsEndpoint());
  try {
    const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, reducedMotion: 'reduce' });
    await measureWindow(await context.newPage(), host);
  } finally {
    await browser.close();
    await server.close();
    host.stop();
  }
}
