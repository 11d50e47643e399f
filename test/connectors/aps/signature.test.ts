import { createHmac } from 'node:crypto';
import { expect, test } from 'vitest';
import { verifySignature } from '../../../main/connectors/aps/signature.ts';
import type { Secret } from '../../../main/engine/connector/index.ts';
import { delivery, diagnosed } from '../deliveries.ts';

const hookSecret: Secret = { of: 'hook', value: 'exampleSecretToken0123456789abcdefABCD' };
const minified =
  '{"version":"1.0","resourceUrn":"urn:adsk.wipprod:fs.file:vf.ExampleLineageId000001?version=3",' +
  '"hook":{"system":"data","event":"dm.version.added"},"payload":{"ext":"rvt","version":"3"}}';
const pretty = JSON.stringify(JSON.parse(minified), null, 2);

const sign = (secret: string, body: string) => `sha1hash=${createHmac('sha1', secret).update(body).digest('hex')}`;
const verify = (body: string, signature: string | undefined, ...secrets: Secret[]) =>
  verifySignature(
    delivery(body, {
      headers: { ...(signature ? { 'x-adsk-signature': signature } : {}), 'x-adsk-delivery-id': 'httpadapter~s~1/2' },
    }),
    secrets,
  );
const reason = (verdict: ReturnType<typeof verify>): string => {
  const result = diagnosed(verdict);
  return result.genuine ? 'genuine' : result.reason;
};

test.each([
  [hookSecret.value, minified, 'sha1hash=7d7a3cbfb16348e307d81c2186611802b3db415b'],
  [hookSecret.value, pretty, 'sha1hash=d6f13dc1b6d1102fdf52fe917fa84e197ec230e2'],
  [
    'secret-1',
    '{"hook":{"event":"extraction.finished"}, "workflow":"workflow-1"}',
    'sha1hash=5b889558fda247df38ec2d36fe446b3aec8086cc',
  ],
  [
    'secret-1',
    '{"hook":{"event":"extraction.finished"},"workflow":"workflow-1"}',
    'sha1hash=cf046188dc37fc9d2543932f7b3e46ee18f042ef',
  ],
])('a known signature with the secret %s is genuine', (value, body, signature) => {
  expect(verify(body, signature, { of: 'hook', value })).toEqual({
    genuine: true,
    verified: 'signature',
    secret: 'hook',
    deliveryId: 'httpadapter~s~1/2',
  });
});

test('upper-case digits are accepted', () => {
  const signature = sign(hookSecret.value, minified).replace(/=.*/, (digits) => digits.toUpperCase());
  expect(verify(minified, signature, hookSecret).genuine).toBe(true);
});

test('every secret is tried, and the one that matches is named', () => {
  const previous: Secret = { of: 'hook-previous', value: 'b'.repeat(64) };
  const owner: Secret = { of: 'owner', value: 'c'.repeat(64) };
  expect(verify(minified, sign(owner.value, minified), hookSecret, previous, owner)).toMatchObject({ secret: 'owner' });
});

test('a delivery without an id is genuine all the same', () => {
  const headers = { 'x-adsk-signature': sign(hookSecret.value, minified) };
  expect(verifySignature(delivery(minified, { headers }), [hookSecret])).not.toHaveProperty('deliveryId');
});

test('a missing signature is refused', () => {
  expect(reason(verify(minified, undefined, hookSecret))).toContain('missing');
});

test.each(['sha256hash=00', '7d7a3cbfb16348e307d81c2186611802b3db415b', ''])(
  'the prefix of "%s" is refused',
  (text) => {
    const headers = { 'x-adsk-signature': text };
    expect(reason(verifySignature(delivery(minified, { headers }), [hookSecret]))).toContain('unknown prefix');
  },
);

test.each(['sha1hash=', 'sha1hash=7d7a', `sha1hash=${'g'.repeat(40)}`, `sha1hash=${'a'.repeat(42)}`])(
  '"%s" is malformed',
  (text) => {
    expect(reason(verify(minified, text, hookSecret))).toContain('malformed');
  },
);

test('a forged callback is refused', () => {
  const verdict = verify(minified, sign('somebody-else', minified), hookSecret);
  expect(reason(verdict)).toBe('The signature does not match the body and the known secrets.');
});

test('an altered body is refused', () => {
  const altered = minified.replace('"3"', '"4"');
  expect(reason(verify(altered, sign(hookSecret.value, minified), hookSecret))).toContain('does not match the body');
});

test('an empty secret verifies nothing', () => {
  const verdict = verify(minified, sign('', minified), { of: 'owner', value: '' });
  expect(reason(verdict)).toContain('no secret is known');
});

test('a signature header that was sent twice counts where both are the same', () => {
  const signature = sign(hookSecret.value, minified);
  expect(verify(minified, `${signature}, ${signature}`, hookSecret).genuine).toBe(true);
  const two = verify(minified, `${signature}, ${sign('another', minified)}`, hookSecret);
  expect(reason(two)).toBe('The signature header was sent 2 times with different values.');
});

test('without any secret nothing is genuine', () => {
  expect(reason(verify(minified, sign('x', minified)))).toContain('no secret is known');
});

const accented = '{"name":"Ebene +1 – Büro 🏗","list":[],"empty":{}}';
const value: unknown = JSON.parse(accented);
test.each([
  ['minified', accented, JSON.stringify(value, null, 2)],
  ['indented by two', JSON.stringify(value, null, 2), accented],
  ['indented by four', JSON.stringify(value, null, 4), accented],
  ['with blanks', '{"name": "Ebene +1 – Büro 🏗", "list": [], "empty": {}}', accented],
  ['with escapes', '{"name":"Ebene +1 \\u2013 B\\u00fcro \\ud83c\\udfd7","list":[],"empty":{}}', accented],
  ['with a line break at the end', `${accented}\n`, accented],
])('a body that was signed %s and arrives otherwise was re-serialised on the way', (_, signed, arrived) => {
  expect(reason(verify(arrived, sign(hookSecret.value, signed), hookSecret))).toContain('re-serialised on the way');
});

test('a body that is not JSON is refused without a guess', () => {
  expect(reason(verify('{"a":', sign('other', '{}'), hookSecret))).toContain('does not match the body');
});
