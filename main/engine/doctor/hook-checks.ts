import type { Finding, Hook, Inactivity, Rejection } from '../../../preload/contract.ts';
import type { Connector, Context } from '../connector/index.ts';
import { clean } from '../hooks/index.ts';
import type { TestDeliveryResult } from './test-delivery.ts';

export interface HookCheckOptions {
  open(connection: string): { readonly connector: Connector; readonly context: Context };
  label(hook: Hook): string;
  /** Sends a delivery of our own through the hook's public address; undefined where it cannot be signed here. */
  sendTestDelivery(hook: Hook): Promise<TestDeliveryResult | undefined>;
  /** The bodies of the latest callbacks of that connection that are of the hook's kind. */
  bodiesLike(hook: Hook): readonly Uint8Array[];
  rejections(hook: string): readonly Rejection[];
  activity(hook: string): Inactivity;
  /** What the last translations say about the hook's workflow; undefined where there is nothing to say. */
  workflow(hook: Hook): Pick<Finding, 'state' | 'text' | 'advice'> | undefined;
  now(): number;
}

type Said = Omit<Finding, 'subject' | 'check'>;

const week = 7 * 24 * 3600_000;

/** What must hold for one hook to ring. */
export function hookChecks(options: HookCheckOptions): ((hook: Hook) => Promise<readonly Finding[]>)[] {
  const as =
    (check: string, say: (hook: Hook) => Said | readonly Said[] | undefined | Promise<Said | undefined>) =>
    async (hook: Hook): Promise<readonly Finding[]> => {
      const said = (await say(hook)) ?? [];
      return [said].flat().map((one) => ({ subject: options.label(hook), check, ...one }));
    };
  return [
    as('status', checkStatus),
    as('address', checkAddress),
    as('doubts', (hook) => {
      const { connector, context } = options.open(hook.connection);
      const { system, event, scope, region, filter } = hook;
      const doubts = connector.hooks?.warnings?.(context, clean({ system, event, scope, region, filter })) ?? [];
      return doubts.map((text) => ({ state: 'unsure' as const, text }));
    }),
    as('delivery', async (hook) => toDelivery(await options.sendTestDelivery(hook))),
    as('filter', (hook) => checkFilter(hook, options)),
    as('workflow', (hook) => options.workflow(hook)),
    as('rejections', (hook) => {
      const lately = options
        .rejections(hook.id)
        .filter(({ receivedAt }) => options.now() - Date.parse(receivedAt) < week);
      const [latest] = lately;
      if (!latest) return { state: 'good', text: 'No callback was refused in the last week.' };
      const count = lately.length === 1 ? 'A callback was' : `${lately.length} callbacks were`;
      return { state: 'bad', text: `${count} refused in the last week. The latest: ${latest.reason}` };
    }),
    as('silence', (hook) => {
      const { since, perDay, alarm } = options.activity(hook.id);
      if (!alarm)
        return { state: 'good', text: since ? `The latest event or change was at ${since}.` : 'No event so far.' };
      const usual = perDay === undefined ? '' : `, where there are usually ${perDay} a day`;
      return { state: 'unsure', text: `Nothing was heard since ${since}${usual}.` };
    }),
  ];
}

const repair = { label: 'Repair', method: 'hooks.reconcile', input: {} } as const;

function checkStatus({ status, id }: Hook): Said {
  if (status === 'active' || status === 'reactivated') {
    return { state: 'good', text: `The provider has it, and it is ${status}.` };
  }
  if (status === 'inactive') {
    const input = { id, status: 'active' };
    const fix = { label: 'Switch it on', method: 'hooks.update', input } as const;
    const advice = 'Events of that time are not delivered later; what can be asked for is recovered.';
    return { state: 'bad', text: 'It is switched off: nothing is delivered.', advice, fix };
  }
  if (status === 'missing') {
    return { state: 'bad', text: 'It is gone at the provider: expired, or removed by somebody.', fix: repair };
  }
  return { state: 'unsure', text: `Its state is "${status}".`, fix: repair };
}

function checkAddress({ current, callbackUrl }: Hook): Said {
  if (current) return { state: 'good', text: 'It points to the present address.' };
  const { host } = new URL(callbackUrl);
  return { state: 'bad', text: `It still points to ${host}, which is not the present address.`, fix: repair };
}

function toDelivery(result: TestDeliveryResult | undefined): Said | undefined {
  if (!result) return undefined;
  if (result.arrived) {
    const text = `A delivery signed with its secret came back through the public address in ${result.milliseconds} ms.`;
    return { state: 'good', text };
  }
  if (result.refused) {
    const text = 'A delivery signed with its secret was refused: something on the way changes the bytes.';
    return { state: 'bad', text, advice: 'Use another tunnel, or a proxy that passes the body untouched.' };
  }
  return { state: 'bad', text: `A delivery of our own did not reach this computer (${result.reason}).` };
}

function checkFilter(hook: Hook, { open, bodiesLike }: HookCheckOptions): Said | undefined {
  const { filter } = hook;
  const passes = open(hook.connection).connector.hooks?.passes;
  if (!filter || !passes) return undefined;
  const verdicts = bodiesLike(hook).map((body) => passes(filter, body));
  const judged = verdicts.filter((verdict) => verdict !== undefined);
  if (judged.length === 0) return { state: 'unsure', text: 'Its filter cannot be tried: no earlier callback is here.' };
  const passed = judged.filter(Boolean).length;
  const text = `Of the last ${judged.length} callbacks of its kind its filter lets ${passed} pass.`;
  return passed > 0
    ? { state: 'good', text }
    : { state: 'unsure', text, advice: 'Look whether the filter is meant so.' };
}
