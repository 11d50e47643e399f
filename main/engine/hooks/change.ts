import type { ParsedInput } from '../../../preload/contract/index.ts';
import type { HookSupport, RemoteHook } from '../connector/index.ts';
import type { HookRecord } from './records/index.ts';
import { clean } from './records/index.ts';

/** The changes that the user wants to be made to a hook. */
export type HookEdit = Omit<ParsedInput<'hooks.update'>, 'id' | 'foreign' | 'rotateSecret' | 'acceptUnsigned'>;

/** Validates only what changes: a hook that would not pass today's rules can still be paused. */
export function validateEdit(
  support: HookSupport,
  hook: HookRecord | RemoteHook,
  { filter, attribute }: HookEdit,
): void {
  if (filter == null && attribute == null) return;
  const { system, event, scope, region } = hook;
  support.inspect(
    clean({ system, event, scope, region, filter: filter ?? undefined, attribute: attribute ?? undefined }),
  );
}
