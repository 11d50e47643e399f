import { expect, test } from 'vitest';
import { describeInput, translateMessage } from '../../../main/engine/messages/index.ts';
import { type MethodName, methods, requirements } from '../../../preload/contract/index.ts';
import { germanMessages } from '../../../preload/languages/de/index.ts';
import { dutchMessages } from '../../../preload/languages/nl/index.ts';

/** What is wrong with this input, in English, Dutch and German. */
function describe(method: MethodName, input: unknown): readonly string[] {
  const parsed = methods[method].input.safeParse(input, { reportInput: true });
  if (parsed.success) throw new Error('The input is accepted.');
  const { text, ...reference } = describeInput(parsed.error.issues);
  return [text, translateMessage('nl', reference, text), translateMessage('de', reference, text)];
}

const mail = { kind: 'email', host: 'mail.example', from: 'me@example.com', to: ['you@example.com'] };

test.each<[MethodName, unknown, string, string, string]>([
  ['events.get', {}, '"id" is missing.', '“id” ontbreekt.', '„id“ fehlt.'],
  [
    'events.list',
    { limit: 'ten' },
    '"limit" must be a number.',
    '“limit” moet een getal zijn.',
    '„limit“ muss eine Zahl sein.',
  ],
  [
    'events.list',
    { limit: 501 },
    '"limit" must be at most 500.',
    '“limit” mag hoogstens 500 zijn.',
    '„limit“ darf höchstens 500 sein.',
  ],
  [
    'events.list',
    { outcome: 'lost' },
    '"outcome" must be one of: success, failed, info.',
    '“outcome” moet een van deze zijn: success, failed, info.',
    '„outcome“ muss einer dieser Werte sein: success, failed, info.',
  ],
  [
    'events.list',
    { colour: 'red' },
    'The input has no member "colour".',
    'De invoer kent "colour" niet.',
    'Die Eingabe kennt "colour" nicht.',
  ],
  [
    'events.list',
    { since: 'yesterday' },
    '"since" must be a time such as 2030-01-31T08:00:00Z.',
    '“since” moet een tijdstip zijn, zoals 2030-01-31T08:00:00Z.',
    '„since“ muss ein Zeitpunkt sein, etwa 2030-01-31T08:00:00Z.',
  ],
  [
    'sinks.add',
    { target: { kind: 'fax' } },
    '"target.kind" must be one of: ntfy, webhook, email, notify-send.',
    '“target.kind” moet een van deze zijn: ntfy, webhook, email, notify-send.',
    '„target.kind“ muss einer dieser Werte sein: ntfy, webhook, email, notify-send.',
  ],
  ['sinks.add', { target: {} }, '"target.kind" is missing.', '“target.kind” ontbreekt.', '„target.kind“ fehlt.'],
  [
    'sinks.add',
    { target: { ...mail, from: 'me', to: [] } },
    '"target.from" must be an e-mail address. "target.to" must not be empty.',
    '“target.from” moet een e-mailadres zijn. “target.to” mag niet leeg zijn.',
    '„target.from“ muss eine E-Mail-Adresse sein. „target.to“ darf nicht leer sein.',
  ],
  [
    'settings.set',
    { notifications: { quietHours: { from: '25:00', to: '07:00' } } },
    '"notifications.quietHours.from" must be a time of day such as 22:00.',
    '“notifications.quietHours.from” moet een tijd zijn, zoals 22:00.',
    '„notifications.quietHours.from“ muss eine Uhrzeit sein, etwa 22:00.',
  ],
  [
    'settings.set',
    { tunnel: { provider: 'fixed', url: 'ftp://example.com' } },
    `"tunnel.url" ${requirements.address}.`,
    '“tunnel.url” moet een https-adres zijn (http wordt alleen voor deze computer geaccepteerd), zonder query of fragment.',
    '„tunnel.url“ muss eine https-Adresse sein (http wird nur für diesen Computer angenommen), ohne Query oder Fragment.',
  ],
  [
    'notifications.mute',
    { hook: '' },
    '"hook" must not be empty.',
    '“hook” mag niet leeg zijn.',
    '„hook“ darf nicht leer sein.',
  ],
  [
    'hooks.list',
    'all',
    'The input must be an object.',
    'De invoer moet een object zijn.',
    'Die Eingabe muss ein Objekt sein.',
  ],
])('%s with %j is rejected in every language', (method, input, ...texts) => {
  expect(describe(method, input)).toEqual(texts);
});

test.each(Object.keys(requirements))('the requirement "%s" has a text in every language', (name) => {
  expect([typeof dutchMessages.input?.[name], typeof germanMessages.input?.[name]]).toEqual(['function', 'function']);
});

test('of many mistakes the first ten are told, and how many more there are', () => {
  const settings = Object.fromEntries(Array.from({ length: 300 }, (_, index) => [`key${index}`, 1]));
  const [english = '', dutch, german] = describe('connections.add', { connector: 'aps', settings });
  const told = english.match(/"settings\.key\d+" must be a text\./g) ?? [];
  expect(told).toHaveLength(10);
  const more = english.match(/ (\d+) more things are wrong\.$/)?.[1];
  expect(more).toBe('290');
  expect([dutch, german]).toEqual([
    expect.stringMatching(new RegExp(` Nog ${more} fouten\\.$`)),
    expect.stringMatching(new RegExp(` ${more} weitere Fehler\\.$`)),
  ]);
});
