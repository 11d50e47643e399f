import { isSafeAddress, normalizeAddress } from '../../../preload/contract/index.ts';
import type { Field } from '../connector/index.ts';
import { RingbackError } from '../errors.ts';
import { connectionMessages, type Message } from '../messages/index.ts';

type Values = Readonly<Record<string, string>>;

/** The settings of a form, with defaults and every rule checked, without empty ones and those that do not apply. */
export function settingsOf(fields: readonly Field[], typed: Values): Record<string, string> {
  const settings = fields.filter((field) => field.kind !== 'secret');
  rejectUnknown(settings, typed, connectionMessages.unknownSetting);
  const values: Record<string, string> = {};
  // A field comes after the one that decides whether it applies.
  for (const field of settings) {
    const value = applies(field, values) && checked(field, typed[field.name]?.trim() || field.default);
    if (value) values[field.name] = value;
  }
  return values;
}

/** The same for its secrets, which are stored exactly as typed. */
export function secretsOf(fields: readonly Field[], typed: Values, settings: Values): Record<string, string> {
  const secrets = fields.filter((field) => field.kind === 'secret');
  rejectUnknown(secrets, typed, connectionMessages.unknownSecret);
  const values: Record<string, string> = {};
  for (const field of secrets) {
    // A secret keeps its blanks; a line break at its ends comes with copying.
    const value =
      applies(field, settings) && checked(field, typed[field.name]?.replace(/^[\r\n]+|(?<![\r\n])[\r\n]+$/g, ''));
    if (value) values[field.name] = value;
  }
  return values;
}

/** The required secrets that are not among these. */
export function missingSecrets(fields: readonly Field[], secrets: Values, settings: Values): string[] {
  const required = fields.filter((field) => field.kind === 'secret' && field.required && applies(field, settings));
  return required.map(({ name }) => name).filter((name) => !secrets[name]);
}

function rejectUnknown(fields: readonly Field[], typed: Values, message: (unknown: { name: string }) => Message): void {
  const unknown = Object.keys(typed).find((name) => !fields.some((field) => field.name === name));
  if (unknown !== undefined) throw new RingbackError('invalid-input', message({ name: unknown }));
}

function applies({ when }: Field, settings: Values): boolean {
  return !when || when.in.includes(settings[when.field] ?? '');
}

function checked(field: Field, value: string | undefined): string | undefined {
  const invalid = (message: (parameters: { field: string }) => Message) =>
    new RingbackError('invalid-input', message({ field: field.label }));
  if (!value) {
    if (field.required) throw invalid(connectionMessages.fieldMissing);
    return undefined;
  }
  if (field.kind === 'choice' && !field.choices?.some((choice) => choice.value === value)) {
    throw invalid(connectionMessages.fieldChoice);
  }
  if (field.kind === 'port' && !(/^\d{4,5}$/.test(value) && Number(value) >= 1024 && Number(value) <= 65535)) {
    throw invalid(connectionMessages.fieldPort);
  }
  if (field.kind !== 'url') return value;
  const address = normalizeAddress(value);
  if (isSafeAddress(address)) return address;
  throw invalid(connectionMessages.fieldAddress);
}
