import type { Connections } from '../connections/index.ts';
import type { Context, HookSupport } from '../connector/index.ts';
import { RingbackError } from '../errors.ts';
import { hookMessages, type Message } from '../messages/index.ts';
import { createRateLimit, HooksHeld, type RateLimit } from './reconcile/index.ts';

/** Access to the provider of a connection. */
export interface HookProvider {
  readonly support: HookSupport;
  readonly context: Context;
}

interface HookProvidersOptions {
  readonly connections: Connections;
  now(): number;
  /** Why nothing may be changed at the providers; undefined where all may. */
  heldReason(): Message | undefined;
  /** Resolves once a computer that may take over has the records, too. Rejects where that cannot be. */
  copied(): Promise<void>;
}

/** Opens the providers of connections; every request counts towards the rate limit of its application. */
export function createHookProviders({ connections, now, heldReason, copied }: HookProvidersOptions) {
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
    if (!support) throw new RingbackError('invalid-input', hookMessages.unsupported({ connection: name }));
    const limit = rateLimitFor(support, context, connector.id);
    if (!limit) return { support, context, limit };
    const fetch: typeof globalThis.fetch = (input, init) => {
      limit.spend(init?.method ?? (input instanceof Request ? input.method : 'GET'));
      return context.fetch(input, init);
    };
    // Inherits from the context, so that later changes of it, such as new secrets, apply here as well.
    return { support, context: Object.create(context, { fetch: { value: fetch } }) as Context, limit };
  };
  return {
    open(connection: string): HookProvider {
      const provider = openWithLimit(connection);
      return { ...provider, support: guarded(provider.support, heldReason, copied) };
    },
    rateLimitOf(connection: string): RateLimit | undefined {
      try {
        return openWithLimit(connection).limit;
      } catch {
        return undefined;
      }
    },
  };
}

/**
 * Hooks can always be listed, but changed only while no reason holds them back; one may arise during a reconciliation.
 * The provider gets a secret only after a computer that may take over has it, which could not verify callbacks otherwise.
 */
function guarded(
  support: HookSupport,
  heldReason: () => Message | undefined,
  copied: () => Promise<void>,
): HookSupport {
  const rejectHeld = (): void => {
    const reason = heldReason();
    if (reason) throw new HooksHeld(reason);
  };
  const handOver = async (): Promise<void> => {
    rejectHeld();
    await copied();
    rejectHeld();
  };
  const changes: Pick<HookSupport, 'create' | 'update' | 'remove'> = {
    async create(context, request) {
      await handOver();
      return support.create(context, request);
    },
    async update(context, hook, change) {
      if (change.secret === undefined) rejectHeld();
      else await handOver();
      return support.update(context, hook, change);
    },
    async remove(context, hook) {
      rejectHeld();
      return support.remove(context, hook);
    },
  };
  return Object.assign(Object.create(support), changes);
}
