import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { test } from '../support/browser-test.ts';
import { testLooks } from '../support/look.ts';
import { busySample } from '../support/sample.ts';
import { openWindow } from '../support/window.ts';

const openTimeline = async (page: Page) => {
  await page.getByRole('button', { name: 'Timeline' }).click();
  await page.getByRole('region', { name: 'Timeline' }).locator('.scrubber-bar').first().waitFor();
};

test('the timeline limits the list by drawing over it, and by keys', async ({ browser }) => {
  await using window = await openWindow(browser, busySample(60));
  const { page, host } = window;
  await openTimeline(page);
  const asked = () => host.asked.findLast(({ method }) => method === 'events.list')?.input as Record<string, string>;
  const bars = await page.locator('.scrubber-bars').boundingBox();
  if (!bars) throw new Error('The timeline has no bars.');
  const middle = bars.y + bars.height / 2;
  await page.mouse.move(bars.x + bars.width * 0.2, middle);
  await page.mouse.down();
  await page.mouse.move(bars.x + bars.width * 0.6, middle, { steps: 4 });
  await page.mouse.up();
  await expect.poll(asked).toMatchObject({ since: expect.any(String), until: expect.any(String) });
  const { until } = asked();
  await page.getByRole('slider', { name: 'Until' }).focus();
  await page.keyboard.press('ArrowRight');
  await expect.poll(() => asked().until).not.toBe(until);
  expect(asked().since).toBeDefined();
});

testLooks([
  {
    name: 'timeline',
    sample: () => busySample(60),
    options: { view: '/events?q=since:12h' },
    arrive: openTimeline,
  },
]);
