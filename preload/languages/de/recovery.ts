import type { MessageCatalogue } from '../index.ts';
import { createFormats } from '../index.ts';

const { plural, list } = createFormats('de');

/** Missed events and their recovery, in German. */
export const recoveryMessages: MessageCatalogue = {
  recovery: {
    found: (counts, say) => list(Object.entries(counts).map(([code, count]) => say(code, { count }))),
    translationFinished: (p) => plural(p.count, { one: 'Übersetzung fertig', other: 'Übersetzungen fertig' }),
    translationFailed: (p) =>
      plural(p.count, { one: 'Übersetzung fehlgeschlagen', other: 'Übersetzungen fehlgeschlagen' }),
    translationTimedOut: (p) =>
      plural(p.count, { one: 'Übersetzung mit Zeitüberschreitung', other: 'Übersetzungen mit Zeitüberschreitung' }),
    jobFinished: (p) => plural(p.count, { one: 'weiterer Auftrag fertig', other: 'weitere Aufträge fertig' }),
    jobFailed: (p) =>
      plural(p.count, { one: 'weiterer Auftrag fehlgeschlagen', other: 'weitere Aufträge fehlgeschlagen' }),
    otherFailure: (p) => plural(p.count, { one: 'weiterer Fehlschlag', other: 'weitere Fehlschläge' }),
    otherEvent: (p) => plural(p.count, { one: 'weiteres Ereignis', other: 'weitere Ereignisse' }),
    title: 'Während Ihrer Abwesenheit',
    missed: 'Das geschah, während keine Callbacks ankommen konnten.',
    unsupported: 'Verpasste Ereignisse können bei {{provider}} nicht abgefragt werden.',
    asksAgain: 'Ringback fragt erneut ab.',
  },
};
