import type { Finding, Hook, Inactivity, Rejection } from '../../../preload/contract/index.ts';
import type { Connector, Context } from '../connector/index.ts';
import { clean } from '../hooks/index.ts';
import { doctorMessages, type Message, storedMessage } from '../messages/index.ts';
import { days } from '../timing/index.ts';
import { type CheckResult, fixOf, found, subjectOf } from './finding.ts';
import type { TestDeliveryResult } from './test-delivery.ts';

interface HookCheckOptions {
  open(connection: string): { readonly connector: Connector; readonly context: Context };
  label(hook: Hook): Message;
  /** Sends a test delivery through the hook's public URL; undefined where it cannot be signed here. */
  sendTestDelivery(hook: Hook): Promise<TestDeliveryResult | undefined>;
  /** The bodies of the latest callbacks of that connection that are of the hook's kind. */
  bodiesLike(hook: Hook): readonly Uint8Array[];
  rejections(hook: string): readonly Rejection[];
  activity(hook: string): Inactivity;
  /** What the last translations say about the hook's workflow; undefined where there is nothing to say. */
  workflow(hook: Hook): CheckResult | undefined;
  now(): number;
}

const week = days(7);

/** Checks of what one hook needs so that its events arrive and are notified. */
export function hookChecks(options: HookCheckOptions): ((hook: Hook) => Promise<readonly Finding[]>)[] {
  const as =
    (
      check: string,
      say: (hook: Hook) => CheckResult | readonly CheckResult[] | undefined | Promise<CheckResult | undefined>,
    ) =>
    async (hook: Hook): Promise<readonly Finding[]> => {
      const said = (await say(hook)) ?? [];
      return [said].flat().map((one) => ({ ...subjectOf(options.label(hook)), check, ...one }));
    };
  return [
    as('status', checkStatus),
    as('address', checkAddress),
    as('doubts', (hook) => {
      const { connector, context } = options.open(hook.connection);
      const { system, event, scope, region, filter } = hook;
      const doubts = connector.hooks?.warnings?.(context, clean({ system, event, scope, region, filter })) ?? [];
      return doubts.map((doubt) => found('unsure', doubt));
    }),
    as('delivery', async (hook) => toDelivery(await options.sendTestDelivery(hook))),
    as('filter', (hook) => checkFilter(hook, options)),
    as('workflow', (hook) => options.workflow(hook)),
    as('rejections', (hook) => {
      const lately = options
        .rejections(hook.id)
        .filter(({ receivedAt }) => options.now() - Date.parse(receivedAt) < week);
      const [latest] = lately;
      if (!latest) return found('good', doctorMessages.noRejections());
      const reason = storedMessage(latest.reason, latest.reasonMessage);
      return found('bad', doctorMessages.rejections({ count: lately.length, reason }));
    }),
    as('silence', (hook) => {
      const { since: at, perDay, alarm } = options.activity(hook.id);
      if (!alarm) return found('good', at ? doctorMessages.lastEvent({ at }) : doctorMessages.noEvents());
      return found('unsure', doctorMessages.inactive({ at: at ?? '', ...(perDay === undefined ? {} : { perDay }) }));
    }),
  ];
}

const repair = fixOf(doctorMessages.repair(), 'hooks.reconcile');

function checkStatus({ status, id }: Hook): CheckResult {
  if (status === 'active' || status === 'reactivated') return found('good', doctorMessages.hookActive({ status }));
  if (status === 'inactive') {
    const fix = fixOf(doctorMessages.switchItOn(), 'hooks.update', { id, status: 'active' });
    return found('bad', doctorMessages.hookInactive(), { advice: doctorMessages.inactiveAdvice(), fix });
  }
  if (status === 'missing') return found('bad', doctorMessages.hookMissing(), { fix: repair });
  return found('unsure', doctorMessages.hookUnknown({ status }), { fix: repair });
}

function checkAddress({ current, callbackUrl }: Hook): CheckResult {
  if (current) return found('good', doctorMessages.addressCurrent());
  return found('bad', doctorMessages.addressOld({ host: new URL(callbackUrl).host }), { fix: repair });
}

function toDelivery(result: TestDeliveryResult | undefined): CheckResult | undefined {
  if (!result) return undefined;
  if (result.arrived) return found('good', doctorMessages.deliveryArrived({ milliseconds: result.milliseconds }));
  if (result.refused) return found('bad', doctorMessages.deliveryRejected(), { advice: doctorMessages.changeRoute() });
  return found('bad', doctorMessages.deliveryLost({ reason: result.reason }));
}

function checkFilter(hook: Hook, { open, bodiesLike }: HookCheckOptions): CheckResult | undefined {
  const { filter } = hook;
  const passes = open(hook.connection).connector.hooks?.passes;
  if (!filter || !passes) return undefined;
  const verdicts = bodiesLike(hook).map((body) => passes(filter, body));
  const judged = verdicts.filter((verdict) => verdict !== undefined);
  if (judged.length === 0) return found('unsure', doctorMessages.filterUntested());
  const passed = judged.filter(Boolean).length;
  const message = doctorMessages.filterTested({ passed, total: judged.length });
  return passed > 0 ? found('good', message) : found('unsure', message, { advice: doctorMessages.checkFilter() });
}
