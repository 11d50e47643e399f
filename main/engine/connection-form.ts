import { isSafeAddress } from '../../preload/contract.ts';
import type { Field } from './connector.ts';
import { RingbackError } from './errors.ts';

/** The settings typed into a connection form, with defaults and every rule checked; empty ones are left out. */
export function settingsOf(fields: readonly Field[], typed: Record<string, string>): Record<string, string> {
  return valuesOf(
    fields.filter((field) => field.kind !== 'secret'),
    typed,
    'setting',
  );
}

/** The same for its secrets, which are kept exactly as typed. */
export function secretsOf(fields: readonly Field[], typed: Record<string, string>): Record<string, string> {
  return valuesOf(
    fields.filter((field) => field.kind === 'secret'),
    typed,
    'secret',
  );
}

/** The typed values with defaults, every rule of the form checked; empty ones are left out. */
function valuesOf(fields: readonly Field[], typed: Record<string, string>, kind: string): Record<string, string> {
  const unknown = Object.keys(typed).find((name) => !fields.some((field) => field.name === name));
  if (unknown !== undefined) throw new RingbackError('invalid-input', `There is no ${kind} "${unknown}" here.`);
  const values: Record<string, string> = {};
  for (const field of fields) {
    // A secret keeps its blanks; a line break at its ends comes with copying.
    const value =
      field.kind === 'secret'
        ? typed[field.name]?.replace(/^[\r\n]+|[\r\n]+$/g, '')
        : typed[field.name]?.trim() || field.default;
    if (!value) {
      if (field.required) throw new RingbackError('invalid-input', `${field.label} is missing.`);
      continue;
    }
    values[field.name] = field.kind === 'url' ? addressOf(field, value) : value;
    if (field.kind === 'choice' && !field.choices?.some((choice) => choice.value === value)) {
      throw new RingbackError('invalid-input', `${field.label} must be one of the given choices.`);
    }
  }
  return values;
}

function addressOf(field: Field, value: string): string {
  if (isSafeAddress(value)) return value.replace(/\/+$/, '');
  throw new RingbackError(
    'invalid-input',
    `${field.label} must be an https address (plain http is accepted for this computer only), without query or fragment.`,
  );
}
