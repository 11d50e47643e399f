import { expect, test } from 'vitest';
import { alternateFamilies } from '../../../main/platform/network/tcp.ts';

test('addresses alternate between the families, starting with that of the first', () => {
  const addresses = ['6a', '6b', '6c', '4a'].map((address) => ({ address, family: Number(address[0]) }));
  expect(alternateFamilies(addresses).map(({ address }) => address)).toEqual(['6a', '4a', '6b', '6c']);
  expect(alternateFamilies([...addresses].reverse()).map(({ address }) => address)).toEqual(['4a', '6c', '6b', '6a']);
  expect(alternateFamilies([])).toEqual([]);
});
