import { createHash, createHmac } from 'node:crypto';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect, onTestFinished, test } from 'vitest';
import { verifyEitherSignature, verifySignature } from '../../../main/connectors/aps/index.ts';
import { signatureHeader } from '../../../main/connectors/aps/signature.ts';
import { translateMessage } from '../../../main/engine/messages/index.ts';
import { storeMessage } from '../../../main/engine/storage/event-messages.ts';
import { createEvents } from '../../../main/engine/storage/events.ts';
import { openLedger } from '../../../main/engine/storage/ledger.ts';
import { temporaryFolder, until } from '../../support/temporary.ts';
import { createBell } from '../../support/test-connector.ts';
import { openTestHost } from '../../support/test-host.ts';

/** A hook whose deliveries are signed as one of Autodesk's services does it. */
async function openScene(verify = verifySignature) {
  const bell = createBell();
  const host = await openTestHost({ connectors: [{ ...bell.connector, verify }] });
  await host.connect();
  const connection = await host.ask('connections.add', {
    ...{ connector: 'bell', settings: { account: 'me' }, secrets: { password: 'correct' } },
  });
  const hook = await host.ask('hooks.create', { connection: connection.id, event: 'ring', scope: { door: 'front' } });
  const secret = [...bell.hooks.values()][0]?.secret ?? '';
  const post = (headers: Record<string, string>, body: string | Buffer<ArrayBuffer> = '{"a":1}') =>
    fetch(hook.callbackUrl, { method: 'POST', body, headers });
  return { host, post, secret };
}

const signature = (value: string) => ({ 'x-adsk-signature': value });
const digits = (count: number) => createHash('sha512').update('x').digest('hex').slice(0, count);

test.each<[string, Record<string, string>, string | RegExp]>([
  ['no signature', {}, 'De handtekening ontbreekt (geen header x-adsk-signature).'],
  ['that of another service', { 'x-hub-signature': 'a' }, /^De handtekening ontbreekt .* x-hub-signature,/],
  ['a prefix of others', signature(`sha1=${digits(40)}`), /Ze begint met “sha1=”, zoals een andere afzender/],
  ['no prefix', signature(digits(40)), /Het ontbreekt: iets onderweg/],
  ['a prefix in capitals', signature(`SHA1HASH=${digits(40)}`), /in kleine letters en zonder spaties ervoor/],
  ['an unknown prefix', signature('?'), /een onbekend voorvoegsel; alleen “sha1hash=” is bekend\.$/],
  ['a digit too few', signature(`sha1hash=${digits(39)}`), /geen 40 hexadecimale cijfers\.$/],
  ['the digits of SHA-256', signature(`sha1hash=${digits(64)}`), /HMAC-SHA-256, een ander algoritme/],
  ['two signatures', signature('sha1hash=a, sha1hash=b'), /is 2 keer met verschillende waarden gestuurd/],
  [
    'an unknown compression',
    { ...signature(`sha1hash=${digits(40)}`), 'content-encoding': 'lzma' },
    /^De inhoud is gecomprimeerd \(lzma\);/,
  ],
  ['large headers', { 'x-large': 'a'.repeat(17_000) }, 'De headers zijn groter dan 16 kB.'],
])('why a delivery with %s is rejected is stored, and said in Dutch', async (_name, headers, text) => {
  const { host, post } = await openScene();
  await post(headers);
  await until(async () => (await host.ask('rejections.list', {})).length > 0);
  const [rejection] = await host.ask('rejections.list', {});
  expect(translateMessage('nl', rejection?.reasonMessage, 'English')).toMatch(text);
  expect(translateMessage('de', rejection?.reasonMessage, rejection?.reason ?? '')).not.toBe(rejection?.reason);
  const change = await until(() => host.changes.find(({ type }) => type === 'rejection'));
  expect(change).toMatchObject({ rejection: { reasonMessage: rejection?.reasonMessage } });
});

test('that two algorithms contradict each other is said in German', async () => {
  const { host, post } = await openScene(verifyEitherSignature);
  await post(signature(`sha256=${digits(40)}`));
  const [rejection] = await host.ask('rejections.list', {});
  expect(translateMessage('de', rejection?.reasonMessage, '')).toBe(
    'Die Signatur widerspricht sich: Ihr Präfix ist „sha256=“, ihre Länge 40 Ziffern.',
  );
});

