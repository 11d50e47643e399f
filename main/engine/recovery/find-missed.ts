import type { Hook } from '../../../preload/contract/index.ts';
import type { WatchedHook } from '../connector/index.ts';
import { clean } from '../hooks/index.ts';
import { toRow } from '../ingress/index.ts';
import { type Message, recoveryMessages } from '../messages/index.ts';
import type { RecoveryOptions } from './options.ts';

/** Milliseconds before a gap that are searched as well: deliveries were in progress when callbacks stopped arriving. */
const margin = 120_000;

/**
 * Asks the provider for what the hook would have delivered since a time (milliseconds since 1970) and stores it.
 * Resolves with the reason where not everything could be found; throws where a later attempt may succeed.
 */
export async function findMissed(
  options: RecoveryOptions,
  hook: Hook,
  since: number,
  signal: AbortSignal,
): Promise<Message | undefined> {
  const { connector, context } = options.open(hook.connection);
  if (!connector.recovery) return recoveryMessages.unsupported({ provider: connector.title });
  const from = since - margin;
  const { bodies, incompleteReason } = await connector.recovery.missed(context, watchedHook(options, hook), from);
  for (const body of bodies) {
    if (signal.aborted) return undefined;
    const { event, repeated } = await options.ledger.write(
      'delivery',
      foundRow(options, { hook, body, from, connector }),
    );
    if (!repeated) options.stored(event);
  }
  return incompleteReason;
}

function watchedHook({ events }: RecoveryOptions, hook: Hook): WatchedHook {
  const { id, system, event, scope, region, filter } = hook;
  const known = clean({ system, event, scope, region, filter, latest: events.latestBody(id) });
  return { ...known, parentOf: (resource) => events.parentOf(resource) };
}

interface Found {
  readonly hook: Hook;
  readonly body: Uint8Array;
  readonly from: number;
  readonly connector: ReturnType<RecoveryOptions['open']>['connector'];
}

/** The row of an event as if it had been delivered, but marked as found by a look-up. */
function foundRow({ events, resourceNames, now }: RecoveryOptions, { hook, body, from, connector }: Found) {
  const { id, connection, system, event, scope } = hook;
  const registered = clean({ system, event, scope });
  const names = { nameOf: (resource: string) => events.nameOf(resource), pathOf: resourceNames.pathOf };
  const delivery = { method: 'POST', suffix: '', headers: {}, body, hook: registered, ...names };
  const address = { hook: id, connection, connector, registered, label: event };
  const row = toRow(address, delivery, { genuine: true, verified: 'address' }, now());
  return { ...row, verified: 'lookup', silent: true, recoveredSince: from } as const;
}
