import { expect, test } from 'vitest';
import { rememberedSecrets } from '../../../main/engine/hooks/records/record.ts';

test('of the secrets that no longer count the latest three are remembered, beside all that do', () => {
  const expired = [1, 5, 3, 2, 4].map((until) => ({ secret: `until ${until}`, until }));
  const valid = [{ secret: 'unconfirmed' }, { secret: 'valid', until: 11 }];
  expect(rememberedSecrets([...expired, ...valid], 10).map(({ secret }) => secret)).toEqual([
    ...['unconfirmed', 'valid'],
    ...['until 5', 'until 4', 'until 3'],
  ]);
});
