import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { Connection } from '../../preload/contract.ts';
import { secretsOf, settingsOf } from './connection-form.ts';
import type { Connector, Context } from './connector.ts';
import { RingbackError } from './errors.ts';
import type { Store } from './ports.ts';
import { createRecord } from './record.ts';
import { createTurns } from './turns.ts';
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
  update(id: string, change: ConnectionChange): Promise<Connection>;
  check(id: string): Promise<Connection>;
  remove(id: string): void;
  /** Whether its provider has that bundle. */
  supports(id: string, bundle: 'hooks' | 'backups'): boolean;
  /** Throws not-found. */
  open(id: string): { connector: Connector; context: Context; name: string };
  /** The owner's secret of that name and its predecessor while that still counts; undefined while they cannot be unsealed. */
  ownerSecrets(id: string, name: string): { current?: string; previous?: string } | undefined;
}

export interface ConnectionChange {
  readonly name?: string | undefined;
  readonly settings?: Record<string, string> | undefined;
  readonly secrets?: Record<string, string> | undefined;
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
    const known = record.value.some((one) => one.id === next.id);
    record.set(known ? record.value.map((one) => (one.id === next.id ? next : one)) : [...record.value, next]);
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

  const refuseTwin = (connector: string, settings: Record<string, string>, self?: string): void => {
    const twin = record.value.find(
      (one) => one.connector === connector && one.id !== self && sameSettings(one.settings, settings),
    );
    if (twin) throw new RingbackError('conflict', `This account is connected already, as "${twin.name}".`);
  };
  const add: Connections['add'] = async (input) => {
    const connector = connectorOf(input.connector);
    const settings = settingsOf(connector.fields, input.settings);
    const secrets = secretsOf(connector.fields, input.secrets);
    refuseTwin(connector.id, settings);
    const account = await connector.check(createContext(settings, secrets));
    const stored: StoredConnection = {
      id: randomUUID(),
      connector: connector.id,
      name: input.name || account.name || connector.title,
      account: account.name,
      settings,
      secrets: await vault.seal(secrets),
      previous: {},
    };
    await openStored(stored);
    save(stored);
    return toConnection(stored);
  };
  const rename = (id: string, name: string | undefined): Connection => {
    const stored = storedOf(id);
    const next = { ...stored, name: name ?? stored.name };
    save(next);
    return toConnection(next);
  };
  const update: Connections['update'] = async (id, { name, settings: newSettings, secrets: newSecrets }) => {
    if (!newSettings && !newSecrets) return rename(id, name);
    const { connector: connectorId, settings: oldSettings } = storedOf(id);
    const connector = connectorOf(connectorId);
    const kept = opened.get(id)?.context.secrets ?? {};
    const settings = settingsOf(connector.fields, { ...oldSettings, ...newSettings });
    const secrets = secretsOf(connector.fields, { ...kept, ...newSecrets });
    refuseTwin(connectorId, settings, id);
    const account = await connector.check(createContext(settings, secrets));
    const sealed = await vault.seal(secrets);
    const stored = storedOf(id);
    const replaced = Object.entries(stored.secrets)
      .filter(([key]) => kept[key] !== undefined && kept[key] !== secrets[key])
      .map(([key, secret]) => [key, { sealed: secret, until: now() + week }] as const);
    const next: StoredConnection = {
      ...stored,
      name: name ?? stored.name,
      account: account.name,
      settings,
      secrets: sealed,
      previous: { ...stored.previous, ...Object.fromEntries(replaced) },
    };
    await openStored(next);
    save(next);
    return toConnection(next);
  };
  const turns = createTurns();

  for (const stored of record.value) await openStored(stored);

  return {
    add: (input) => turns(() => add(input)),
    list: () => record.value.map(toConnection),
    update: (id, change) => turns(() => update(id, change)),
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
    supports: (id, bundle) => connectorOf(storedOf(id).connector)[bundle] !== undefined,
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
