import { z } from 'zod';
import type { Store } from '../engine/ports.ts';

/** Pixels; larger values are invalid. */
const Length = z.int().min(200).max(100_000);
const Coordinate = z.int().min(-1_000_000).max(1_000_000);
const RememberedWindow = z.object({
  width: Length,
  height: Length,
  x: Coordinate.optional(),
  y: Coordinate.optional(),
  maximized: z.boolean().optional(),
});
const Memories = z.object({
  /** Whether the user accepted a key that protects little; absent where they are asked at each start. */
  weakKeyAgreed: z.boolean().optional().catch(undefined),
  window: RememberedWindow.optional().catch(undefined),
});
type Memories = z.infer<typeof Memories>;

/** The state of the desktop application that is stored apart from the engine's settings. */
export interface Memory {
  get(): Readonly<Memories>;
  set(part: Memories): void;
}

export function createMemory(store: Pick<Store, 'get' | 'set'>): Memory {
  const get = () => Memories.catch({}).parse(store.get('desktop') ?? {});
  return { get, set: (part) => store.set('desktop', { ...get(), ...part }) };
}
