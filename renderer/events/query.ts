import type { Input, Outcome } from '../../preload/contract/index.ts';

const filterKeys = ['outcome', 'event', 'hook', 'conn', 'since', 'until', 'name'] as const;
export type FilterKey = (typeof filterKeys)[number];

/** A part of a query: a filter such as "outcome:failed" or "name~tower", or words to search for. */
export type Term =
  | { readonly key: FilterKey; readonly value: string; readonly text: string }
  | { readonly key: undefined; readonly text: string };

/** The query in the form of the engine, and its invalid filters. */
export interface ReadQuery {
  readonly filter: Omit<Input<'events.list'>, 'limit' | 'before' | 'notification'>;
  readonly unclear: readonly Term[];
}

/** Resolves names in a query. */
export interface Named {
  /** The id of a hook or connection from its id or a part of its name. */
  hook(text: string): string | undefined;
  connection(text: string): string | undefined;
}

const termPattern = /(?:(outcome|event|hook|conn|since|until):|(name)~)("[^"]*"?|\S+)|-?"[^"]*"?|\S+/giu;
const outcomes: readonly Outcome[] = ['success', 'failed', 'info'];
const milliseconds = { m: 60_000, h: 3_600_000, d: 86_400_000, w: 604_800_000 } as const;

/** The parts of a query in their order. */
export function termsOf(query: string): readonly Term[] {
  return [...query.matchAll(termPattern)].map(([text, colonKey, tildeKey, value]) => {
    const key = filterKeys.find((each) => each === (colonKey ?? tildeKey)?.toLowerCase());
    return key && value ? { key, value: value.replaceAll('"', ''), text } : { key: undefined, text };
  });
}

/** Parses a query at the time `now`; the last filter of a kind counts. */
export function readQuery(query: string, named: Named, now: number): ReadQuery {
  const terms = termsOf(query);
  const filter: Record<string, string> = {};
  const unclear: Term[] = [];
  for (const term of terms) {
    if (term.key === undefined) continue;
    const value = appliedValue(term.key, term.value, named, now);
    if (value === undefined) unclear.push(term);
    else filter[parameterOf[term.key]] = value;
  }
  const text = textOf(terms);
  return { filter: { ...(filter as ReadQuery['filter']), ...(text ? { text } : {}) }, unclear };
}

/** The query with this filter in place of others of its kind, or without any where `value` is undefined. */
export function withFilter(query: string, key: FilterKey, value: string | undefined): string {
  const rest = termsOf(query).filter((term) => term.key !== key);
  const texts = rest.map(({ text }) => text);
  if (value !== undefined)
    texts.unshift(`${key}${key === 'name' ? '~' : ':'}${/\s/.test(value) ? `"${value}"` : value}`);
  return texts.join(' ');
}

/** The value of a filter in the query. */
export function filterIn(query: string, key: FilterKey): string | undefined {
  const term = termsOf(query).findLast((each) => each.key === key);
  return term?.key && term.value;
}

const parameterOf = {
  outcome: 'outcome',
  event: 'event',
  hook: 'hook',
  conn: 'connection',
  since: 'since',
  until: 'until',
  name: 'name',
} as const satisfies Record<FilterKey, keyof ReadQuery['filter']>;

function textOf(terms: readonly Term[]): string {
  return terms
    .filter(({ key }) => key === undefined)
    .map(({ text }) => text)
    .join(' ');
}

function appliedValue(key: FilterKey, value: string, named: Named, now: number): string | undefined {
  if (!value) return undefined;
  if (key === 'outcome') return outcomes.find((outcome) => outcome === value.toLowerCase());
  if (key === 'hook') return named.hook(value);
  if (key === 'conn') return named.connection(value);
  if (key === 'since' || key === 'until') return timeOf(value, now);
  return value;
}

/** Parses "7d" as a time in the past, "2026-11-03" as the start of a local day, and other texts as a time. */
function timeOf(text: string, now: number): string | undefined {
  const [, amount, unit] = /^(\d{1,5})([mhdw])$/i.exec(text) ?? [];
  if (amount && unit) return new Date(now - Number(amount) * milliseconds[unit.toLowerCase() as 'd']).toISOString();
  const at = /^\d{4}-\d{2}-\d{2}$/.test(text) ? Date.parse(`${text}T00:00:00`) : Date.parse(text);
  return /^\d{4}-/.test(text) && !Number.isNaN(at) ? new Date(at).toISOString() : undefined;
}
