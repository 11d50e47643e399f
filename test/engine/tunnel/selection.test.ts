import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type ProviderHealth, selectProvider, shouldBeOpen } from '../../../main/engine/tunnel/selection.ts';

const way: ProviderHealth = { up: false, failures: 0, settled: false };
const up: ProviderHealth = { ...way, up: true };
const failed: ProviderHealth = { ...way, failures: 2 };

test.for([
  ['the first is used while nothing is known', [way, way], 0, 0],
  ['one failure is no reason to leave', [{ ...way, failures: 1 }, up], 0, 0],
  ['after two failures the next one that is up is used', [failed, up], 0, 1],
  ['and none while none is up', [failed, failed], 0, 0],
  ['the one that the user likes best among those that are up', [failed, up, up], 0, 1],
  ['a better one that is up again has to prove itself first', [{ ...failed, up: true, settled: true }, up], 1, 1],
  ['and is used once it has', [up, up], 1, 0],
  ['a better one that never failed need not', [up, { ...failed, up: true }], 1, 0],
  ['a worse one is never a reason to move', [up, up], 0, 0],
  ['where all had failed, whichever comes first waits a moment', [failed, { ...failed, up: true }], 0, 0],
  ['and is used if nothing better came', [failed, { ...failed, up: true, settled: true }], 0, 1],
  [
    'unless the present one is back',
    [
      { ...failed, up: true },
      { ...failed, up: true, settled: true },
    ],
    0,
    0,
  ],
] as const)('%s', ([, ways, present, expected]) => {
  expect(selectProvider(ways, present)).toBe(expected);
});

const anyWay = fc.record({ up: fc.boolean(), failures: fc.nat(4), settled: fc.boolean() });
const situation = fc
  .array(anyWay, { minLength: 1, maxLength: 5 })
  .chain((ways) => fc.tuple(fc.constant(ways), fc.nat(ways.length - 1)));

test('whatever happened, choosing again changes nothing, and nothing that is down is moved to', () => {
  fc.assert(
    fc.property(situation, ([ways, present]) => {
      const next = selectProvider(ways, present);
      expect(selectProvider(ways, next)).toBe(next);
      expect(next === present || ways[next]?.up).toBe(true);
    }),
  );
});

test('a way that is up is left only for a better one that can be trusted', () => {
  fc.assert(
    fc.property(situation, ([ways, present]) => {
      const next = selectProvider(ways, present);
      fc.pre(ways[present]?.up === true && next !== present);
      expect(next).toBeLessThan(present);
      expect(ways[next]?.failures).toBe(0);
    }),
  );
});

test('the used way and all before it are kept open, and one more wherever all of them were given up', () => {
  expect([0, 1, 2].map((index) => shouldBeOpen([up, up, up], 1, index))).toEqual([true, true, false]);
  expect([0, 1, 2].map((index) => shouldBeOpen([failed, failed, way], 0, index))).toEqual([true, true, true]);
  expect([0, 1, 2].map((index) => shouldBeOpen([failed, way, way], 0, index))).toEqual([true, true, false]);
});
