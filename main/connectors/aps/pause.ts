import type { Context } from '../../engine/connector/index.ts';

interface Pause {
  /** When it began, in milliseconds since 1970. */
  readonly since: number;
  readonly length: number;
}

/** Remembers under that name that nothing is requested for so many milliseconds. */
export function startPause({ memory, now }: Context, name: string, length: number): void {
  memory.set(name, { since: now(), length } satisfies Pause);
}

/** Milliseconds that are left of it; not positive where it is over. A clock that was set back ends it. */
export function remainingPause({ memory, now }: Context, name: string): number {
  const { since, length } = (memory.get(name) as Pause | undefined) ?? { since: 0, length: 0 };
  return now() < since ? 0 : since + length - now();
}
