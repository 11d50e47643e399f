import { expect, test } from 'vitest';
import { createDuplicateWatch } from '../../../main/engine/hooks/reconcile/duplicates.ts';
import { openInstallation } from '../../../main/engine/storage/installation.ts';
import { memoryStore } from '../../support/memory-store.ts';

const own = 'https://own.example';
const other = 'https://other.example';

/** A hook with our stamp at the other computer's address, which belongs to none of ours. */
const stray = (providerId: string) =>
  ({ providerId, event: 'ring', scope: {}, status: 'active', callbackUrl: `${other}/in/${providerId}` }) as const;

function openScene() {
  const installation = openInstallation(memoryStore(), 'desk', () => {});
  const state = { answers: true };
  const find = createDuplicateWatch({
    isDuplicate: async (address) => state.answers && address === other,
    duplicateFound: (address, isActive) => installation.noteDuplicate(address, isActive).held,
  });
  /** Lists the connection as a reconciliation does. */
  const look = (...ids: readonly string[]): Promise<boolean> => {
    const strays = ids.map(stray);
    return find({ connection: 'me', hooks: [], remotes: strays, regions: undefined, strays, address: own });
  };
  return { installation, state, look };
}

test('hooks that the other computer created before the user chose to take over hold nothing up afterwards', async () => {
  const { installation, look } = openScene();
  expect(await look('first')).toBe(true);
  installation.takeOver();
  expect(await look('first', 'second')).toBe(false);
});

test('a hook that it creates after the user chose to take over shows that it runs', async () => {
  const { installation, state, look } = openScene();
  await look('first');
  installation.takeOver();
  state.answers = false;
  expect(await look('first')).toBe(false);
  expect(await look('first', 'second')).toBe(true);
  expect(installation.duplicate).toBe(other);
});
