import { onTestFinished } from 'vitest';
import { createAutoflex } from '../../../main/connectors/autoflex/connector.ts';
import type { BackupSupport, Connector, Context } from '../../../main/engine/connector/index.ts';
import { type AutoflexOptions, type AutoflexSandbox, startAutoflex } from '../../../main/sandbox/autoflex/index.ts';

export interface TestAutoflex {
  readonly sandbox: AutoflexSandbox;
  readonly connector: Connector;
  readonly backups: BackupSupport;
  readonly context: Context;
  /** What the connector would have waited, in milliseconds; it does not. */
  readonly waits: readonly number[];
  /** Method and path, without the base path. */
  asked(): string[];
  /** A callback address nobody listens at. */
  readonly callbackUrl: string;
  /** Orders a backup and gives the id its callback carries. */
  order(): Promise<string>;
}

/** The strict simulator, and a connection to it. */
export async function openAutoflex(
  options: AutoflexOptions = {},
  changes: Partial<Context> = {},
): Promise<TestAutoflex> {
  const sandbox = await startAutoflex(options);
  onTestFinished(() => sandbox.stop());
  const waits: number[] = [];
  const connector = createAutoflex({ wait: async (milliseconds) => void waits.push(milliseconds) });
  const { backups } = connector;
  if (!backups) throw new Error('The connector makes no backups.');
  const context = createContext(sandbox, changes);
  const callbackUrl = 'http://127.0.0.1:9/in/0123456789abcdef0123456789abcdef';
  return {
    sandbox,
    connector,
    backups,
    context,
    waits,
    asked: () => sandbox.requests.map(({ method, path }) => `${method} ${path.replace(/^.*(webservice_v2|\/v2)/, '')}`),
    callbackUrl,
    async order() {
      await backups.request(context, 'backup-owner', callbackUrl);
      return sandbox.orders.at(-1)?.ids[0] ?? '';
    },
  };
}

/** What the engine hands to the connector. */
export function createContext(
  { url, username, apiKey, password }: Pick<AutoflexSandbox, 'url' | 'username' | 'apiKey' | 'password'>,
  changes: Partial<Context> = {},
): Context {
  return {
    settings: { baseUrl: url, username },
    secrets: { apiKey, password },
    storeSecret: async () => {},
    memory: new Map(),
    fetch: globalThis.fetch,
    signal: new AbortController().signal,
    now: Date.now,
    ...changes,
  };
}
