import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { SinkTarget } from '../../../preload/contract/index.ts';
import { notFound, RingbackError } from '../errors.ts';
import { notificationMessages } from '../messages/index.ts';
import type { Store } from '../ports.ts';
import { createStoredValue, EncryptedText, type SecretStore } from '../storage/index.ts';
import { hasTopic } from './formats.ts';

const StoredSink = z.object({
  id: z.string(),
  kind: z.enum(['ntfy', 'webhook', 'email']),
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
}

export function createStoredSinks(
  store: Store,
  secretStore: SecretStore,
  warn: (message: string) => void,
): StoredSinks {
  const stored = createStoredValue(store, 'notificationSinks', z.array(StoredSink), [], warn);
  const of = (id: string): StoredSink => {
    const found = stored.value.find((one) => one.id === id);
    if (found) return found;
    throw notFound('sink');
  };
  return {
    of,
    get all() {
      return stored.value;
    },
    async add(target, name) {
      if (target.kind === 'email') rejectOpenPassword(target);
      else rejectAddress(target);
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
    async targetOf({ name, encrypted }) {
      const { secrets } = await secretStore.decrypt({ json: encrypted });
      if (secrets.json === undefined)
        throw new RingbackError('conflict', notificationMessages.sinkSecretsLost({ sink: name }));
      return SinkTarget.parse(JSON.parse(secrets.json));
    },
  };
}

const loopback = /^(localhost|127(\.\d{1,3}){3}|::1|\[::1\])$/;

type MailTarget = Extract<SinkTarget, { kind: 'email' }>;

function rejectOpenPassword({ host, security, username, password }: MailTarget): void {
  if (password === undefined) return;
  if (username === undefined) throw new RingbackError('invalid-input', notificationMessages.sinkPasswordAlone());
  if (security === 'none' && !loopback.test(host))
    throw new RingbackError('invalid-input', notificationMessages.sinkPasswordUnencrypted());
}

function rejectAddress({ kind, url, token }: Exclude<SinkTarget, MailTarget>): void {
  if (kind === 'ntfy' && !hasTopic(url))
    throw new RingbackError('invalid-input', notificationMessages.sinkTopicInvalid());
  const { protocol, hostname } = new URL(url);
  if (token !== undefined && protocol === 'http:' && !loopback.test(hostname))
    throw new RingbackError('invalid-input', notificationMessages.sinkTokenUnencrypted());
}

/** Without what grants access: the path of the address of ntfy or of a webhook. */
function describeTarget(target: SinkTarget): string {
  return target.kind === 'email' ? target.to.join(', ') : new URL(target.url).host;
}
