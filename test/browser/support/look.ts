import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { extent } from '../../endurance/extent.ts';
import { barriersOn } from './accessibility.ts';
import { test } from './browser-test.ts';
import type { Sample } from './sample.ts';
import type { Simulator } from './simulator.ts';
import { keepShot, openWindow, showIn, type WindowOptions } from './window.ts';

/** One sight of the window. */
export interface Look {
  readonly name: string;
  readonly sample: () => Sample;
  readonly options?: WindowOptions;
  arrive(page: Page, host: Simulator): Promise<unknown>;
}

interface Check {
  readonly scheme: 'light' | 'dark';
  /** The rules of axe that are checked, all of them unless some are named. */
  readonly rules: readonly string[];
}
type Checks = readonly [Check, ...Check[]];

/** Colours are all that differs in the dark. */
const inBoth: Checks = [
  { scheme: 'light', rules: [] },
  { scheme: 'dark', rules: ['color-contrast'] },
];

/** One scheme, by the length of the look's name: a look and its narrow form are checked in different ones. */
const inOne = (name: string): Checks => [{ scheme: name.length % 2 === 0 ? 'light' : 'dark', rules: [] }];

/** A picture of each scheme is kept where pictures are asked for. */
const checksOf = (name: string): Checks =>
  extent({ full: inBoth, short: process.env.RINGBACK_SHOTS ? inBoth : inOne(name) });

/** The page as it stands: a picture to be seen, and no barrier. */
export async function checkLook(page: Page, name: string): Promise<void> {
  for (const { scheme, rules } of checksOf(name)) {
    await showIn(page, scheme);
    await keepShot(page, `${name}-${scheme}`);
    expect(await barriersOn(page, rules), `${name} in ${scheme}`).toEqual([]);
  }
}

/**
 * Each look has no barrier and breaks no policy: in light and dark in full, otherwise in one of both. `npm test` leaves them
 * out: it checks each page and dialog once, in every-page.test.ts.
 */
export function testLooks(looks: readonly Look[]): void {
  if (process.env.RINGBACK_EXTENT === 'short') return;
  for (const look of looks) {
    const checks = checksOf(look.name);
    const schemes = checks.map(({ scheme }) => scheme).join(' and ');
    test(`${look.name} has no serious barrier in ${schemes}, and breaks no policy`, async ({ browser }) => {
      const options = { ...look.options, scheme: checks[0].scheme, loaded: true };
      await using window = await openWindow(browser, look.sample(), options);
      await look.arrive(window.page, window.host);
      await checkLook(window.page, look.name);
      expect(window.errors).toEqual([]);
    });
  }
}
