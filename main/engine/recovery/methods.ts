import { defaultLimit, type MethodHandlers, type MethodsOf } from '../method-handlers.ts';
import type { Recovery } from './recovery.ts';

/** The contract's questions about what was recovered. */
export function recoveryMethods(recovery: Recovery): MethodHandlers<MethodsOf<'recovery'>> {
  return { 'recovery.history': ({ limit = defaultLimit }) => recovery.list(limit) };
}
