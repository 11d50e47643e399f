import { expect, test } from 'vitest';
import { toRow } from '../../../main/engine/ingress/delivery-row.ts';
import { createBell } from '../../support/test-connector.ts';

const { connector } = createBell();
const registered = { event: 'ring', scope: {} };

const target = { hook: 'hook', connection: 'connection', connector, registered, label: 'Front' };
const rowOf = (body: Buffer, verified: 'signature' | 'address' | 'none') => {
  const delivery = { method: 'POST', suffix: '', headers: {}, body, hook: registered, nameOf: () => undefined };
  return toRow(target, { ...delivery, pathOf: () => '' }, { genuine: true, verified }, 0);
};

test.each([
  ['signature', 'Unreadable callback of Front', /^The signature is valid/],
  ['address', 'Unreadable callback of Front', /without a signature/],
  ['none', 'Not verified: Unreadable callback of Front', /^It is not signed/],
] as const)('an unreadable callback verified by %s says so', (verified, title, summary) => {
  const row = rowOf(Buffer.from('no JSON'), verified);
  expect(row).toMatchObject({ title, readable: false, verified });
  expect(row.summary).toMatch(summary);
});

test('the stored bytes are never a part of a larger block, and copied only where they are one', () => {
  const block = Buffer.from(new Uint8Array(1000).fill(32).buffer);
  const part = block.subarray(100, 110);
  expect(rowOf(part, 'signature').body).toEqual(new Uint8Array(part));
  expect(rowOf(part, 'signature').body.buffer.byteLength).toBe(10);
  expect(rowOf(block, 'signature').body).toBe(block);
});
