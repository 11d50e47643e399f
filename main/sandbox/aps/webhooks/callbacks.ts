import { createHmac, randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { post } from '../../http/index.ts';
import type { Random } from '../../random.ts';
import type { Behaviour } from '../behaviour.ts';
import { type CloudEvent, type HookStore, hookDetails, type StoredHook } from './hook-store.ts';

/** Deliberate errors of a delivery. With `signature` or `body` it is forged: sent once, without an effect on the hook. */
export interface Alteration {
  readonly signature?: 'wrong' | 'none' | undefined;
  /** Sends the same JSON, serialized differently from the signed bytes. */
  readonly body?: 'reserialised' | undefined;
  /** Sends it a second time, under the same or another delivery id. */
  readonly repeat?: 'same-id' | 'new-id' | undefined;
}

/** One callback with its attempts. */
export interface SentCallback {
  readonly hookId: string;
  readonly event: string;
  readonly callbackUrl: string;
  readonly deliveryId: string;
  readonly body: string;
  /** Absent without a secret. */
  readonly signature?: string | undefined;
  readonly attempts: readonly Attempt[];
  readonly state: 'trying' | 'delivered' | 'failed';
}

interface Attempt {
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly deliveryId: string;
  /** The status of the response; absent without one in time. */
  readonly status?: number;
  readonly problem?: string;
}

interface Sending extends SentCallback {
  readonly attempts: Attempt[];
  state: SentCallback['state'];
}

/** The `x-adsk-signature` of the sent bytes: HMAC-SHA1 in lower-case hex. */
export function sign(secret: string, body: string | Uint8Array): string {
  return `sha1hash=${createHmac('sha1', secret).update(body).digest('hex')}`;
}

/**
 * Delivers events to the matching hooks at least once: retries, deactivation and reactivation follow Autodesk's event
 * delivery guarantees.
 */
export class Callbacks {
  readonly #log: Sending[] = [];
  readonly #running = new Set<Promise<void>>();
  readonly #stop = new AbortController();
  readonly #store: HookStore;
  readonly #behaviour: Behaviour;
  readonly #now: () => number;
  readonly #random: Random;

  constructor(store: HookStore, behaviour: Behaviour, now: () => number, random: Random) {
    this.#store = store;
    this.#behaviour = behaviour;
    this.#now = now;
    this.#random = random;
  }

  /** The last 1000 callbacks, oldest first. */
  get log(): readonly SentCallback[] {
    return this.#log;
  }

  /** Resolves once the first attempt of each callback is over; retries continue in the background. */
  async fire(event: CloudEvent, alteration: Alteration = {}): Promise<readonly SentCallback[]> {
    const { repeat, ...forgery } = alteration;
    const hooks = this.#store.matching(event);
    const first = await Promise.all(hooks.map((hook) => this.#deliver(hook, event, forgery)));
    if (repeat === undefined) return first;
    const again = hooks.map((hook, index) =>
      this.#deliver(hook, event, forgery, repeat === 'same-id' ? first[index]?.deliveryId : undefined),
    );
    return [...first, ...(await Promise.all(again))];
  }

  /** Resolves when no delivery is in progress. */
  async settled(): Promise<void> {
    while (this.#running.size > 0) await Promise.all(this.#running);
  }

  /** The service's background job: reactivates inactive hooks with `autoReactivateHook`. */
  reactivate(): void {
    for (const hook of this.#store.all()) {
      if (hook.status === 'inactive' && hook.autoReactivateHook) this.#store.change(hook, { status: 'reactivated' });
    }
  }

  async stop(): Promise<void> {
    this.#stop.abort();
    await this.settled();
  }

  async #deliver(hook: StoredHook, event: CloudEvent, forgery: Alteration, deliveryId?: string): Promise<Sending> {
    const sending = this.#compose(hook, event, forgery, deliveryId ?? newDeliveryId(event, this.#random));
    this.#log.push(sending);
    if (this.#log.length > 1000) this.#log.shift();
    const isForged = forgery.signature !== undefined || forgery.body !== undefined;
    const delays = isForged || hook.status === 'reactivated' ? [] : [...this.#behaviour.retryDelays];
    const first = this.#attempt(sending);
    this.#follow(first.then(() => (isForged ? endForgery(sending) : this.#conclude(sending, hook, delays))));
    await first;
    return sending;
  }

  #follow(running: Promise<void>): void {
    this.#running.add(running);
    void running.finally(() => this.#running.delete(running));
  }

  async #conclude(sending: Sending, hook: StoredHook, delays: readonly number[]): Promise<void> {
    for (const milliseconds of delays) {
      if (sending.state === 'delivered') break;
      await delay(milliseconds, undefined, { signal: this.#stop.signal }).catch(() => {});
      if (this.#stop.signal.aborted || !this.#store.has(hook)) return;
      await this.#attempt(sending);
    }
    if (sending.state === 'delivered') this.#succeed(hook);
    else this.#fail(sending, hook);
  }

  #succeed(hook: StoredHook): void {
    Object.assign(hook, { failures: 0, revivals: 0 });
    if (hook.status === 'reactivated') this.#store.change(hook, { status: 'active' });
  }

  #fail(sending: Sending, hook: StoredHook): void {
    sending.state = 'failed';
    if (hook.status === 'reactivated') {
      hook.revivals += 1;
      this.#store.change(hook, { status: 'inactive', autoReactivateHook: hook.revivals < 5 });
      return;
    }
    hook.failures += 1;
    if (hook.failures >= this.#behaviour.failuresUntilInactive) this.#store.change(hook, { status: 'inactive' });
  }

  #compose(hook: StoredHook, event: CloudEvent, forgery: Alteration, deliveryId: string): Sending {
    const body = this.#bodyOf(hook, event);
    const secret = this.#store.signingSecret(hook, this.#behaviour.secretDelay);
    const isUnsigned = forgery.signature === 'none' || (secret === undefined && forgery.signature !== 'wrong');
    return {
      hookId: hook.hookId,
      event: event.event,
      callbackUrl: hook.callbackUrl,
      deliveryId,
      body: forgery.body === 'reserialised' ? JSON.stringify(JSON.parse(body)) : body,
      signature: isUnsigned ? undefined : sign(forgery.signature === 'wrong' ? randomUUID() : (secret ?? ''), body),
      attempts: [],
      state: 'trying',
    };
  }

  #bodyOf(hook: StoredHook, event: CloudEvent): string {
    const { resourceUrn, payload } = event;
    if (hook.callbackWithEventPayloadOnly) {
      const isBare = this.#behaviour.payloadOnlyBody === 'bare';
      return spaced(isBare ? payload : { version: '1.0', resourceUrn, payload });
    }
    const shown = this.#behaviour.wildcardEvent === 'pattern' ? hook.event : event.event;
    return spaced({ version: '1.0', resourceUrn, hook: { ...hookDetails(hook), event: shown }, payload });
  }

  async #attempt(sending: Sending): Promise<void> {
    const at = this.#now();
    const isRenamed = this.#behaviour.retryId === 'new' && sending.attempts.length > 0;
    const deliveryId = isRenamed ? newDeliveryId(sending, this.#random) : sending.deliveryId;
    const signal = AbortSignal.any([this.#stop.signal, AbortSignal.timeout(this.#behaviour.answerTimeout)]);
    try {
      const status = await post(
        sending.callbackUrl,
        headersOf(sending, deliveryId, this.#random),
        sending.body,
        signal,
      );
      sending.attempts.push({ at, deliveryId, status });
      if (status >= 200 && status < 300) sending.state = 'delivered';
    } catch (error) {
      sending.attempts.push({ at, deliveryId, problem: String(error) });
    }
  }
}

function endForgery(sending: Sending): void {
  if (sending.state === 'trying') sending.state = 'failed';
}

/** Serializes the body with outer spaces, which reveals a receiver that verifies its own serialization. */
function spaced(body: Readonly<Record<string, unknown>>): string {
  const members = Object.entries(body).map(([name, value]) => `${JSON.stringify(name)}: ${JSON.stringify(value)}`);
  return `{${members.join(', ')}}`;
}

/** A long id with `~` and `/`, as used since June 2025. */
function newDeliveryId({ event }: { readonly event: string }, random: Random): string {
  const stream = `webhooks-event-stream-production-${event}`;
  return `httpadapter~${stream}~${random.bytes(16).toString('hex')}/${random.uuid()}`;
}

function headersOf({ signature }: SentCallback, deliveryId: string, random: Random): Record<string, string> {
  return {
    'content-type': 'application/json',
    'x-adsk-delivery-id': deliveryId,
    'x-ads-ul-ctx-tracking-id': random.uuid(),
    ...(signature !== undefined && { 'x-adsk-signature': signature }),
  };
}
