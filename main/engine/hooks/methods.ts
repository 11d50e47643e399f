import type { Connections } from '../connections/index.ts';
import { defaultLimit, type MethodHandlers, type MethodsOf } from '../method-handlers.ts';
import type { Events, ResourceNames } from '../storage/index.ts';
import type { Hooks } from './hooks.ts';
import type { InactivityMonitor } from './inactivity.ts';

/** Stored bodies of each event on which a filter is tried. */
const maxBodies = 50;

interface HookMethodsOptions {
  readonly hooks: Hooks;
  readonly inactivity: InactivityMonitor;
  readonly connections: Pick<Connections, 'open'>;
  readonly resourceNames: Pick<ResourceNames, 'withPath'>;
  readonly events: Pick<Events, 'bodiesOf'>;
}

/** The contract's questions about hooks. */
export function hookMethods({
  hooks,
  inactivity,
  connections,
  resourceNames,
  events,
}: HookMethodsOptions): MethodHandlers<MethodsOf<'hooks' | 'silence'>> {
  return {
    'hooks.events': async ({ connection }) => {
      const { connector, context } = connections.open(connection);
      return [...((await connector.hooks?.events?.(context)) ?? [])];
    },
    'hooks.create': async (input) => resourceNames.withPath(await hooks.create(input)),
    'hooks.tryFilter': ({ connection, events: names, filter }) => {
      const { connector } = connections.open(connection);
      const bodies = names.flatMap((name) => events.bodiesOf(connection, name, maxBodies));
      const verdicts = bodies.map((body) => connector.hooks?.passes?.(filter, body));
      const judged = verdicts.filter((verdict) => verdict !== undefined);
      return { stored: bodies.length, judged: judged.length, passed: judged.filter(Boolean).length };
    },
    'hooks.list': async ({ connection, refresh = false }) => {
      if (refresh) await hooks.refresh(connection);
      return hooks.list(connection).map(resourceNames.withPath);
    },
    'hooks.problems': () => [...hooks.problems],
    'hooks.update': async (input) => resourceNames.withPath(await hooks.update(input)),
    'hooks.reconcile': (input) => hooks.reconcile(input),
    'hooks.healing': () => hooks.progress,
    'hooks.history': ({ limit = defaultLimit }) => hooks.history(limit),
    'hooks.remove': async ({ id, foreign = false }) => {
      await hooks.remove(id, foreign);
      return {};
    },
    'silence.list': () => inactivity.list(),
    'silence.set': ({ hook, rule }) => inactivity.set(hook, rule),
  };
}
