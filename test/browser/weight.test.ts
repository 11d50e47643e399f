import { gzipSync } from 'node:zlib';
import { expect } from 'vitest';
import { test } from './support/browser-test.ts';
import { busySample } from './support/sample.ts';
import { openWindow } from './support/window.ts';

test('the first page loads less than 300 kB of compressed scripts and styles, and none of the other pages', async ({
  browser,
}) => {
  await using window = await openWindow(browser, busySample(5), { view: '', ownScripts: true });
  const { page, host } = window;
  await page.getByRole('region', { name: 'Events per day' }).waitFor();
  const loaded = await page.evaluate(() =>
    performance
      .getEntriesByType('resource')
      .map(({ name }) => name)
      .filter((name) => /\.(js|css)$/.test(name)),
  );
  expect(
    loaded.filter((name) => /(events|hooks|jobs|backups|connections|team|settings)-page-|palette-/.test(name)),
  ).toEqual([]);
  const sizes = await Promise.all(
    loaded.map(async (name) => gzipSync(Buffer.from(await (await fetch(name)).arrayBuffer())).length),
  );
  expect(loaded.every((name) => name.startsWith(host.origin))).toBe(true);
  expect(window.errors).toEqual([]);
  expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(300_000);
});
