import type { Door } from './receiver.ts';

/** One door for all who live behind callback addresses; no key belongs to two of them. */
export function createDoors(doors: readonly Door[]): Door {
  const behind = (key: string, method: string): Door | undefined => doors.find((door) => door.knows(key, method));
  return {
    knows: (key, method) => behind(key, method) !== undefined,
    receive: async (arrival) => (await behind(arrival.key, arrival.method)?.receive(arrival)) ?? { status: 404 },
    tooLarge(key) {
      behind(key, 'POST')?.tooLarge(key);
    },
  };
}
