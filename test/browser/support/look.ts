import type { Page } from 'playwright-core';
import { expect } from 'vitest';
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

/** Colours are all that differs in the dark. */
const schemes = [
  ['light', []],
  ['dark', ['color-contrast']],
] as const;

/** Each look in light and dark: a picture to be seen, no barrier, no broken policy. */
export function testLooks(looks: readonly Look[]): void {
  for (const look of looks) {
    test(`${look.name} has no serious barrier in light and dark, and breaks no policy`, async ({ browser }) => {
      await using window = await openWindow(browser, look.sample(), look.options);
      const { page, errors } = window;
      await look.arrive(page, window.host);
      for (const [colorScheme, rules] of schemes) {
        await showIn(page, colorScheme);
        await keepShot(page, `${look.name}-${colorScheme}`);
        expect(await barriersOn(page, rules), colorScheme).toEqual([]);
      }
      expect(errors).toEqual([]);
    });
  }
}
