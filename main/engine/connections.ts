import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { type Connection, isSafeAddress } from '../../preload/contract.ts';
import type { Connector, Context, Field } from './connector.ts';
import { RingbackError } from './errors.ts';
import type { Store } from './ports.ts';
import { createRecord } from './record.ts';
import { Sealed, type Vault } from './vault.ts';

const Stored = z.array(
  z.object({
    id: z.string(),
    connector: z.string(),
    name: z.string(),
    account: z.string().optional(),
    settings: z.record(z.string(), z.string()),
    secrets: z.record(z.string(), Sealed),
    /** Secrets that were replaced and still count until that time, in milliseconds since 1970. */
    previous: z.record(z.string(), z.object({ sealed: Sealed, until: z.number() })).default({}),
  }),
);
type StoredConnection = z.infer<typeof Stored>[number];

export interface Connections {
  add(input: {
    connector: string;
    name?: string | undefined;
    settings: Record<string, string>;
    secrets: Record<string, string>;
  }): Promise<Connection>;
  list(): Connection[];
  update(
    id: string,
    change: { name?: string | undefined; secrets?: Record<string, string> | undefined },
  ): Promise<Connection>;
  check(id: string): Promise<Connection>;
  remove(id: string): void;
  /** Throws not-found. */
  open(id: string): { connector: Connector; context: Context; name: string };
  /** The owner's secret of that name and its predecessor while that still counts; undefined while they cannot be unsealed. */
  ownerSecrets(id: string, name: string): { current?: string; previous?: string } | undefined;
}

export interface ConnectionsOptions {
  readonly store: Store;
  readonly vault: Vault;
  readonly connectors: readonly Connector[];
  readonly fetch: typeof globalThis.fetch;
  readonly signal: AbortSignal;
  now(): number;
  warn(message: string): void;
  changed(): void;
}

/** A replaced secret counts this much longer: APS retries for 48 hours, and a secret takes ten minutes to apply. */
const week = 7 * 24 * 3600_000;

interface Opened {
  readonly context: Context;
  readonly lost: readonly string[];
  readonly previous: Readonly<Record<string, { value: string; until: number }>>;
}

