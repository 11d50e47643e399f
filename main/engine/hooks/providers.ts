import type { Connections } from '../connections/index.ts';
import type { Context, HookSupport } from '../connector/index.ts';
import { RingbackError } from '../errors.ts';
import { createRateLimit, type RateLimit } from './rate-limit.ts';

/** What is needed to speak with the provider of a connection. */
export interface HookProvider {
  readonly support: HookSupport;
  readonly context: Context;
}

/** The providers as the hooks see them: every request counts for the quota of its application. */
export function createHookProviders(connections: Connections, now: () => number) {
  const limits = new Map<string, RateLimit>();
  const rateLimitFor = ({ quota }: HookSupport, context: Context, connector: string): RateLimit | undefined => {
    if (!quota) return undefined;
    const application = `${connector} ${quota.application(context)}`;
    const limit = limits.get(application) ?? createRateLimit(quota, now);
    limits.set(application, limit);
    return limit;
  };
  const openWithLimit = (connection: string): HookProvider & { readonly limit: RateLimit | undefined } => {
    const { connector, context, name } = connections.open(connection);
    const support = connector.hooks;
    if (!support) throw new RingbackError('invalid-input', `${name} has no hooks.`);
    const limit = rateLimitFor(support, context, connector.id);
    if (!limit) return { support, context, limit };
    const fetch: typeof globalThis.fetch = (input, init) => {
      limit.spend(init?.method ?? (input instanceof Request ? input.method : 'GET'));
      return context.fetch(input, init);
    };
    // What changes in the context, as its secrets may, changes here, too.
    return { support, context: Object.create(context, { fetch: { value: fetch } }) as Context, limit };
  };
  return {
    open: (connection: string): HookProvider => openWithLimit(connection),
    rateLimitOf(connection: string): RateLimit | undefined {
      try {
        return openWithLimit(connection).limit;
      } catch {
        return undefined;
      }
    },
  };
}
