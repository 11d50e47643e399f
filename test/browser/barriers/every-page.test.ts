import { expect } from 'vitest';
import { extent } from '../../endurance/extent.ts';
import { barriersOn } from '../support/accessibility.ts';
import { test } from '../support/browser-test.ts';
import { answerEverything, everythingSample, goToStop, leaveStop, stops, textsOf } from '../support/stops.ts';
import { openWindow, showIn } from '../support/window.ts';

/** Each page has tests of its own in English. */
const looks = [
  ['nl', 'light'],
  ['de', 'dark'],
] as const;

test.for(looks)(
  'no page and no dialog has a serious barrier: %s, %s',
  { timeout: 600_000 },
  async (look, { browser }) => {
    const [language, scheme] = look;
    // `npm test` checks each page and dialog once, in one look or the other.
    const chosen = extent({ full: stops, short: stops.filter((_, at) => looks[at % looks.length] === look) });
    const sample = everythingSample();
    sample.settings.language = language;
    await using window = await openWindow(browser, sample, { view: '/home', scheme });
    const { page, host, errors } = window;
    answerEverything(host);
    await page.locator(`html[lang=${language}]`).waitFor();
    await showIn(page, scheme);
    const found: Record<string, readonly string[]> = {};
    for (const stop of chosen) {
      await goToStop(page, stop, textsOf[language]);
      const barriers = await barriersOn(page);
      if (barriers.length > 0) found[stop.name] = barriers;
      await leaveStop(page);
    }
    expect({ found, errors }).toEqual({ found: {}, errors: [] });
  },
);
