import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { SinkTarget } from '../../../preload/contract/index.ts';
import { isLoopbackHost, isUnencrypted } from '../../../preload/loopback.ts';
import { notFound, RingbackError } from '../errors.ts';
import { notificationMessages } from '../messages/index.ts';
import type { Store } from '../ports.ts';
import { createStoredValue, EncryptedText, type SecretStore } from '../storage/index.ts';
import { hasTopic } from './formats.ts';

const StoredSink = z.object({
  id: z.string(),
  kind: z.enum(['ntfy', 'webhook', 'email', 'notify-send']),
  name: z.string(),
  enabled: z.boolean(),
  /** What the user sees of the target. */
  target: z.string(),
  /** The target as JSON. */
  encrypted: EncryptedText,
});

type StoredSink = z.infer<typeof StoredSink>;

/** The sinks that the user added. */
interface StoredSinks {
  readonly all: readonly StoredSink[];
  /** Throws not-found. */
  of(id: string): StoredSink;
  add(target: SinkTarget, name: string | undefined): Promise<StoredSink>;
  update(
    id: string,
    change: { readonly name?: string | undefined; readonly enabled?: boolean | undefined },
  ): StoredSink;
  remove(id: string): void;
  /** Throws a conflict where it cannot be decrypted. */
  targetOf(sink: StoredSink): Promise<SinkTarget>;
  /** Those that earlier versions accepted, and whose token or password leaves this computer without encryption. */
  unencrypted(): Promise<readonly StoredSink[]>;
}

export function createStoredSinks(
  store: Store,
  secretStore: Pick<SecretStore, 'encrypt' | 'decrypt'>,
  warn: (message: string) => void,
): StoredSinks {
  const stored = createStoredValue(store, 'notificationSinks', z.array(StoredSink), [], warn);
  const of = (id: string): StoredSink => {
    const found = stored.value.find((one) => one.id === id);
    if (found) return found;
    throw notFound('sink');
  };
  const targetOf = async ({ name, encrypted }: StoredSink): Promise<SinkTarget> => {
    const { secrets } = await secretStore.decrypt({ json: encrypted });
    if (secrets.json === undefined)
      throw new RingbackError('conflict', notificationMessages.sinkSecretsLost({ sink: name }));
    return SinkTarget.parse(JSON.parse(secrets.json));
  };
  return {
    of,
    targetOf,
    async unencrypted() {
      const targets = await Promise.all(stored.value.map((sink) => targetOf(sink).catch(() => undefined)));
      return stored.value.filter((_, index) => {
        const target = targets[index];
        return target !== undefined && isOpen(target);
      });
    },
    get all() {
      return stored.value;
    },
    async add(target, name) {
      if (target.kind === 'email') rejectOpenPassword(target);
      else if (target.kind !== 'notify-send') rejectAddress(target);
      const shown = describeTarget(target);
      const { json = '' } = await secretStore.encrypt({ json: JSON.stringify(target) });
      const sink = {
        ...{ id: randomUUID(), kind: target.kind, name: name ?? shown, enabled: true },
        ...{ target: shown, encrypted: json },
      };
      stored.set([...stored.value, sink]);
      return sink;
    },
    update(id, { name, enabled }) {
      const sink = of(id);
      const next = { ...sink, name: name ?? sink.name, enabled: enabled ?? sink.enabled };
      stored.set(stored.value.map((one) => (one.id === id ? next : one)));
      return next;
    },
    remove(id) {
      of(id);
      stored.set(stored.value.filter((one) => one.id !== id));
    },
  };
}

type MailTarget = Extract<SinkTarget, { kind: 'email' }>;

function rejectOpenPassword(target: MailTarget): void {
  const { username, password } = target;
  if (password === undefined) return;
  if (username === undefined) throw new RingbackError('invalid-input', notificationMessages.sinkPasswordAlone());
  if (isOpen(target)) throw new RingbackError('invalid-input', notificationMessages.sinkPasswordUnencrypted());
}

type AddressTarget = Extract<SinkTarget, { url: string }>;

function rejectAddress(target: AddressTarget): void {
  const { kind, url } = target;
  if (kind === 'ntfy' && !hasTopic(url))
    throw new RingbackError('invalid-input', notificationMessages.sinkTopicInvalid());
  if (isOpen(target)) throw new RingbackError('invalid-input', notificationMessages.sinkTokenUnencrypted());
}

/** Whether a token or a password leaves this computer without encryption. */
function isOpen(target: SinkTarget): boolean {
  if (target.kind === 'notify-send') return false;
  if (target.kind === 'email')
    return target.password !== undefined && target.security === 'none' && !isLoopbackHost(target.host);
  return target.token !== undefined && isUnencrypted(new URL(target.url));
}

/** The target as it is shown: without the path of an address of ntfy or a webhook, which grants access. */
function describeTarget(target: SinkTarget): string {
  if (target.kind === 'notify-send') return target.kind;
  return target.kind === 'email' ? target.to.join(', ') : new URL(target.url).host;
}
