import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type axe from 'axe-core';
import type { Page } from 'playwright-core';

const source = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** What axe holds to be a serious or critical barrier on the page as it stands, one line each; by these rules alone where some are named. */
export async function barriersOn(page: Page, rules: readonly string[] = []): Promise<readonly string[]> {
  // The page's own policy forbids scripts put into it; the protocol may.
  await page.evaluate(source);
  const results = await page.evaluate(async (only) => {
    // Half-way through a transition, text has a colour that nobody reads it in.
    const moving = document
      .getAnimations()
      .filter(({ effect }) => effect?.getComputedTiming().endTime !== Number.POSITIVE_INFINITY);
    await Promise.allSettled(moving.map(({ finished }) => finished));
    return (globalThis as unknown as { axe: typeof axe }).axe.run({
      // What is no violation is not reported, so its selectors need not be computed, nor style sheets read again.
      resultTypes: ['violations'],
      selectors: false,
      preload: false,
      ...(only.length > 0 ? { runOnly: [...only] } : {}),
    });
  }, rules);
  return results.violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.html} ${node.any.map((check) => check.message)}`));
}
