import { createHmac } from 'node:crypto';
import { expect, test } from 'vitest';
import { verifyEitherSignature } from '../../../main/connectors/aps/signature.ts';
import type { Secret } from '../../../main/engine/connector/index.ts';
import { delivery, diagnosed } from '../deliveries.ts';

const secret: Secret = { of: 'hook', value: 'ab'.repeat(32) };
const single =
  '{"id":"7be945d4-88cb-4b19-8dc9-f1dace8ff0c8","source":"urn:com.autodesk.forge:clientid:invented",' +
  '"specversion":"1.0","type":"autodesk.data.pim:milestone.created-1.0.0"}';
const pretty = JSON.stringify(JSON.parse(single), null, 2);
const sha1 = '4fda0598afec7b825bc4dbcd58a74ce758504313';
const sha256 = '689a505237fdbecc0a8e5ec106861f66b4738c705d9e297fa82c63b3c69e9811';

const verify = (signature: string | undefined, body = single, secrets: readonly Secret[] = [secret]) =>
  verifyEitherSignature(delivery(body, signature === undefined ? {} : { headers: header(signature) }), secrets);
const header = (signature: string) => ({ 'x-adsk-signature': signature });

test.each([
  [sha1, single, 'HMAC-SHA-1 without a prefix'],
  [`sha1hash=${sha1}`, single, 'HMAC-SHA-1 with the prefix sha1hash='],
  [`SHA1=${sha1.toUpperCase()}`, single, 'HMAC-SHA-1 with the prefix SHA1='],
  [` ${sha256} `, single, 'HMAC-SHA-256 without a prefix'],
  [`sha256hash=${sha256}`, single, 'HMAC-SHA-256 with the prefix sha256hash='],
  [`sha256=${sha256}`, single, 'HMAC-SHA-256 with the prefix sha256='],
  ['a185c51508df57b75f39d4131444c8adce4c94be', pretty, 'HMAC-SHA-1 without a prefix'],
  ['cf8fb320449d190ff2566650c478a1f3e600bbdad7822d53b367ba0d8e74f761', pretty, 'HMAC-SHA-256 without a prefix'],
])('the signature "%s" is genuine, and how it was signed is told', (signature, body, variant) => {
  expect(verify(signature, body)).toMatchObject({ genuine: true, verified: 'signature', secret: 'hook', variant });
});

test.each([
  [undefined, 'is missing'],
  [`sha256=${sha1}`, 'contradicts itself: its prefix says "sha256=", its length 40 digits'],
  [`sha1hash=${sha256}`, 'contradicts itself'],
  [`md5=${sha1}`, 'malformed'],
  [sha1.slice(1), 'malformed'],
  [`${sha1}${sha256}`, 'malformed'],
  [`sha1=sha1=${sha1}`, 'malformed'],
  ['', 'malformed'],
  [createHmac('sha1', secret.value).update(pretty).digest('hex'), 're-serialised on the way'],
  [createHmac('sha256', 'another').update(single).digest('hex'), 'does not match the body'],
])('the signature "%s" is refused: %s', (signature, reason) => {
  expect(diagnosed(verify(signature))).toMatchObject({ genuine: false, reason: expect.stringContaining(reason) });
});

test('the secret before the present one still counts, an empty one never does', () => {
  const previous: Secret = { of: 'hook-previous', value: 'cd'.repeat(32) };
  const signed = createHmac('sha256', previous.value).update(single).digest('hex');
  expect(verify(signed, single, [secret, previous])).toMatchObject({ genuine: true, secret: 'hook-previous' });
  const empty = createHmac('sha256', '').update(single).digest('hex');
  expect(verify(empty, single, [{ of: 'hook', value: '' }])).toMatchObject({ genuine: false });
});
