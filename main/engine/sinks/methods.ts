import type { MethodHandlers, MethodsOf } from '../method-handlers.ts';
import type { Sinks } from './sinks.ts';

/** The contract's questions about sinks. */
export function sinkMethods(sinks: Sinks): MethodHandlers<MethodsOf<'sinks'>> {
  return {
    'sinks.list': () => sinks.list(),
    'sinks.add': ({ target, name }) => sinks.add(target, name),
    'sinks.update': ({ id, ...change }) => sinks.update(id, change),
    'sinks.remove': async ({ id }) => {
      await sinks.remove(id);
      return {};
    },
    'sinks.test': async ({ id }) => {
      await sinks.test(id);
      return {};
    },
  };
}
