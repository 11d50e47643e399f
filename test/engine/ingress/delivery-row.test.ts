import { expect, test } from 'vitest';
import { toRow } from '../../../main/engine/ingress/delivery-row.ts';
import { createBell } from '../../support/test-connector.ts';

const { connector } = createBell();
const registered = { event: 'ring', scope: {} };

test.each([
  ['signature', 'Unreadable callback of Front', /^The signature is valid/],
  ['address', 'Unreadable callback of Front', /without a signature/],
  ['none', 'Not verified: Unreadable callback of Front', /^It is not signed/],
] as const)('an unreadable callback verified by %s says so', (verified, title, summary) => {
  const target = { hook: 'hook', connection: 'connection', connector, registered, label: 'Front' };
  const body = Buffer.from('no JSON');
  const delivery = { method: 'POST', suffix: '', headers: {}, body, hook: registered, nameOf: () => undefined };
  const row = toRow(target, { ...delivery, pathOf: () => '' }, { genuine: true, verified }, 0);
  expect(row).toMatchObject({ title, readable: false, verified });
  expect(row.summary).toMatch(summary);
});
