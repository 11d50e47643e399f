import { afterEach, expect, test } from 'vitest';
import { apsWebhooks } from '../../main/connectors/aps-webhooks/index.ts';
import { dutchMessages } from '../../preload/languages/nl/index.ts';
import { inWindowLanguage, setMessages } from '../../renderer/message-text.ts';

afterEach(() => setMessages({}));

const { hooks, fields } = apsWebhooks;

test('the catalogue and the form of a connector are shown in the language of the window', () => {
  setMessages(dutchMessages);
  const [data] = inWindowLanguage(hooks?.catalogue.systems ?? []);
  expect(data).toMatchObject({
    title: 'Bestanden en mappen (Data Management)',
    scopes: [{ key: 'folder', label: 'Map' }],
  });
  expect(data?.events[0]).toMatchObject({
    event: 'dm.version.added',
    title: 'Bestandsversie toegevoegd',
    help: 'Ook de eerste versie van een nieuw bestand.',
  });
  expect(inWindowLanguage(fields)[0]?.choices?.[1]).toMatchObject({
    value: 'user',
    label: expect.stringMatching(/^Jij, /),
  });
});

test('without a language, and where a message is not known, the English text stays', () => {
  expect(inWindowLanguage(hooks?.catalogue)).toEqual(hooks?.catalogue);
  setMessages(dutchMessages);
  const unknown = { title: 'Something new', titleMessage: { code: 'apsEvents.something.new', params: {} } };
  expect(inWindowLanguage([unknown])).toEqual([unknown]);
});
