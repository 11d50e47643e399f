import { z } from 'zod';
import { ForwardOrder, type Hook, type ParsedInput } from '../../../preload/contract/index.ts';
import { isUnencrypted } from '../../../preload/loopback.ts';
import { RingbackError } from '../errors.ts';
import { forwardMessages, type Message } from '../messages/index.ts';
import type { Store } from '../ports.ts';
import { createStoredValue, EncryptedText, type SecretStore } from '../storage/index.ts';

const StoredForward = z.object({
  hook: z.string(),
  url: z.string(),
  enabled: z.boolean(),
  secret: EncryptedText.optional(),
  order: ForwardOrder.optional(),
});

type StoredForward = z.infer<typeof StoredForward>;

/** The forwarding that the user wants for a hook; null ends it. */
export type ForwardChange = NonNullable<ParsedInput<'hooks.update'>['forward']> | null;

/** Where the events of each hook are forwarded to. */
export interface ForwardSettings {
  readonly enabled: readonly StoredForward[];
  of(hook: string): StoredForward | undefined;
  view(hook: string): Hook['forward'];
  set(hook: string, change: ForwardChange): Promise<void>;
  /** Undefined where there is none; throws where it cannot be decrypted. */
  secretOf(forward: StoredForward): Promise<string | undefined>;
}

export function createForwardSettings(
  store: Store,
  secretStore: SecretStore,
  warn: (message: string | Message) => void,
): ForwardSettings {
  const stored = createStoredValue(store, 'forwards', z.array(StoredForward), [], warn);
  const of = (hook: string): StoredForward | undefined => stored.value.find((one) => one.hook === hook);
  return {
    of,
    get enabled() {
      return stored.value.filter(({ enabled }) => enabled);
    },
    view(hook) {
      const forward = of(hook);
      if (!forward) return undefined;
      const { url, enabled, secret, order } = forward;
      return { url, enabled, signed: secret !== undefined, ...(order && { order }) };
    },
    async set(hook, change) {
      const present = of(hook);
      const order = change?.order ?? present?.order;
      const next = change && { hook, ...(await withSecret(change, present, secretStore)), ...(order && { order }) };
      stored.set([...stored.value.filter((one) => one.hook !== hook), ...(next ? [next] : [])]);
      if (next?.enabled && next.secret && isUnencrypted(new URL(next.url)))
        warn(forwardMessages.unencrypted({ host: new URL(next.url).host }));
    },
    async secretOf({ secret }) {
      if (secret === undefined) return undefined;
      const { secrets } = await secretStore.decrypt({ secret });
      if (secrets.secret === undefined) throw new RingbackError('conflict', forwardMessages.secretLost());
      return secrets.secret;
    },
  };
}

/** A secret that was entered for one origin is never used at another. */
async function withSecret(
  { url, enabled, secret }: NonNullable<ForwardChange>,
  present: StoredForward | undefined,
  secretStore: SecretStore,
): Promise<Omit<StoredForward, 'hook' | 'order'>> {
  if (secret === '') return { url, enabled };
  if (secret !== undefined) return { url, enabled, ...(await secretStore.encrypt({ secret })) };
  const stays = present?.secret !== undefined && new URL(present.url).origin === new URL(url).origin;
  return { url, enabled, ...(stays ? { secret: present.secret } : {}) };
}
