import { expect, test } from 'vitest';
import type { Field } from '../../preload/contract/index.ts';
import { missingIn, requestOf, startValues } from '../../renderer/connections/field-values.ts';

const fields: readonly Field[] = [
  { name: 'clientId', label: 'Client id', kind: 'text', required: true },
  { name: 'clientSecret', label: 'Client secret', kind: 'secret', required: true },
  { name: 'baseUrl', label: 'Base address', kind: 'url', required: false, default: 'https://example.com' },
];

test('a connection form begins with the defaults and finds what is missing', () => {
  const values = startValues(fields);
  expect(values).toEqual({ clientId: '', clientSecret: '', baseUrl: 'https://example.com' });
  expect(missingIn(fields, { ...values, clientId: '  ' })).toEqual(['clientId', 'clientSecret']);
});

test('settings and secrets are parted, and empty ones left out', () => {
  expect(requestOf(fields, { clientId: ' id ', clientSecret: 'secret\n', baseUrl: '', other: 'x' })).toEqual({
    settings: { clientId: 'id' },
    secrets: { clientSecret: 'secret' },
  });
});
