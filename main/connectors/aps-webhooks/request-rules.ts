import type { HookRequest } from '../../engine/connector/index.ts';
import { RingbackError } from '../../engine/errors.ts';
import { fits } from '../../engine/event-pattern.ts';
import { regions } from '../aps/index.ts';
import { catalogue } from './catalogue.ts';
import type { System } from './catalogue-entry.ts';

/** The member of `hookAttribute` that says which installation made the hook. */
const stampKey = 'ringback';
const attributeLimit = 1024;
/** As long as a real installation id. */
const anyInstallation = '00000000-0000-4000-8000-000000000000';

/** Throws invalid-input for what Autodesk would refuse; systems and events that are not in the catalogue pass. */
export function inspect(request: HookRequest): void {
  const { event, region, attribute, scope } = request;
  const system = systemOf(request);
  for (const [what, name] of [
    ['system', system],
    ['event', event],
  ] as const) {
    // The names become path segments.
    if (!/^[A-Za-z0-9*][A-Za-z0-9._*-]*$/.test(name)) throw invalid(`"${name}" is no possible ${what} name.`);
  }
  if (region !== undefined && !regions.some(({ value }) => value === region)) {
    throw invalid(`There is no region "${region}". Use one of ${regions.map(({ value }) => value).join(', ')}.`);
  }
  inspectScope(system, event, scope);
  if (attribute) stamp(attribute, anyInstallation);
}

/** The system asked for, or the only one in the catalogue that knows the event. */
export function systemOf({ system, event }: Pick<HookRequest, 'system' | 'event'>): string {
  if (system) return system;
  const knowing = catalogue.systems.filter(({ events }) => events.some((known) => fits(event, known.event)));
  const [only, another] = knowing;
  if (only && !another) return only.system;
  throw invalid(`Name the system of the event "${event}" too, for example ${(only ?? catalogue.systems[0])?.system}.`);
}

function inspectScope(system: string, event: string, scope: HookRequest['scope']): void {
  const [[key, value] = [], another] = Object.entries(scope);
  if (key === undefined || another) throw invalid('A hook needs exactly one scope key with its value.');
  if (!value?.trim()) throw invalid(`The scope "${key}" has no value.`);
  const allowed = scopeKeys(system, event);
  if (allowed && !allowed.includes(key)) {
    const names = allowed.map((name) => `"${name}"`).join(' or ');
    throw invalid(`Hooks of ${system} for ${event} take the scope ${names}, not "${key}".`);
  }
  if (key === 'workflow' && !/^([A-Za-z0-9-]{1,36}|[A-Za-z0-9.-]{1,35})$/.test(value)) {
    throw invalid('A workflow id has up to 36 letters, digits and hyphens (up to 35 where there are dots in it).');
  }
}

/** The scope keys that fit; undefined where the documentation does not tell. */
function scopeKeys(name: string, event: string): readonly string[] | undefined {
  const system = catalogue.systems.find((known) => known.system === name);
  // Tandem also takes a model; the pages do not agree on the name of its key.
  if (!system || system.scopes.length === 0 || name === 'adsk.tandem') return undefined;
  const covered = system.events.filter((known) => fits(event, known.event)).flatMap((known) => known.scopes);
  return covered.length > 0 ? [...new Set(covered)] : allKeys(system);
}

function allKeys({ scopes }: System): string[] {
  return scopes.map(({ key }) => key);
}

/** The user's attribute with our stamp beside it; together they must stay under 1 KB. */
export function stamp(attribute: Readonly<Record<string, unknown>>, installation: string): Record<string, unknown> {
  if (typeof attribute !== 'object' || Array.isArray(attribute)) throw invalid('The attribute must be a JSON object.');
  if (stampKey in attribute)
    throw invalid(`The attribute must not have a member "${stampKey}"; Ringback marks its hooks there.`);
  const stamped = { ...attribute, [stampKey]: installation };
  const size = Buffer.byteLength(JSON.stringify(stamped));
  if (size < attributeLimit) return stamped;
  throw invalid(
    `The attribute is too long: with Ringback's mark it has ${size} bytes, and must stay under ${attributeLimit}.`,
  );
}

/** The user's attribute and the installation that stamped it. */
export function unstamp(stamped: Readonly<Record<string, unknown>>): {
  attribute: Record<string, unknown>;
  installation?: string;
} {
  const { [stampKey]: installation, ...attribute } = stamped;
  return typeof installation === 'string' ? { attribute, installation } : { attribute: { ...stamped } };
}

function invalid(message: string): RingbackError {
  return new RingbackError('invalid-input', message);
}
