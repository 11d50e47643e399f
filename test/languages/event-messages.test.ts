import { expect, test } from 'vitest';
import { apsWebhooks } from '../../main/connectors/aps-webhooks/connector.ts';
import { sampleHeader, toRow } from '../../main/engine/ingress/delivery-row.ts';
import { translateMessage } from '../../main/engine/messages/index.ts';
import { bundleText, composeNotifications } from '../../main/engine/notifications/compose.ts';
import { type DeliveryRow, type Row, readEventMessages, storeEventMessages } from '../../main/engine/storage/index.ts';
import type { Language } from '../../preload/languages/index.ts';
import { delivery } from '../connectors/deliveries.ts';
import { envelope, lineage, samples, structural } from '../fixtures/aps-callbacks.ts';

const names = { [lineage]: 'Tower.rvt', [structural]: 'Structural' };
const target = {
  ...{ hook: 'hook', connection: 'connection', connector: apsWebhooks, label: 'File version added' },
  registered: { event: '*', scope: {} },
};

function rowOf(body: unknown, verified: 'signature' | 'none' = 'signature', headers = {}): DeliveryRow {
  const received = delivery(body, { names });
  return toRow(target, { ...received, headers: { ...received.headers, ...headers } }, { genuine: true, verified }, 0);
}

function wordsOf(row: Pick<DeliveryRow, 'title' | 'summary' | 'messages'>, language: Language): readonly string[] {
  const { title, summary } = readEventMessages(row.messages);
  return [translateMessage(language, title, row.title), translateMessage(language, summary, row.summary ?? '')];
}

test.each([
  ['versionAdded', 'nl', 'Tower.rvt: versie 3 toegevoegd', 'Project Files / Structural · 18.4 MB · door Noor Sample'],
  ['versionAdded', 'de', 'Tower.rvt: Version 3 hinzugefügt', 'Project Files / Structural · 18.4 MB · von Noor Sample'],
  ['versionCopied', 'nl', 'Tower.rvt: gekopieerd', '18.4 MB'],
  ['reserved', 'de', 'Tower.rvt: gesperrt von Noor Sample', 'Project Files / Structural · 18.4 MB'],
  ['operationFailed', 'nl', 'Delete folder mislukt: Issued', 'Project Files'],
  ['translationTimedOut', 'nl', 'Vertaling duurde te lang: pump.ipt', 'Workflow nightly-svf2'],
  ['publishQueued', 'de', 'Tower.rvt: Veröffentlichung eingereiht', 'Modellversion 7 · Structural'],
  [
    'issueUpdated',
    'nl',
    'Issue d94a6b13: bijgewerkt',
    'Status open · gewijzigd: watcher objects, status · uiterlijk 2026-05-02',
  ],
  ['commentDeleted', 'de', 'Ausschreibung 64b0f2c9: Kommentar gelöscht', 'Ola Sample · Please call back.'],
] as const)('the event %s is said in %s as well', (name, language, ...expected) => {
  expect(wordsOf(rowOf(envelope(samples[name])), language)).toEqual(expected);
});

test('something without a known name is called by its kind in the language', () => {
  const row = toRow(target, delivery(envelope(samples.versionCopied)), { genuine: true, verified: 'signature' }, 0);
  expect([row.title, ...wordsOf(row, 'nl')]).toEqual([
    'File Kq3vTn8w: copied',
    'Bestand Kq3vTn8w: gekopieerd',
    '18.4 MB',
  ]);
});

const english =
  /\b(added|changed|hidden|deleted|moved|copied|locked|unlocked|processed|finished|failed|started|queued|publishing|synchronis(?:ing|ed)|created|updated|closed|cloned|released|taken|timed out|in progress|Folder|File|Translation)\b/;
const others = Object.entries(samples).filter(([name]) => name !== 'unknown');

test.each(others)('nothing of Ringback is left in English in Dutch and German: %s', (_name, sample) => {
  const row = rowOf(envelope(sample));
  for (const language of ['nl', 'de'] as const) {
    const [title = ''] = wordsOf(row, language);
    expect(title.replace(/Delete folder|Project Files/g, '')).not.toMatch(english);
    expect(title).not.toContain('undefined');
  }
});

test('a sample and a delivery without signature say so in the language of the rest', () => {
  const sample = rowOf(envelope(samples.versionDeleted), 'signature', { [sampleHeader]: '1' });
  expect(sample.title).toBe('Sample: Tower.rvt: deleted');
  expect(wordsOf(sample, 'nl')[0]).toBe('Voorbeeld: Tower.rvt: verwijderd');
  const unsigned = rowOf(envelope(samples.versionDeleted), 'none', { [sampleHeader]: '1' });
  expect(unsigned.title).toBe('Not verified: Sample: Tower.rvt: deleted');
  expect(wordsOf(unsigned, 'de')[0]).toBe('Nicht geprüft: Beispiel: Tower.rvt: gelöscht');
});

test('a callback that cannot be read is announced in the language too, with what is wrong', () => {
  const row = rowOf([]);
  expect([row.title, row.readable]).toEqual(['Unreadable callback of File version added', false]);
  expect(wordsOf(row, 'nl')).toEqual([
    'Onleesbare callback van File version added',
    'De handtekening is geldig, maar Ringback kan de inhoud niet lezen.',
  ]);
});

const stored = (id: number, row: DeliveryRow): Row =>
  ({ ...row, id, words: null, job: null, event: row.event }) as unknown as Row;
const times = { quiet: 10_000, longest: 30_000 };

test('the notification of an event, and of several, is said in the language', () => {
  const rows = [samples.versionAdded, samples.versionAdded].map((sample, index) =>
    stored(index, rowOf(envelope(sample))),
  );
  const [one] = composeNotifications(rows, { at: 0, times, modeOf: () => 'sound' });
  expect(translateMessage('nl', one?.titleMessage, one?.title ?? '')).toBe('Tower.rvt: versie 3 toegevoegd');
  expect(translateMessage('de', one?.bodyMessage, one?.body ?? '')).toContain('von Noor Sample');
  const several = bundleText(rows);
  expect(several).toMatchObject({
    title: '2 files added in Project Files / Structural',
    body: 'The latest: Tower.rvt: version 3 added',
  });
  expect(translateMessage('nl', several.titleMessage, '')).toBe('2 bestanden toegevoegd in Project Files / Structural');
  expect(translateMessage('de', several.bodyMessage, '')).toBe('Zuletzt: Tower.rvt: Version 3 hinzugefügt');
});

test('events that an earlier version stored, and messages that are damaged or too long, are shown in English', () => {
  const [title, summary] = ['Tower.rvt: deleted', null];
  for (const messages of [null, '', '{', '[]', '{"title":"x"}', `{"title":"${'x'.repeat(5000)}"}`]) {
    expect(wordsOf({ title, summary, messages }, 'nl')).toEqual([title, '']);
  }
  const long = { code: 'apsTitles.unknown', params: { event: '', name: 'x'.repeat(5000) } };
  expect(storeEventMessages({ title: long })).toBeNull();
});
