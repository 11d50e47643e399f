import type { Hook } from '../../../preload/contract/index.ts';
import type { Connections } from '../connections/index.ts';
import { describe, type Log } from '../log.ts';
import type { ResourceNames } from '../storage/index.ts';

/** Looks up the names of places that users typed as ids: once each, and in the background. */
interface ScopeNames {
  /** Starts to look up the names of these hooks' places. Never throws. */
  learn(hooks: readonly Hook[]): void;
}

interface ScopeNamesOptions {
  readonly connections: Connections;
  readonly resourceNames: Pick<ResourceNames, 'store'>;
  nameOf(resource: string): string | undefined;
  readonly log: Log;
}

export function createScopeNames({ connections, resourceNames, nameOf, log }: ScopeNamesOptions): ScopeNames {
  const asked = new Set<string>();

  const ask = async ({ connection, scope }: Hook): Promise<void> => {
    const { connector, context } = connections.open(connection);
    const node = await connector.browse?.find?.(context, scope);
    if (node) await resourceNames.store([node]);
  };
  const learn = async (hook: Hook): Promise<void> => {
    const question = JSON.stringify([hook.connection, hook.scope]);
    if (asked.has(question)) return;
    asked.add(question);
    try {
      if (Object.values(hook.scope).every((value) => nameOf(value) === undefined)) await ask(hook);
    } catch (error) {
      // It is asked again after the next start.
      log.warn('hooks', `What a hook watches could not be asked for its name: ${describe(error)}`);
    }
  };
  return {
    learn: (hooks) => {
      for (const hook of hooks) if (hook.ours) void learn(hook);
    },
  };
}
