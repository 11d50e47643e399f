import { expect, test } from 'vitest';
import { verifySignature } from '../../../main/connectors/aps/index.ts';
import { signatureHeader } from '../../../main/connectors/aps/signature.ts';
import { explainRejection, type Signer } from '../../../main/engine/ingress/explain-rejection.ts';
import { hookMessages } from '../../../main/engine/messages/index.ts';

const until = Date.UTC(2026, 4, 12);

function signer(hook: string, secret: string): Signer {
  return {
    ...{ hook, connection: 'c', connector: { verify: verifySignature }, registered: { event: 'e', scope: {} } },
    ...{ acceptsUnsigned: false, secrets: [{ of: 'hook', value: secret }] },
    expired: [{ value: `old ${secret}`, until }],
  };
}
const front = signer('front', 'front secret');
const signers = [front, { ...signer('back', 'back secret'), connector: front.connector }];

interface Given {
  readonly body?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly size?: number;
  readonly hook?: string;
}

const labelOf = (id: string) => hookMessages.label({ title: `Hook ${id}`, place: '' });

function differences({ body = '{"a":1}', headers = {}, size, hook = 'front' }: Given): string[] {
  const bytes = Buffer.from(body);
  const rejection = { receivedAt: '', hook, reason: 'The signature does not match the body and the known secrets.' };
  const delivery = { method: 'POST', headers, body: bytes, size: size ?? bytes.length };
  const stored = { rejection, delivery };
  return explainRejection({ stored, signers, labelOf }).map(({ text }) => text);
}

const signedBy = (secret: string, body = '{"a":1}') => signatureHeader(Buffer.from(body), secret);
const hex = (secret: string) => signedBy(secret)['x-adsk-signature']?.replace('sha1hash=', '') ?? '';

test.each<[string, Given, string]>([
  ['an expired secret', { headers: signedBy('old front secret') }, 'a secret that this hook had until May'],
  ['the secret of another hook', { headers: signedBy('back secret') }, 'of another hook: Hook back'],
  ['a secret that is known by now', { headers: signedBy('front secret') }, 'it would be accepted'],
  ['an unknown secret', { headers: signedBy('somebody') }, 'None of the known secrets'],
  ['re-serialised JSON', { headers: signedBy('front secret'), body: '{ "a": 1 }' }, 're-serialised on the way'],
  ['JSON that does not end', { headers: signedBy('front secret'), body: '{"a":' }, 'was cut after 5 bytes'],
  ['no body', { headers: signedBy('front secret'), body: '' }, 'The body is empty'],
  ['no signature', {}, 'The signature is missing'],
  [
    'the signature of others',
    { headers: { 'x-hub-signature-256': 'sha256=00' } },
    'There is x-hub-signature-256 instead',
  ],
  ['a prefix of others', { headers: { 'x-adsk-signature': `sha1=${hex('front secret')}` } }, 'It begins with "sha1="'],
  ['no prefix', { headers: { 'x-adsk-signature': hex('front secret') } }, 'It is missing'],
  ['a prefix in capitals', { headers: { 'x-adsk-signature': `SHA1HASH=${hex('x')}` } }, 'in small letters'],
  ['another algorithm', { headers: { 'x-adsk-signature': `sha1hash=${'a'.repeat(64)}` } }, 'HMAC-SHA-256'],
  ['a body stored in part', { size: 100_000 }, 'the first 7 bytes are stored'],
  ['a hook that was removed', { hook: 'gone' }, 'no longer exists'],
])('%s is named as what differs', (_, given, text) => {
  expect(differences(given)).toEqual([expect.stringContaining(text)]);
});

test('of a delivery that is not stored only that is said', () => {
  const stored = { rejection: { receivedAt: '', hook: 'front', reason: 'forged' } };
  const found = explainRejection({ stored, signers, labelOf });
  expect(found).toMatchObject([{ message: { code: 'rejections.notStored' } }]);
});