test('a diagnosis, what differs and what a typed secret shows are said in German', async () => {
  const { host, post, secret } = await openScene();
  await post(signatureHeader(Buffer.from('{"a": 1}'), secret));
  const [{ id = '', reason, reasonMessage } = { reason: '' }] = await host.ask('rejections.list', {});
  expect(translateMessage('de', reasonMessage, reason)).toMatch(/unterwegs neu serialisiert/);
  await post(signature(`sha1hash=${digits(40)}`), '{"a":');
  const [latest] = await host.ask('rejections.list', {});
  const { differences } = await host.ask('rejections.get', { id: latest?.id ?? '' });
  expect(differences.map(({ text, message }) => translateMessage('de', message, text))).toEqual([
    expect.stringContaining('Der Inhalt wurde nach 5 '),
  ]);
  const checked = await host.ask('rejections.check', { id, secret: 'another' });
  expect(translateMessage('de', checked.reasonMessage, '')).toBe(
    'Die Signatur passt nicht zum Inhalt und den bekannten Geheimnissen.',
  );
});

test('alert and diagnosis quote the reason in the language of the user', async () => {
  const { host, post } = await openScene();
  await host.ask('settings.set', { language: 'nl' });
  for (let count = 0; count < 5; count += 1) await post({});
  await until(() => host.notes.length > 0);
  expect(host.notes[0]?.body).toBe(
    '5 achter elkaar. De laatste reden: De handtekening ontbreekt (geen header x-adsk-signature). Vernieuw het geheim van de hook, of voer Diagnose uit.',
  );
  const { findings } = await host.ask('doctor.run', {});
  const found = findings.find(({ textMessage }) => textMessage?.code === 'doctor.rejections');
  expect(translateMessage('de', found?.textMessage, '')).toBe(
    'In der letzten Woche wurden 5 Callbacks abgelehnt. Der letzte: Die Signatur fehlt (kein Header x-adsk-signature).',
  );
});

test.each([
  ['compressed', (text: Buffer) => gzipSync(text), 'die Signatur gilt für die komprimierten Bytes'],
  ['plain', (text: Buffer) => text, 'die Signatur gilt für den Inhalt vor der Komprimierung'],
])(
  'how a compressed delivery with a signature over its %s bytes was signed is said in German',
  async (_, signed, covered) => {
    const { host, post, secret } = await openScene(verifyEitherSignature);
    const body = gzipSync('{"a":1}');
    const digest = createHmac('sha256', secret)
      .update(signed(Buffer.from('{"a":1}')))
      .digest('hex');
    await post({ ...signature(`SHA256=${digest}`), 'content-encoding': 'gzip' }, body);
    const [event] = (await host.ask('events.list', {})).events;
    expect(event?.variant).toMatch(/^HMAC-SHA-256 with the prefix SHA256=; gzip; the signature covers the /);
    expect(translateMessage('de', event?.variantMessage, '')).toBe(
      `HMAC-SHA-256 mit dem Präfix SHA256=; gzip; ${covered}`,
    );
    expect(translateMessage('nl', event?.variantMessage, '')).toMatch(
      /^HMAC-SHA-256 met het voorvoegsel SHA256=; gzip; de /,
    );
  },
);

test('rejections of an earlier version, and ones whose message is damaged, stay readable in its English', async () => {
  const ledger = await openLedger(join(await temporaryFolder(), 'events.sqlite'), () => {});
  onTestFinished(() => ledger.close());
  await ledger.write('rejection', { receivedAt: 0, hook: 'front', reason: 'stored before' });
  const damaged = { receivedAt: 0, hook: 'front', reason: 'y'.repeat(5000), message: '{"code":1}' };
  await ledger.write('rejection', damaged);
  const [second, first] = createEvents(ledger).rejections(2);
  expect(first).toEqual({ id: '1', receivedAt: '1970-01-01T00:00:00.000Z', hook: 'front', reason: 'stored before' });
  expect(second).toMatchObject({ reason: 'y'.repeat(500) });
  expect(second?.reasonMessage).toBeUndefined();
  expect(storeMessage({ code: 'a.b', params: { text: 'x'.repeat(5000) } })).toBeNull();
});
