import type { MessageCatalogue } from '../index.ts';
import { createFormats } from '../index.ts';

const { plural, list } = createFormats('nl');

/** Missed events and their recovery, in Dutch. */
export const recoveryMessages: MessageCatalogue = {
  recovery: {
    found: (counts, say) => list(Object.entries(counts).map(([code, count]) => say(code, { count }))),
    translationFinished: (p) => plural(p.count, { one: 'vertaling klaar', other: 'vertalingen klaar' }),
    translationFailed: (p) => plural(p.count, { one: 'vertaling mislukt', other: 'vertalingen mislukt' }),
    translationTimedOut: (p) =>
      plural(p.count, {
        one: 'vertaling waarvan de tijd is verstreken',
        other: 'vertalingen waarvan de tijd is verstreken',
      }),
    jobFinished: (p) => plural(p.count, { one: 'andere taak klaar', other: 'andere taken klaar' }),
    jobFailed: (p) => plural(p.count, { one: 'andere taak mislukt', other: 'andere taken mislukt' }),
    otherFailure: (p) => plural(p.count, { one: 'andere mislukking', other: 'andere mislukkingen' }),
    otherEvent: (p) => plural(p.count, { one: 'andere gebeurtenis', other: 'andere gebeurtenissen' }),
    title: 'Terwijl je weg was',
    missed: 'Dit gebeurde terwijl er geen callbacks konden aankomen.',
    unsupported: 'Gemiste gebeurtenissen kunnen niet bij {{provider}} worden opgevraagd.',
    asksAgain: 'Ringback vraagt het opnieuw op.',
  },
};
