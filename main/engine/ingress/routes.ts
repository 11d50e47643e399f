import type { Router } from './receiver.ts';

/** One door for all who live behind callback addresses; no key belongs to two of them. */
export function createRouter(doors: readonly Router[]): Router {
  const behind = (key: string, method: string): Router | undefined => doors.find((door) => door.matches(key, method));
  return {
    matches: (key, method) => behind(key, method) !== undefined,
    receive: async (arrival) => (await behind(arrival.key, arrival.method)?.receive(arrival)) ?? { status: 404 },
    tooLarge(key) {
      behind(key, 'POST')?.tooLarge(key);
    },
  };
}
