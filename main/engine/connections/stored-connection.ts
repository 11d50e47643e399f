import { z } from 'zod';
import { Limitation } from '../../../preload/contract/index.ts';
import type { Field } from '../connector/index.ts';
import { EncryptedText } from '../storage/index.ts';

/** A connection as it is stored. */
export const StoredConnection = z.object({
  id: z.string(),
  connector: z.string(),
  name: z.string(),
  account: z.string().optional(),
  /** What the account cannot do, as a check has found. */
  cannot: z.array(Limitation).optional(),
  settings: z.record(z.string(), z.string()),
  secrets: z.record(z.string(), EncryptedText),
  /** Names of required secrets that were never entered on this computer. */
  missing: z.array(z.string()).optional(),
  /** Secrets that were replaced and still count until that time, in milliseconds since 1970. */
  previous: z.record(z.string(), z.object({ sealed: EncryptedText, until: z.number() })).default({}),
  /** Secrets that the connector stores itself, such as tokens, by their names. */
  kept: z.record(z.string(), EncryptedText).default({}),
});
export type StoredConnection = z.infer<typeof StoredConnection>;

type Settings = Readonly<Record<string, string>>;

/** Whether two forms were filled in alike; an empty field and its default are the same. */
export function sameSettings(fields: readonly Field[], one: Settings, other: Settings): boolean {
  return fields.every(
    ({ name, default: otherwise }) => (one[name] ?? otherwise ?? '') === (other[name] ?? otherwise ?? ''),
  );
}

type Convert = (secrets: Readonly<Record<string, string>>) => Promise<Record<string, string>>;

/** The connection with all of its secrets converted. */
export async function withSecrets(connection: StoredConnection, convert: Convert): Promise<StoredConnection> {
  const { secrets, kept, previous } = connection;
  const sealed = await convert(Object.fromEntries(Object.entries(previous).map(([name, one]) => [name, one.sealed])));
  return {
    ...connection,
    secrets: await convert(secrets),
    kept: await convert(kept),
    previous: Object.fromEntries(
      Object.entries(previous).map(([name, { until }]) => [name, { sealed: sealed[name] ?? '', until }]),
    ),
  };
}
