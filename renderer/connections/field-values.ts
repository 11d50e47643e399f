import type { Field } from '../../preload/contract/index.ts';

type Values = Readonly<Record<string, string>>;

interface PartedValues {
  readonly settings: Record<string, string>;
  readonly secrets: Record<string, string>;
}

/** The initial values of a form with these fields. */
export function startValues(fields: readonly Field[]): Values {
  return Object.fromEntries(fields.map((field) => [field.name, field.default ?? '']));
}

/** The fields that are relevant with these values. */
export function applicable(fields: readonly Field[], values: Values): readonly Field[] {
  return fields.filter(({ when }) => !when || when.in.includes(values[when.field] ?? ''));
}

/** Whether the field is among the advanced ones: optional fields for texts, URLs and secrets. */
export function isAdvanced({ required, kind }: Pick<Field, 'required' | 'kind'>): boolean {
  return !required && (kind === 'text' || kind === 'url' || kind === 'secret');
}

/** Names of required fields that are empty. */
export function missingIn(fields: readonly Field[], values: Values): readonly string[] {
  return applicable(fields, values)
    .filter((field) => field.required && !values[field.name]?.trim())
    .map((field) => field.name);
}

/** Splits the values into settings and secrets, without empty and irrelevant ones; trims spaces, often pasted. */
export function requestOf(fields: readonly Field[], values: Values): PartedValues {
  const settings: Record<string, string> = {};
  const secrets: Record<string, string> = {};
  for (const { name, kind } of applicable(fields, values)) {
    const value = values[name]?.trim();
    if (value) (kind === 'secret' ? secrets : settings)[name] = value;
  }
  return { settings, secrets };
}
