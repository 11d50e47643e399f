import type { Hook, ParsedInput } from '../../../preload/contract/index.ts';
import { RingbackError } from '../errors.ts';
import type { Stamp } from '../storage/index.ts';
import type { SerialQueue } from '../timing/index.ts';
import type { HookProvider } from './providers.ts';
import { type HookListings, observed } from './reconcile/index.ts';
import type { HookRecord, HookRecords } from './records/index.ts';
import { clean } from './records/index.ts';

interface HookCreationOptions {
  readonly records: HookRecords;
  readonly listings: HookListings;
  readonly installation: Stamp;
  open(connection: string): HookProvider;
  awaitUrl(): Promise<string>;
  queueOf(hook: string): SerialQueue;
  toView(hook: HookRecord): Hook;
  changed(): void;
}

/** Creates a hook on request: stored first, so that its callbacks are accepted before the provider has answered. */
export function createHookCreation(options: HookCreationOptions) {
  const { records, installation } = options;
  return async ({ connection, ...request }: ParsedInput<'hooks.create'>): Promise<Hook> => {
    const { support, context } = options.open(connection);
    const { region } = context.settings;
    const wanted = clean({ ...(region === undefined ? {} : { region }), ...request });
    support.inspect(wanted);
    const address = await options.awaitUrl();
    const { hook, secret } = await records.create({ ...wanted, connection, address });
    try {
      return await options.queueOf(hook.id)(async () => {
        const { callbackUrl } = hook;
        const created = await support.create(context, {
          ...wanted,
          callbackUrl,
          secret,
          installation: installation.id,
        });
        records.change(new Map([[hook.id, observed(created)]]));
        records.confirm(hook.id);
        return options.toView(records.byId(hook.id) ?? hook);
      });
    } catch (error) {
      // It may exist all the same: then the next listing finds it, and it is given its secret.
      if (error instanceof RingbackError && error.uncertain) {
        setImmediate(() => void options.listings.refresh(connection, true));
      } else records.remove([hook.id]);
      throw error;
    } finally {
      options.changed();
    }
  };
}
