import { createHmac, randomUUID } from 'node:crypto';
import { parseFilter } from '../../../callback-filter.ts';
import { post } from '../../http/index.ts';
import type { Random } from '../../random.ts';
import type { Behaviour } from '../behaviour.ts';
import type { Alteration } from '../webhooks/index.ts';
import type { MilestoneHook, MilestoneHooks } from './hooks.ts';
import type { Component } from './tree.ts';

export interface MilestoneScenario {
  /** Name or id of a component; "Frame" where absent. */
  readonly component?: string | undefined;
  /** The milestone's name; "Milestone V48" where absent. */
  readonly name?: string | undefined;
  readonly alter?: Alteration | undefined;
}

/** One milestone callback. It has no delivery id, and one attempt, since retries are not documented. */
export interface SentMilestone {
  readonly hookId: string;
  readonly event: string;
  readonly callbackUrl: string;
  readonly body: string;
  readonly signature?: string | undefined;
  /** Times are milliseconds since 1970. */
  readonly attempts: readonly { readonly at: number; readonly status?: number; readonly problem?: string }[];
}

/** Calls the hooks of a component for its milestones, as the Data Eventing service does. */
export class Milestones {
  readonly #stop = new AbortController();
  readonly #running = new Set<Promise<SentMilestone>>();
  readonly #hooks: MilestoneHooks;
  readonly #behaviour: Behaviour;
  readonly #now: () => number;
  readonly #random: Random;

  constructor(hooks: MilestoneHooks, behaviour: Behaviour, now: () => number, random: Random) {
    this.#hooks = hooks;
    this.#behaviour = behaviour;
    this.#now = now;
    this.#random = random;
  }

  /** Resolves once each hook was called. */
  async create(component: Component, name: string, alter: Alteration = {}): Promise<readonly SentMilestone[]> {
    const watching = this.#hooks.all().filter(({ componentId }) => componentId === component.id);
    const sent: SentMilestone[] = [];
    for (const hook of watching) {
      const event = this.#eventOf(hook, name);
      if (!(hook.filters ?? []).every((filter) => parseFilter(filter)(event))) continue;
      sent.push(await this.#send(hook, event, alter));
      if (alter.repeat === undefined) continue;
      sent.push(
        await this.#send(hook, alter.repeat === 'same-id' ? event : { ...event, id: this.#random.uuid() }, alter),
      );
    }
    return sent;
  }

  async stop(): Promise<void> {
    this.#stop.abort();
    await Promise.all(this.#running);
  }

  #eventOf({ componentId, eventType, owner }: MilestoneHook, name: string): Record<string, unknown> {
    return {
      id: this.#random.uuid(),
      source: `urn:com.autodesk.forge:clientid:${owner.client}`,
      specversion: '1.0',
      type: `autodesk.data.pim:${this.#behaviour.milestoneType}-1.0.0`,
      subject: `urn:autodesk.data.pim:component:${componentId}`,
      time: new Date(this.#now()).toISOString().replace('Z', '+00:00'),
      dataschema: ' http://forge.autodesk.com/schemas/pim-event-schema-v1.0.0.json',
      traceparent: `00-${this.#random.bytes(16).toString('hex')}-${this.#random.bytes(8).toString('hex')}-01`,
      data: { eventtype: eventType, componentid: componentId, milestonename: name },
    };
  }

  #send(hook: MilestoneHook, event: Record<string, unknown>, alter: Alteration): Promise<SentMilestone> {
    const sending = this.#deliver(hook, event, alter);
    this.#running.add(sending);
    void sending.finally(() => this.#running.delete(sending));
    return sending;
  }

  async #deliver(hook: MilestoneHook, event: Record<string, unknown>, alter: Alteration): Promise<SentMilestone> {
    const { milestoneSignature, milestoneContentType, answerTimeout } = this.#behaviour;
    const signed = JSON.stringify(event, null, 2);
    const body = alter.body === 'reserialised' ? JSON.stringify(event) : signed;
    const secret = alter.signature === 'wrong' ? randomUUID() : hook.secretToken;
    const signature =
      secret === null || alter.signature === 'none' ? undefined : signatureOf(milestoneSignature, secret, signed);
    const { id: hookId, eventType, callbackURL: callbackUrl } = hook;
    const headers = {
      'content-type': milestoneContentType,
      ...(signature === undefined ? {} : { 'x-adsk-signature': signature }),
    };
    const signal = AbortSignal.any([this.#stop.signal, AbortSignal.timeout(answerTimeout)]);
    const at = this.#now();
    const outcome = await post(callbackUrl, headers, body, signal).then(
      (status) => ({ status }),
      (error: unknown) => ({ problem: String(error) }),
    );
    return { hookId, event: eventType, callbackUrl, body, signature, attempts: [{ at, ...outcome }] };
  }
}

/** The signature header; `style` is an algorithm, or a prefix such as "sha1hash=" that contains it. */
function signatureOf(style: Behaviour['milestoneSignature'], secret: string, body: string): string {
  const algorithm = style.startsWith('sha256') ? 'sha256' : 'sha1';
  const digest = createHmac(algorithm, secret).update(body).digest('hex');
  return style.endsWith('=') ? style + digest : digest;
}
