import type { Request } from 'express';
import { parseJson, webhookRejection } from '../../http/index.ts';
import type { Behaviour } from '../behaviour.ts';
import { NewHook, stateOf } from './bodies.ts';
import type { Caller } from './caller.ts';
import { findEvents, userOnlySystems } from './catalogue.ts';
import type { HookDefinition, HookStore, StoredHook } from './hook-store.ts';

interface HookTarget {
  readonly system: string;
  /** An event or pattern; where absent, a hook is created for each event of the system with the scope's key. */
  readonly event?: string;
}

/** Creates the requested hooks. Existing ones are skipped; it is a conflict only where all exist. */
export function createHooks(
  request: Request,
  { system, event }: HookTarget,
  caller: Caller,
  store: HookStore,
  behaviour: Behaviour,
): readonly [StoredHook, ...StoredHook[]] {
  const { owner, region } = caller;
  const fitting = requireEvents(system, event ?? '*');
  const body = parseJson(request, NewHook, webhookRejection);
  const key = requireScope(system, fitting, body.scope);
  requireRight(system, caller);
  const { callbackUrl, scope, tenant, hubId, projectId } = body;
  const events = event === undefined ? fitting.filter((one) => one.key === key).map((one) => one.event) : [event];
  const [first, ...rest] = events
    .map((name) => ({ region, owner, system, event: name, callbackUrl, scope, tenant, hubId, projectId }))
    .filter((definition) => hasRoom(definition, store, behaviour))
    .map((definition) => store.add(store.createId(), definition, stateOf(body)));
  if (first) return [first, ...rest];
  throw webhookRejection(409, `Failed to save duplicate webhooks scope ${JSON.stringify(scope)}`, 'CONFLICT_ERROR');
}

/** The events that a name or pattern matches; throws 404 without any. */
export function requireEvents(system: string, pattern: string): ReturnType<typeof findEvents> {
  const events = findEvents(system, pattern);
  if (events.length === 0) throw webhookRejection(404, `There is no event ${pattern} in system ${system}.`);
  return events;
}

function requireScope(system: string, events: ReturnType<typeof findEvents>, scope: NewHook['scope']): string {
  const [[key = '', value = ''] = []] = Object.entries(scope);
  if (!events.some((event) => event.key === key)) throw webhookRejection(400, `Unknown scope ${key} for ${system}.`);
  if (key === 'folder' && !/^urn:adsk\.[a-z0-9]+:fs\.folder:co\.[\w-]+$/.test(value)) {
    throw webhookRejection(404, `The folder ${value} was not found.`);
  }
  return key;
}

function requireRight(system: string, { owner }: Caller): void {
  if (userOnlySystems.has(system) && owner.type === 'Application') {
    throw webhookRejection(403, `The system ${system} needs a 3-legged token.`);
  }
}

/** False where the same hook exists; throws where the quota of its scope is exhausted. */
function hasRoom(definition: HookDefinition, store: HookStore, { hookQuota }: Behaviour): boolean {
  const same = store.of(definition.owner, definition.region).filter((hook) => isSameScope(hook, definition));
  if (same.some((hook) => hook.callbackUrl === definition.callbackUrl)) return false;
  if (same.length < hookQuota) return true;
  throw webhookRejection(400, `Failed to create more than ${hookQuota} hooks for same scope`);
}

function isSameScope(one: HookDefinition, other: HookDefinition): boolean {
  const key = (hook: HookDefinition) => JSON.stringify([hook.system, hook.event, hook.scope]);
  return key(one) === key(other);
}
