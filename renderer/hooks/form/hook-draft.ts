import type { Catalogue, Connection, Input, NotificationMode } from '../../../preload/contract/index.ts';
import type { HookModel } from '../../view.ts';
import { attributeIn, attributeText } from './attribute.ts';

/** The values of the form, all as text. One hook is created for each event at each place. */
export interface HookDraft {
  readonly connection: string;
  readonly system: string;
  readonly events: readonly string[];
  readonly scopeKey: string;
  /** The ids of the places. */
  readonly places: readonly string[];
  /** Values of optional scope keys, which narrow the scope. */
  readonly narrowing: Readonly<Record<string, string>>;
  readonly region: string;
  readonly filter: string;
  readonly attribute: string;
  /** How to notify of its events; empty where the user's rules decide. */
  readonly mode: NotificationMode | '';
}

type DraftFault = 'required' | 'halfScope' | 'attributeWrong' | 'apart';
type System = Catalogue['systems'][number];
export type ScopeKey = System['scopes'][number];

/** An empty draft for a connection, or one with the values of an existing hook. */
export function startDraft(
  connection: Connection | undefined,
  catalogue: Catalogue | undefined,
  like?: HookModel,
): HookDraft {
  const system = like?.system ?? onlyOne(catalogue?.systems)?.system ?? '';
  const known = systemIn(catalogue, system);
  const event = like?.event ?? onlyOne(known?.events)?.event;
  const events = event === undefined ? [] : [event];
  const [main, ...others] = scopesOf(like, narrowingKeysFor(known, events));
  return {
    connection: connection?.id ?? '',
    system,
    events,
    scopeKey: main?.[0] ?? onlyOne(mainKeysFor(known, events))?.key ?? '',
    places: [main?.[1] ?? ''],
    narrowing: Object.fromEntries(others),
    region: like?.region ?? regionOf(connection, catalogue),
    filter: like?.filter ?? '',
    attribute: attributeText(like?.attribute),
    mode: '',
  };
}

function onlyOne<T>(all: readonly T[] = []): T | undefined {
  return all.length === 1 ? all[0] : undefined;
}

/** The values of the main scope key first, then of those that narrow it. */
function scopesOf(like: HookModel | undefined, narrowing: readonly ScopeKey[]): readonly (readonly [string, string])[] {
  const isMain = ([key]: readonly [string, string]) => !narrowing.some((known) => known.key === key);
  const scopes = Object.entries(like?.scope ?? {});
  return [...scopes.filter(isMain), ...scopes.filter((one) => !isMain(one))];
}

/** The connection's region where the catalogue contains it, otherwise the first one. */
function regionOf(connection: Connection | undefined, catalogue: Catalogue | undefined): string {
  const regions = catalogue?.regions ?? [];
  const own = connection?.settings.region;
  return (regions.find(({ value }) => value === own) ?? regions[0])?.value ?? '';
}

export function systemIn(catalogue: Catalogue | undefined, system: string): System | undefined {
  return catalogue?.systems.find((known) => known.system === system);
}

/** The system of an event; undefined where it is not in the catalogue. */
export function systemOf(catalogue: Catalogue | undefined, event: string): System | undefined {
  return catalogue?.systems.find(({ events }) => events.some((known) => known.event === event));
}

/** The scope keys that all events accept; an unknown event accepts all of its system. */
function scopeKeysFor(system: System | undefined, events: readonly string[]): readonly ScopeKey[] {
  if (!system) return [];
  const fitting = events.flatMap((event) => system.events.filter((known) => known.event === event));
  return system.scopes.filter(({ key }) => fitting.every(({ scopes }) => scopes.includes(key)));
}

/** The scope keys of which one is required. */
export function mainKeysFor(system: System | undefined, events: readonly string[]): readonly ScopeKey[] {
  return events.length > 0 ? scopeKeysFor(system, events).filter(({ optional }) => !optional) : [];
}

export function narrowingKeysFor(system: System | undefined, events: readonly string[]): readonly ScopeKey[] {
  return scopeKeysFor(system, events).filter(({ optional }) => optional);
}

export function faultsIn(
  draft: HookDraft,
  catalogue: Catalogue | undefined,
): Partial<Record<keyof HookDraft, DraftFault>> {
  const faults: Partial<Record<keyof HookDraft, DraftFault>> = {};
  const system = systemIn(catalogue, draft.system);
  if (!draft.connection) faults.connection = 'required';
  if ((catalogue?.systems.length ?? 0) > 0 && !draft.system.trim()) faults.system = 'required';
  if (draft.events.length === 0) faults.events = 'required';
  else if (isApart(system, draft.events)) faults.events = 'apart';
  if (attributeIn(draft.attribute) === null) faults.attribute = 'attributeWrong';
  return { ...faults, ...placeFaults(draft, scopeKeysFor(system, draft.events).length > 0) };
}

function placeFaults(
  { scopeKey, places }: HookDraft,
  scoped: boolean,
): Partial<Record<'scopeKey' | 'places', DraftFault>> {
  const key = scopeKey.trim();
  const value = placesIn(places).length > 0;
  return {
    ...(!key && (scoped || value) ? { scopeKey: scoped && !value ? 'required' : 'halfScope' } : {}),
    ...(!value && (scoped || key) ? { places: scoped && !key ? 'required' : 'halfScope' } : {}),
  };
}

/** Whether known events have no scope key in common. */
function isApart(system: System | undefined, events: readonly string[]): boolean {
  const scoped = system?.events.filter(({ event, scopes }) => events.includes(event) && scopes.length > 0) ?? [];
  return scoped.length > 1 && mainKeysFor(system, events).length === 0;
}

const placesIn = (places: readonly string[]): readonly string[] => [
  ...new Set(places.map((place) => place.trim()).filter(Boolean)),
];

/** The requests for the host: one for each event at each place, without empty fields. */
export function requestsOf(draft: HookDraft): readonly Input<'hooks.create'>[] {
  const key = draft.scopeKey.trim();
  const narrowing = Object.entries(draft.narrowing).map(([name, text]) => [name, text.trim()] as const);
  const more = Object.fromEntries(narrowing.filter(([, text]) => text));
  const scopes = key ? placesIn(draft.places).map((place) => ({ [key]: place, ...more })) : [{}];
  const attribute = attributeIn(draft.attribute);
  return draft.events.flatMap((event) =>
    scopes.map((scope) => ({
      ...{ connection: draft.connection, event: event.trim(), scope },
      ...(draft.system.trim() ? { system: draft.system.trim() } : {}),
      ...(draft.region ? { region: draft.region } : {}),
      ...(draft.filter.trim() ? { filter: draft.filter.trim() } : {}),
      ...(attribute ? { attribute } : {}),
    })),
  );
}
