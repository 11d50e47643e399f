import type { ForwardAttempt, Hook } from '../../../preload/contract/index.ts';
import type { Connector } from '../connector/index.ts';
import { notFound, RingbackError } from '../errors.ts';
import type { Log } from '../log.ts';
import { forwardMessages, type Message } from '../messages/index.ts';
import type { Notifier } from '../notifications/index.ts';
import type { Store } from '../ports.ts';
import {
  type Ledger,
  type SecretStore,
  selectForwardAttempts,
  selectNewestEvent,
  selectWholeEvent,
} from '../storage/index.ts';
import { gaveUpNotification } from './give-up.ts';
import { createForwardQueue } from './queue.ts';
import { type Forward, sendForward } from './send.ts';
import { createForwardSettings, type ForwardChange } from './settings.ts';

interface ForwardingOptions {
  readonly store: Store;
  readonly secretStore: SecretStore;
  readonly ledger: Ledger;
  readonly fetch: typeof globalThis.fetch;
  readonly log: Log;
  readonly notifier: Pick<Notifier, 'queue'>;
  /** What the user calls a hook. */
  labelOf(hook: string): { readonly connection: string; readonly label: Message | string };
  now(): number;
  warn(message: string | Message): void;
  /** The connection's name, and its connector; throws not-found. */
  connectionOf(id: string): { readonly connection: { readonly name: string }; readonly connector: Connector };
}

/** Sends the original bytes of events to the handlers of the user. */
export interface Forwarding {
  viewOf(hook: string): Hook['forward'];
  /** The secret with which the hook's events are signed again; undefined where there is none. */
  secretOf(hook: string): Promise<string | undefined>;
  /** Events that are stored from now on are forwarded. */
  set(hook: string, change: ForwardChange): Promise<void>;
  /** Sends one event now. */
  forward(id: string, url?: string, secret?: string): Promise<ForwardAttempt>;
  /** The event's attempts, the oldest first. */
  attemptsOf(id: string): readonly ForwardAttempt[];
  /** Queues the events that were stored since; they are sent afterwards. */
  processEvents(): Promise<void>;
  wake(): void;
  close(): Promise<void>;
}

export function createForwarding(options: ForwardingOptions): Forwarding {
  const { ledger, log, now, warn, fetch, notifier, labelOf } = options;
  const closing = new AbortController();
  const { signal } = closing;
  const settings = createForwardSettings(options.store, options.secretStore, warn);

  const signingOf = (connectionId: string, secret: string | undefined): Forward['signing'] => {
    if (secret === undefined) return undefined;
    const { connection, connector } = options.connectionOf(connectionId);
    if (connector.sign) return { secret, sign: connector.sign };
    throw new RingbackError('invalid-input', forwardMessages.unsigned({ connection: connection.name }));
  };
  const send = async (id: number, attempt: number, url?: string, secret?: string): Promise<ForwardAttempt> => {
    const row = selectWholeEvent(ledger, id);
    if (!row) throw notFound('event');
    if (row.verified === 'lookup') throw new RingbackError('invalid-input', forwardMessages.noBytes());
    const target = settings.of(String(row.hook));
    const address = url ?? target?.url;
    if (address === undefined) throw new RingbackError('invalid-input', forwardMessages.noAddress());
    const used = url === undefined && target ? await settings.secretOf(target) : secret;
    if (row.verified === 'none' && used !== undefined)
      throw new RingbackError('invalid-input', forwardMessages.notVerified());
    const signing = signingOf(String(row.connection), used);
    const headers = JSON.parse(String(row.headers)) as Record<string, string>;
    const forward = { event: String(id), headers, body: row.body as Uint8Array, url: address, attempt, signing };
    return sendForward(forward, { fetch, now, signal });
  };
  const queue = createForwardQueue({
    ...{ ledger, settings, log, now, signal, send: (event, attempt) => asAttempt(send(event, attempt), now) },
    gaveUp: (given, last) => notifier.queue(gaveUpNotification({ ...given, ...labelOf(given.hook) }, last)),
  });

  return {
    viewOf: settings.view,
    async secretOf(hook) {
      const forward = settings.of(hook);
      return forward && settings.secretOf(forward);
    },
    async set(hook, change) {
      if (settings.enabled.length === 0)
        await ledger.write('forwardsQueued', { upTo: selectNewestEvent(ledger), at: now(), rows: [] });
      await settings.set(hook, change);
      if (change?.enabled) queue.wake();
      else await queue.drop(hook);
    },
    async forward(id, url, secret) {
      const event = /^\d{1,15}$/.test(id) ? Number(id) : 0;
      const result = await send(event, selectForwardAttempts(ledger, event).length + 1, url, secret);
      await ledger.write('forwardAttempt', { event, record: JSON.stringify(result) });
      return result;
    },
    attemptsOf: (id) => selectForwardAttempts(ledger, Number(id)).map((record) => JSON.parse(record) as ForwardAttempt),
    processEvents: queue.queueStored,
    wake: queue.wake,
    async close() {
      closing.abort();
      await queue.close();
    },
  };
}

/** What cannot be sent now counts as an attempt. */
async function asAttempt(sending: Promise<ForwardAttempt>, now: () => number): Promise<ForwardAttempt> {
  try {
    return await sending;
  } catch (error) {
    if (!(error instanceof RingbackError)) throw error;
    const { message: problem, reason: problemMessage } = error;
    const attempt = { at: new Date(now()).toISOString(), url: '', ms: 0, problem };
    return problemMessage === undefined ? attempt : { ...attempt, problemMessage };
  }
}
