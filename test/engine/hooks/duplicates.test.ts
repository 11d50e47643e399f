import { expect, test } from 'vitest';
import { createDuplicateWatch, type HeldDuplicate } from '../../../main/engine/hooks/reconcile/duplicates.ts';

const own = 'https://own.example';
const other = 'https://other.example';

/** A hook with our stamp at the other computer's address, which belongs to none of ours. */
const stray = {
  providerId: 'stray',
  event: 'ring',
  scope: {},
  status: 'active',
  callbackUrl: `${other}/in/0`,
} as const;

interface Scene {
  readonly held?: HeldDuplicate | undefined;
}

function openScene({ held }: Scene) {
  const state = { now: 0, answers: false, asked: 0, held };
  const find = createDuplicateWatch({
    isDuplicate: async () => {
      state.asked += 1;
      return state.answers;
    },
    duplicateFound: (address, connection) => {
      state.held = { address, connection };
      return true;
    },
    heldDuplicate: () => state.held,
    duplicateGone: () => {
      state.held = undefined;
    },
    now: () => state.now,
  });
  /** Looks at the connection as a reconciliation does, so many minutes after the last time. */
  const look = (minutes = 15, strays: readonly (typeof stray)[] = [], connection = 'me'): Promise<boolean> => {
    state.now += minutes * 60_000;
    return find({ connection, hooks: [], remotes: strays, regions: undefined, strays, address: own });
  };
  return { state, look };
}

test('a computer that only answered is gone once nobody answers there three times, ten minutes apart', async () => {
  const { state, look } = openScene({ held: { address: other, connection: undefined } });
  expect([await look(), await look(1), await look(1), await look()]).toEqual([true, true, true, true]);
  expect(state.asked).toBe(2);
  expect(await look()).toBe(false);
  expect(state.held).toBeUndefined();
});

test('an answer in between starts the count again, and so does a clock that is set back only once', async () => {
  const { state, look } = openScene({ held: { address: other, connection: undefined } });
  expect([await look(), await look()]).toEqual([true, true]);
  state.answers = true;
  expect(await look(-300)).toBe(true);
  state.answers = false;
  expect([await look(), await look(), await look()]).toEqual([true, true, false]);
});

test('a computer that created hooks is there while the provider lists them, though nobody answers', async () => {
  const { state, look } = openScene({ held: { address: other, connection: 'me' } });
  for (let time = 0; time < 5; time += 1) expect(await look(15, [stray])).toBe(true);
  expect(await look(15, [], 'another account')).toBe(true);
  expect(await look(15, [{ ...stray, callbackUrl: 'https://moved.example/in/0' } as never])).toBe(true);
  expect(state.asked).toBe(0);
  expect([await look(), await look(), await look()]).toEqual([true, true, false]);
});

test('hooks that are created while the user has not decided are found again after the other computer was gone', async () => {
  const { state, look } = openScene({ held: { address: other, connection: undefined } });
  await look();
  await look();
  expect(await look(15, [{ ...stray, callbackUrl: 'https://third.example/in/0' } as never])).toBe(true);
  expect(state.held).toEqual({ address: 'https://third.example', connection: 'me' });
});
