import { defaultLimit, type MethodHandlers, type MethodsOf } from '../method-handlers.ts';
import type { Events } from './events.ts';

/** The contract's questions about stored events and rejected callbacks. */
export function eventMethods(
  events: Events,
): MethodHandlers<Exclude<MethodsOf<'events'>, 'events.forward'> | 'rejections.list'> {
  return {
    'events.list': (query) => events.list(query),
    'events.get': ({ id }) => events.get(id),
    'events.related': ({ id }) => events.related(id),
    'events.counts': ({ times }) => events.counts(times),
    'events.activity': async ({ hook, times }) => ({ counts: await events.activity(hook, times) }),
    'rejections.list': ({ limit = defaultLimit }) => events.rejections(limit),
  };
}
