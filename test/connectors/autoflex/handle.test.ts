import { expect, test } from 'vitest';
import { autoflex } from '../../../main/connectors/autoflex/connector.ts';
import type { Delivery } from '../../../main/engine/connector/index.ts';
import { type CallbackSample, callbackSamples } from '../../fixtures/autoflex-callbacks.ts';

function deliveryOf({ rest, method = 'GET', body = '' }: Omit<CallbackSample, 'id'>, event = 'backup-owner'): Delivery {
  return {
    method,
    suffix: rest,
    headers: {},
    body: Buffer.from(body),
    hook: { event, scope: {} },
    nameOf: () => undefined,
  };
}

test.each(callbackSamples.filter(({ id }) => id !== undefined))('an id is found in $method $rest $body', (sample) => {
  expect(autoflex.backups?.handle(deliveryOf(sample))).toBe(sample.id);
});

test.each(callbackSamples.filter(({ id }) => id === undefined))('no id is seen in $method $rest $body', (sample) => {
  expect(autoflex.backups?.handle(deliveryOf(sample))).toBeUndefined();
});

test('a large body is not searched', () => {
  const body = `{"filler":"${'x'.repeat(70_000)}","id":"long-enough-id"}`;
  expect(autoflex.backups?.handle(deliveryOf({ rest: '', method: 'POST', body }))).toBeUndefined();
});

test('a callback is genuine by its address, whatever it holds, and the same id is the same delivery', () => {
  const verify = (sample: Omit<CallbackSample, 'id'>) => autoflex.verify(deliveryOf(sample), []);
  const first = verify({ rest: '?id=some-secret-id' });
  expect(first).toEqual({ genuine: true, verified: 'address', deliveryId: expect.stringMatching(/^[0-9a-f]{32}$/) });
  expect(verify({ rest: '/id=some-secret-id' })).toEqual(first);
  expect(verify({ rest: '?id=other-secret-id' })).not.toEqual(first);
  expect(verify({ rest: '' })).toEqual({ genuine: true, verified: 'address' });
});

test('a callback is told in words, and a probe without id as such', () => {
  const read = (rest: string, event?: string) => autoflex.read(deliveryOf({ rest }, event));
  expect(read('?id=some-secret-id')).toEqual({
    event: 'backup-owner',
    title: 'Autoflex10: the backup is ready to be fetched',
    titleMessage: { code: 'autoflex.ready', params: { request: 'backup-owner', result: 'the backup' } },
    outcome: 'info',
  });
  expect(read('?id=some-secret-id', 'something-later').title).toBe('Autoflex10: the result is ready to be fetched');
  expect(read('').title).toBe('Autoflex10: the callback address was tried without an id');
});
