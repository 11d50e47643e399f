import { createHmac } from 'node:crypto';
import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync, zstdCompressSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { verifyBody } from '../../../main/engine/ingress/verify-body.ts';
import { delivery } from '../../connectors/deliveries.ts';
import { createBell } from '../../support/test-connector.ts';

const { connector } = createBell();
const secrets = [{ of: 'hook' as const, value: 's3cret' }];
const text = JSON.stringify({ title: 'Tower.rvt is ready', more: 'x'.repeat(500) });

function send(body: Uint8Array, signed: Uint8Array, coding?: string) {
  const signature = createHmac('sha256', 's3cret').update(signed).digest('hex');
  const headers = { 'x-bell-signature': signature, ...(coding === undefined ? {} : { 'content-encoding': coding }) };
  return verifyBody({ connector }, { ...delivery('', { headers }), body }, secrets);
}

const compressed = [
  ['gzip', gzipSync(text)],
  ['deflate', deflateSync(text)],
  ['deflate', deflateRawSync(text)],
  ['br', brotliCompressSync(text)],
  ['zstd', zstdCompressSync(text)],
  ['gzip, br', brotliCompressSync(gzipSync(text))],
] as const;

test.each(compressed)(
  'a body that is compressed as %s is genuine by its compressed bytes, and readable',
  (coding, body) => {
    const verdict = send(body, body, coding);
    if ('genuine' in verdict) throw new Error(verdict.reason);
    expect(connector.read(verdict.delivery).title).toBe('Tower.rvt is ready');
    expect(verdict.delivery.signedBytes).toEqual(body);
    expect(verdict.verification.variant).toBe(`${coding}; the signature covers the compressed bytes`);
  },
);

test.each(compressed)(
  'a body that is compressed as %s is genuine by the text, whose bytes are stored',
  (coding, body) => {
    const verdict = send(body, Buffer.from(text), coding);
    if ('genuine' in verdict) throw new Error(verdict.reason);
    expect(connector.read(verdict.delivery).title).toBe('Tower.rvt is ready');
    expect(Buffer.from(verdict.delivery.signedBytes ?? verdict.delivery.body).toString()).toBe(text);
    expect(verdict.verification.variant).toBe(`${coding}; the signature covers the body before compression`);
  },
);

test('a compressed body that nobody signed is rejected, and one that expands without measure is not expanded', () => {
  const forged = send(gzipSync(text), Buffer.from('another'), 'gzip');
  expect(forged).toMatchObject({ genuine: false, reason: 'the signature does not match' });
  const expanding = gzipSync(Buffer.alloc(64 * 1024 * 1024));
  expect(send(expanding, Buffer.from('another'), 'gzip')).toMatchObject({
    reason: expect.stringContaining('compressed (gzip)'),
  });
  expect(send(Buffer.from(text), Buffer.from('another'), 'lzma')).toMatchObject({
    reason: expect.stringContaining('compressed (lzma)'),
  });
});

const utf16be = Buffer.from(`\ufeff${text}`, 'utf16le').swap16();
test.each([
  ['UTF-8 with a byte order mark', Buffer.from(`\ufeff${text}`)],
  ['UTF-16, little endian', Buffer.from(`\ufeff${text}`, 'utf16le')],
  ['UTF-16, little endian, without a mark', Buffer.from(text, 'utf16le')],
  ['UTF-16, big endian', utf16be],
  ['UTF-16, big endian, without a mark', utf16be.subarray(2)],
])('a body in %s is readable, and stored as it was signed', (_name, body) => {
  const verdict = send(body, body);
  if ('genuine' in verdict) throw new Error(verdict.reason);
  expect(connector.read(verdict.delivery).title).toBe('Tower.rvt is ready');
  expect(verdict.delivery.signedBytes).toEqual(body);
});
