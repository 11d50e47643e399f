import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type ProviderHealth, selectProvider, shouldBeOpen } from '../../../main/engine/tunnel/selection.ts';
import { trials } from '../../endurance/extent.ts';

const unknown: ProviderHealth = { up: false, failures: 0, settled: false };
const up: ProviderHealth = { ...unknown, up: true };
const failed: ProviderHealth = { ...unknown, failures: 2 };

test.for([
  ['the first is used while nothing is known of any', [unknown, unknown], 0, 0],
  ['one failure is no reason to switch', [{ ...unknown, failures: 1 }, up], 0, 0],
  ['after two failures the next one that is up is used', [failed, up], 0, 1],
  ['and the current one while none is up', [failed, failed], 0, 0],
  ["the first in the user's order among those that are up", [failed, up, up], 0, 1],
  ['a preferred one that is up again has to be stable first', [{ ...failed, up: true, settled: true }, up], 1, 1],
  ['and is used once it is', [up, up], 1, 0],
  ['a preferred one that never failed is used at once', [up, { ...failed, up: true }], 1, 0],
  ['a less preferred one is never a reason to switch', [up, up], 0, 0],
  ['where all had failed, the first one up waits a moment', [failed, { ...failed, up: true }], 0, 0],
  ['and is used if no preferred one follows', [failed, { ...failed, up: true, settled: true }], 0, 1],
  [
    'unless the current one is up again',
    [
      { ...failed, up: true },
      { ...failed, up: true, settled: true },
    ],
    0,
    0,
  ],
] as const)('%s', ([, providers, present, expected]) => {
  expect(selectProvider(providers, present)).toBe(expected);
});

const anyHealth = fc.record({ up: fc.boolean(), failures: fc.nat(4), settled: fc.boolean() });
const situation = fc
  .array(anyHealth, { minLength: 1, maxLength: 5 })
  .chain((providers) => fc.tuple(fc.constant(providers), fc.nat(providers.length - 1)));

test('selecting again changes nothing, and a provider that is down is never switched to', () => {
  fc.assert(
    fc.property(situation, ([providers, present]) => {
      const next = selectProvider(providers, present);
      expect(selectProvider(providers, next)).toBe(next);
      expect(next === present || providers[next]?.up).toBe(true);
    }),
    trials(),
  );
});

test('a provider that is up is replaced only by a preferred one without failures', () => {
  fc.assert(
    fc.property(situation, ([providers, present]) => {
      const next = selectProvider(providers, present);
      fc.pre(providers[present]?.up === true && next !== present);
      expect(next).toBeLessThan(present);
      expect(providers[next]?.failures).toBe(0);
    }),
    trials(),
  );
});

test('the provider in use and all before it are open, and one more where all of these are exhausted', () => {
  expect([0, 1, 2].map((index) => shouldBeOpen([up, up, up], 1, index))).toEqual([true, true, false]);
  expect([0, 1, 2].map((index) => shouldBeOpen([failed, failed, unknown], 0, index))).toEqual([true, true, true]);
  expect([0, 1, 2].map((index) => shouldBeOpen([failed, unknown, unknown], 0, index))).toEqual([true, true, false]);
});
