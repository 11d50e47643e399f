import type { Catalogue, Connection, Hook, Input } from '../../preload/contract.ts';
import { attributeIn, attributeText } from './attribute.ts';

/** What stands in the form; every field is text. */
export interface HookDraft {
  readonly connection: string;
  readonly system: string;
  readonly event: string;
  readonly scopeKey: string;
  readonly scopeValue: string;
  readonly region: string;
  readonly filter: string;
  readonly attribute: string;
}

export type DraftFault = 'required' | 'halfScope' | 'attributeWrong';
type System = Catalogue['systems'][number];
export type ScopeKey = System['scopes'][number];

/** An empty draft for a connection, or one like a hook that exists. */
export function startDraft(
  connection: Connection | undefined,
  catalogue: Catalogue | undefined,
  like?: Hook,
): HookDraft {
  const [scopeKey = '', scopeValue = ''] = Object.entries(like?.scope ?? {})[0] ?? [];
  const only = catalogue?.systems.length === 1 ? catalogue.systems[0] : undefined;
  return {
    connection: connection?.id ?? '',
    system: like?.system ?? only?.system ?? '',
    event: like?.event ?? '',
    scopeKey,
    scopeValue,
    region: like?.region ?? regionOf(connection, catalogue),
    filter: like?.filter ?? '',
    attribute: attributeText(like?.attribute),
  };
}

/** The connection's own region where the catalogue knows it, else the first. */
export function regionOf(connection: Connection | undefined, catalogue: Catalogue | undefined): string {
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
  const attribute = attributeIn(draft.attribute);
  return {
    connection: draft.connection,
    event: draft.event.trim(),
    scope: key ? { [key]: value } : {},
    ...(draft.system.trim() ? { system: draft.system.trim() } : {}),
    ...(draft.region ? { region: draft.region } : {}),
    ...(draft.filter.trim() ? { filter: draft.filter.trim() } : {}),
    ...(attribute ? { attribute } : {}),
  };
}
