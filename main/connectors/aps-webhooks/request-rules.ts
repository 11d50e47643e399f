import type { HookRequest } from '../../engine/connector/index.ts';
import { RingbackError } from '../../engine/errors.ts';
import { fits } from '../../engine/event-pattern.ts';
import type { Message } from '../../engine/messages/index.ts';
import { regions } from '../aps/index.ts';
import { catalogue } from './catalogue.ts';
import type { System } from './catalogue-entry.ts';
import { webhookMessages } from './messages.ts';

/** The member of `hookAttribute` with the id of the installation that created the hook. */
const stampKey = 'ringback';
const attributeLimit = 1024;
/** A placeholder with the length of an installation id. */
const anyInstallation = '00000000-0000-4000-8000-000000000000';

/** Names of systems and events are segments of a path. */
const pathSegment = /^[A-Za-z0-9*][A-Za-z0-9._*-]*$/;

/** Throws invalid-input for a hook that Autodesk would reject; accepts unknown systems and events. */
export function inspect(request: HookRequest): void {
  const { event, region, attribute, scope } = request;
  const system = systemOf(request);
  if (!pathSegment.test(system)) throw invalid(webhookMessages.wrongSystemName({ name: system }));
  if (!pathSegment.test(event)) throw invalid(webhookMessages.wrongEventName({ name: event }));
  if (region !== undefined && !regions.some(({ value }) => value === region)) {
    const all = regions.map(({ value }) => value).join(', ');
    throw invalid(webhookMessages.wrongRegion({ region, regions: all }));
  }
  inspectScope(system, event, scope);
  if (attribute) stamp(attribute, anyInstallation);
}

/** The requested system, or the only one in the catalogue with that event. */
export function systemOf({ system, event }: Pick<HookRequest, 'system' | 'event'>): string {
  if (system) return system;
  const knowing = catalogue.systems.filter(({ events }) => events.some((known) => fits(event, known.event)));
  const [only, another] = knowing;
  if (only && !another) return only.system;
  const example = (only ?? catalogue.systems[0])?.system ?? '';
  throw invalid(webhookMessages.systemMissing({ event, example }));
}

function inspectScope(system: string, event: string, scope: HookRequest['scope']): void {
  const [[key, value] = [], another] = Object.entries(scope);
  if (key === undefined || another) throw invalid(webhookMessages.oneScope());
  if (!value?.trim()) throw invalid(webhookMessages.emptyScope({ scope: key }));
  const allowed = scopeKeys(system, event);
  if (allowed && !allowed.includes(key)) {
    throw invalid(webhookMessages.wrongScope({ system, event, scope: key, allowed: allowed.join(', ') }));
  }
  if (key === 'workflow' && !/^([A-Za-z0-9-]{1,36}|[A-Za-z0-9.-]{1,35})$/.test(value)) {
    throw invalid(webhookMessages.wrongWorkflow());
  }
}

/** The valid scope keys; undefined where they are not documented. */
function scopeKeys(name: string, event: string): readonly string[] | undefined {
  const system = catalogue.systems.find((known) => known.system === name);
  // Tandem also accepts a model, but its documentation contradicts itself on the name of the key.
  if (!system || system.scopes.length === 0 || name === 'adsk.tandem') return undefined;
  const covered = system.events.filter((known) => fits(event, known.event)).flatMap((known) => known.scopes);
  return covered.length > 0 ? [...new Set(covered)] : allKeys(system);
}

function allKeys({ scopes }: System): string[] {
  return scopes.map(({ key }) => key);
}

/** Adds the id of the installation to the user's attribute; together they must be smaller than 1 KB. */
export function stamp(attribute: Readonly<Record<string, unknown>>, installation: string): Record<string, unknown> {
  if (typeof attribute !== 'object' || Array.isArray(attribute)) throw invalid(webhookMessages.noObject());
  if (stampKey in attribute) throw invalid(webhookMessages.reservedMember({ member: stampKey }));
  const stamped = { ...attribute, [stampKey]: installation };
  const size = Buffer.byteLength(JSON.stringify(stamped));
  if (size < attributeLimit) return stamped;
  throw invalid(webhookMessages.longAttribute({ bytes: size, most: attributeLimit }));
}

/** Splits the stored attribute into the user's part and the id of the installation. */
export function unstamp(stamped: Readonly<Record<string, unknown>>): {
  attribute: Record<string, unknown>;
  installation?: string;
} {
  const { [stampKey]: installation, ...attribute } = stamped;
  return typeof installation === 'string' ? { attribute, installation } : { attribute: { ...stamped } };
}

function invalid(message: Message): RingbackError {
  return new RingbackError('invalid-input', message);
}
