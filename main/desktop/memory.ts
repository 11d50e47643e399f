import { z } from 'zod';
import type { Store } from '../engine/ports.ts';

const Memories = z.object({
  /** Whether the user agreed to secrets under a key that protects little; absent where they are asked at each start. */
  weakKeyAgreed: z.boolean().optional(),
  window: z
    .object({
      width: z.int().min(200),
      height: z.int().min(200),
      x: z.int().optional(),
      y: z.int().optional(),
      maximized: z.boolean().optional(),
    })
    .optional(),
});
type Memories = z.infer<typeof Memories>;

/** What the desktop remembers for itself, beside the engine's settings. */
export interface Memory {
  get(): Readonly<Memories>;
  set(part: Memories): void;
}

export function createMemory(store: Pick<Store, 'get' | 'set'>): Memory {
  const get = () => Memories.catch({}).parse(store.get('desktop') ?? {});
  return { get, set: (part) => store.set('desktop', { ...get(), ...part }) };
}
