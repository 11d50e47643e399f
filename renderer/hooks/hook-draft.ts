import type { Catalogue, Connection, Input } from '../../preload/contract/index.ts';
import type { HookModel } from '../view.ts';
import { attributeIn, attributeText } from './attribute.ts';

/** What stands in the form; every field is text. */
export interface HookDraft {
  readonly connection: string;
  readonly system: string;
  readonly event: string;
  readonly scopeKey: string;
  readonly scopeValue: string;
  /** Keys that narrow the scope, and may be left out. */
  readonly narrowing: Readonly<Record<string, string>>;
  readonly region: string;
  readonly filter: string;
  readonly attribute: string;
}

type DraftFault = 'required' | 'halfScope' | 'attributeWrong';
type System = Catalogue['systems'][number];
export type ScopeKey = System['scopes'][number];

/** An empty draft for a connection, or one like a hook that exists. */
export function startDraft(
  connection: Connection | undefined,
  catalogue: Catalogue | undefined,
  like?: HookModel,
): HookDraft {
  const system = like?.system ?? onlyOne(catalogue?.systems)?.system ?? '';
  const known = systemIn(catalogue, system);
  const event = like?.event ?? onlyOne(known?.events)?.event ?? '';
  const [main, ...others] = scopesOf(like, narrowingKeysFor(known, event));
  return {
    connection: connection?.id ?? '',
    system,
    event,
    scopeKey: main?.[0] ?? onlyOne(mainKeysFor(known, event))?.key ?? '',
    scopeValue: main?.[1] ?? '',
    narrowing: Object.fromEntries(others),
    region: like?.region ?? regionOf(connection, catalogue),
    filter: like?.filter ?? '',
    attribute: attributeText(like?.attribute),
  };
}

function onlyOne<T>(all: readonly T[] = []): T | undefined {
  return all.length === 1 ? all[0] : undefined;
}

/** What the hook watches, and then what narrows it. */
function scopesOf(like: HookModel | undefined, narrowing: readonly ScopeKey[]): readonly (readonly [string, string])[] {
  const isMain = ([key]: readonly [string, string]) => !narrowing.some((known) => known.key === key);
  const scopes = Object.entries(like?.scope ?? {});
  return [...scopes.filter(isMain), ...scopes.filter((one) => !isMain(one))];
}

/** The connection's own region where the catalogue knows it, else the first. */
function regionOf(connection: Connection | undefined, catalogue: Catalogue | undefined): string {
  const regions = catalogue?.regions ?? [];
  const own = connection?.settings.region;
  return (regions.find(({ value }) => value === own) ?? regions[0])?.value ?? '';
}

export function systemIn(catalogue: Catalogue | undefined, system: string): System | undefined {
  return catalogue?.systems.find((known) => known.system === system);
}

/** The scope keys that fit the event; all of the system where the event is not a known one. */
export function scopeKeysFor(system: System | undefined, event: string): readonly ScopeKey[] {
  if (!system) return [];
  const fitting = system.events.find((known) => known.event === event)?.scopes;
  return fitting ? system.scopes.filter(({ key }) => fitting.includes(key)) : system.scopes;
}

/** One of these says what is watched. */
function mainKeysFor(system: System | undefined, event: string): readonly ScopeKey[] {
  return event ? scopeKeysFor(system, event).filter(({ optional }) => !optional) : [];
}

export function narrowingKeysFor(system: System | undefined, event: string): readonly ScopeKey[] {
  return scopeKeysFor(system, event).filter(({ optional }) => optional);
}

export function faultsIn(
  draft: HookDraft,
  catalogue: Catalogue | undefined,
): Partial<Record<keyof HookDraft, DraftFault>> {
  const faults: Partial<Record<keyof HookDraft, DraftFault>> = {};
  const [key, value] = [draft.scopeKey.trim(), draft.scopeValue.trim()];
  const scoped = scopeKeysFor(systemIn(catalogue, draft.system), draft.event).length > 0;
  if (!draft.connection) faults.connection = 'required';
  if ((catalogue?.systems.length ?? 0) > 0 && !draft.system.trim()) faults.system = 'required';
  if (!draft.event.trim()) faults.event = 'required';
  if (!key && (scoped || value)) faults.scopeKey = scoped && !value ? 'required' : 'halfScope';
  if (!value && (scoped || key)) faults.scopeValue = scoped && !key ? 'required' : 'halfScope';
  if (attributeIn(draft.attribute) === null) faults.attribute = 'attributeWrong';
  return faults;
}

/** What is asked of the host; empty fields are left out. */
export function requestOf(draft: HookDraft): Input<'hooks.create'> {
  const [key, value] = [draft.scopeKey.trim(), draft.scopeValue.trim()];
  const narrowing = Object.entries(draft.narrowing).map(([name, text]) => [name, text.trim()] as const);
  const attribute = attributeIn(draft.attribute);
  return {
    connection: draft.connection,
    event: draft.event.trim(),
    scope: key ? { [key]: value, ...Object.fromEntries(narrowing.filter(([, text]) => text)) } : {},
    ...(draft.system.trim() ? { system: draft.system.trim() } : {}),
    ...(draft.region ? { region: draft.region } : {}),
    ...(draft.filter.trim() ? { filter: draft.filter.trim() } : {}),
    ...(attribute ? { attribute } : {}),
  };
}
