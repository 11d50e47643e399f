import { expect, test } from 'vitest';
import { rejectionOf } from '../../main/connectors/aps/error-response.ts';
import { RingbackError } from '../../main/engine/errors.ts';
import { followedBy, jobMessages, networkMessages, translateMessage } from '../../main/engine/messages/index.ts';
import { countMissed } from '../../main/engine/recovery/messages.ts';
import type { Language } from '../../preload/languages/index.ts';

const inLanguage = (language: Language, { reason, message }: RingbackError): string =>
  translateMessage(language, reason, message);

function rejection(status: number, body: unknown): RingbackError {
  const text = JSON.stringify(body);
  return rejectionOf({ status, headers: new Headers(), text, bytes: new Uint8Array(), body }, ['s3cret']);
}

test('a rejection of a provider is said in every language, with its own words as they are and without secrets', () => {
  const error = rejection(404, { code: 'HOOK_404', detail: 'No hook with s3cret here.' });
  expect(error.message).toBe(
    'Autodesk does not know this (HOOK_404): No hook with ••• here. Check the names, the scope and the region.',
  );
  expect(inLanguage('nl', error)).toBe(
    'Autodesk kent dit niet (HOOK_404): No hook with ••• here. Controleer de namen, het bereik en de regio.',
  );
  expect(inLanguage('de', error)).toBe(
    'Autodesk kennt das nicht (HOOK_404): No hook with ••• here. Prüfen Sie die Namen, den Bereich und die Region.',
  );
});

test('a wait is counted in the plural of the language', () => {
  const limited = (seconds: string) => {
    const headers = new Headers({ 'retry-after': seconds });
    return rejectionOf({ status: 429, headers, text: '', bytes: new Uint8Array(), body: undefined }, []);
  };
  expect(inLanguage('de', limited('1'))).toContain('in 1 Sekunde erneut');
  expect(inLanguage('nl', limited('1500'))).toContain('over 1.500 seconden opnieuw');
});

test('of two messages in one, both are translated, each with its own parameters', () => {
  const unreachable = networkMessages.unreachable({ host: 'example.com', cause: 'ECONNREFUSED' });
  const both = followedBy(unreachable, jobMessages.startUncertain());
  expect(translateMessage('de', both, both.text)).toMatch(
    /^example\.com ist nicht erreichbar \(Verbindung abgelehnt\).*Vielleicht wurde sie doch gestartet/,
  );
});

test('what was missed is counted in the language, with the nouns of the connectors', () => {
  const nouns = [{ event: /^ring$/, counted: ({ count }: { count: number }) => bells(count) }];
  const bells = (count: number) => ({ code: 'apsWebhooks.newVersions', params: { count }, text: `${count} bells` });
  const events = [{ event: 'ring' }, { event: 'ring' }, { event: 'other', outcome: 'failed' }];
  const message = countMissed(events as never, [], nouns);
  expect(message.text).toBe('2 bells, 1 other failure');
  expect(translateMessage('nl', message, message.text)).toBe('2 nieuwe versies en 1 andere mislukking');
});

test('a text that was stored without a code is shown as it is', () => {
  const error = new RingbackError('provider', 'Stored by an older version.');
  expect(inLanguage('nl', error)).toBe('Stored by an older version.');
});
