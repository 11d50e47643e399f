import { expect } from 'vitest';
import { barriersOn } from '../support/accessibility.ts';
import { test } from '../support/browser-test.ts';
import { answerEverything, everythingSample, goToStop, leaveStop, stops, textsOf } from '../support/stops.ts';
import { keepShot, openWindow, showIn } from '../support/window.ts';

/** Names are all that differs between languages, and colours in the dark. */
const rulesOfTexts = ['button-name', 'link-name', 'label', 'aria-input-field-name', 'aria-toggle-field-name'];
const checks = [
  ['en', 'light', []],
  ['nl', 'dark', ['color-contrast', ...rulesOfTexts]],
  ['de', 'light', rulesOfTexts],
] as const;

for (const [language, scheme, rules] of checks) {
  test(`no page and no dialog has a serious barrier: ${language}, ${scheme}`, async ({ browser }) => {
    const sample = everythingSample();
    sample.settings.language = language;
    await using window = await openWindow(browser, sample, { view: '/home', scheme });
    const { page, host, errors } = window;
    answerEverything(host);
    await page.locator(`html[lang=${language}]`).waitFor();
    await showIn(page, scheme);
    const found: Record<string, readonly string[]> = {};
    for (const stop of stops) {
      await goToStop(page, stop, textsOf[language]);
      await keepShot(page, `walk-${stop.name}-${language}-${scheme}`);
      const barriers = await barriersOn(page, rules);
      if (barriers.length > 0) found[stop.name] = barriers;
      await leaveStop(page);
    }
    expect({ found, errors }).toEqual({ found: {}, errors: [] });
  });
}