export async function openConnections(options: ConnectionsOptions): Promise<Connections> {
  const { vault, now } = options;
  const record = createRecord(options.store, 'connections', Stored, [], options.warn);
  const opened = new Map<string, Opened>();

  const connectorOf = (id: string): Connector => {
    const connector = options.connectors.find((one) => one.id === id);
    if (!connector) throw new RingbackError('invalid-input', `There is no connector "${id}".`);
    return connector;
  };
  const storedOf = (id: string): StoredConnection => {
    const stored = record.value.find((one) => one.id === id);
    if (!stored) throw new RingbackError('not-found', 'This connection is not here any more.');
    return stored;
  };
  const createContext = (settings: Record<string, string>, secrets: Record<string, string>): Context => ({
    settings,
    secrets,
    memory: new Map(),
    fetch: options.fetch,
    signal: options.signal,
    now,
  });
  const openStored = async (stored: StoredConnection): Promise<void> => {
    const { secrets, lost } = await vault.unseal(stored.secrets);
    const live = Object.entries(stored.previous).filter(([, { until }]) => until > now());
    const former = await vault.unseal(Object.fromEntries(live.map(([name, { sealed }]) => [name, sealed])));
    const previous = Object.fromEntries(
      live.flatMap(([name, { until }]) => {
        const value = former.secrets[name];
        return value === undefined ? [] : [[name, { value, until }] as const];
      }),
    );
    if (lost.length > 0) {
      options.warn(`The secrets of "${stored.name}" can no longer be read (the key store changed). Enter them again.`);
    }
    opened.set(stored.id, { context: createContext(stored.settings, secrets), lost, previous });
  };
  const save = (next: StoredConnection): void => {
    record.set([...record.value.filter((one) => one.id !== next.id), next]);
    options.changed();
  };
  const open: Connections['open'] = (id) => {
    const stored = storedOf(id);
    const found = opened.get(id);
    if (!found) throw new RingbackError('not-found', 'This connection is not here any more.');
    if (found.lost.length > 0) {
      throw new RingbackError('conflict', `The secrets of "${stored.name}" can no longer be read. Enter them again.`);
    }
    return { connector: connectorOf(stored.connector), context: found.context, name: stored.name };
  };

  for (const stored of record.value) await openStored(stored);

  return {
    async add({ connector: connectorId, name, settings: typed, secrets: typedSecrets }) {
      const connector = connectorOf(connectorId);
      const settings = settingsOf(connector.fields, typed);
      const secrets = secretsOf(connector.fields, typedSecrets);
      const twin = record.value.find((one) => one.connector === connectorId && sameSettings(one.settings, settings));
      if (twin) throw new RingbackError('conflict', `This account is connected already, as "${twin.name}".`);
      const account = await connector.check(createContext(settings, secrets));
      const stored: StoredConnection = {
        id: randomUUID(),
        connector: connectorId,
        name: name || account.name || connector.title,
        account: account.name,
        settings,
        secrets: await vault.seal(secrets),
        previous: {},
      };
      await openStored(stored);
      save(stored);
      return toConnection(stored);
    },
    list: () => record.value.map(toConnection),
    async update(id, { name, secrets: typed = {} }) {
      const stored = storedOf(id);
      const connector = connectorOf(stored.connector);
      const kept = opened.get(id)?.context.secrets ?? {};
      const secrets = secretsOf(connector.fields, { ...kept, ...typed });
      const account =
        Object.keys(typed).length === 0
          ? stored.account
          : (await connector.check(createContext(stored.settings, secrets))).name;
      const replaced = Object.entries(stored.secrets)
        .filter(([key]) => key in typed && kept[key] !== undefined && kept[key] !== typed[key])
        .map(([key, sealed]) => [key, { sealed, until: now() + week }] as const);
      const next: StoredConnection = {
        ...stored,
        name: name ?? stored.name,
        ...(account === undefined ? {} : { account }),
        secrets: Object.keys(typed).length === 0 ? stored.secrets : await vault.seal(secrets),
        previous: { ...stored.previous, ...Object.fromEntries(replaced) },
      };
      await openStored(next);
      save(next);
      return toConnection(next);
    },
    async check(id) {
      const { connector, context } = open(id);
      context.memory.clear();
      const account = await connector.check(context);
      const next = { ...storedOf(id), account: account.name };
      save(next);
      return toConnection(next);
    },
    remove(id) {
      storedOf(id);
      record.set(record.value.filter((one) => one.id !== id));
      opened.delete(id);
      options.changed();
    },
    open,
    ownerSecrets(id, name) {
      const found = opened.get(id);
      if (!found || found.lost.includes(name)) return undefined;
      const current = found.context.secrets[name];
      const former = found.previous[name];
      const previous = former && former.until > now() ? former.value : undefined;
      return { ...(current ? { current } : {}), ...(previous ? { previous } : {}) };
    },
  };
}

function toConnection({ id, connector, name, account, settings }: StoredConnection): Connection {
  return { id, connector, name, settings, ...(account === undefined ? {} : { account }) };
}

function sameSettings(a: Record<string, string>, b: Record<string, string>): boolean {
  const names = new Set([...Object.keys(a), ...Object.keys(b)]);
  return [...names].every((name) => a[name] === b[name]);
}

function settingsOf(fields: readonly Field[], typed: Record<string, string>): Record<string, string> {
  return valuesOf(
    fields.filter((field) => field.kind !== 'secret'),
    typed,
    'setting',
  );
}

function secretsOf(fields: readonly Field[], typed: Record<string, string>): Record<string, string> {
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
    const value = field.kind === 'secret' ? typed[field.name] : typed[field.name]?.trim() || field.default;
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
