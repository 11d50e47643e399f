import type { Connections } from '../connections/index.ts';
import type { Context, HookSupport } from '../connector/index.ts';
import { RingbackError } from '../errors.ts';
import { createRequestPace, type RequestPace } from './rate-limit.ts';

/** What is needed to speak with the provider of a connection. */
export interface HookProvider {
  readonly support: HookSupport;
  readonly context: Context;
}

/** The providers as the hooks see them: every request counts for the quota of its application. */
export function createHookProviders(connections: Connections, now: () => number) {
  const paces = new Map<string, RequestPace>();
  const paceFor = ({ quota }: HookSupport, context: Context, connector: string): RequestPace | undefined => {
    if (!quota) return undefined;
    const application = `${connector} ${quota.application(context)}`;
    const pace = paces.get(application) ?? createRequestPace(quota, now);
    paces.set(application, pace);
    return pace;
  };
  const openWithPace = (connection: string): HookProvider & { readonly pace: RequestPace | undefined } => {
    const { connector, context, name } = connections.open(connection);
    const support = connector.hooks;
    if (!support) throw new RingbackError('invalid-input', `${name} has no hooks.`);
    const pace = paceFor(support, context, connector.id);
    if (!pace) return { support, context, pace };
    const fetch: typeof globalThis.fetch = (input, init) => {
      pace.spend(init?.method ?? (input instanceof Request ? input.method : 'GET'));
      return context.fetch(input, init);
    };
    // What changes in the context, as its secrets may, changes here, too.
    return { support, context: Object.create(context, { fetch: { value: fetch } }) as Context, pace };
  };
  return {
    open: (connection: string): HookProvider => openWithPace(connection),
    paceOf(connection: string): RequestPace | undefined {
      try {
        return openWithPace(connection).pace;
      } catch {
        return undefined;
      }
    },
  };
}
