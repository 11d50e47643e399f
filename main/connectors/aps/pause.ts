import type { Context } from '../../engine/connector/index.ts';

interface Pause {
  /** When it began, in milliseconds since 1970. */
  readonly since: number;
  readonly length: number;
}

/** Starts a pause of this name, in which nothing is requested; `length` in milliseconds. */
export function startPause({ memory, now }: Context, name: string, length: number): void {
  memory.set(name, { since: now(), length } satisfies Pause);
}

/** Milliseconds until the pause of this name ends; not positive without one. A clock that was set back ends it. */
export function remainingPause({ memory, now }: Context, name: string): number {
  const { since, length } = (memory.get(name) as Pause | undefined) ?? { since: 0, length: 0 };
  return now() < since ? 0 : since + length - now();
}
