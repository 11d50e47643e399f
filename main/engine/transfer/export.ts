import type { Hook, Settings } from '../../../preload/contract/index.ts';
import type { Connector } from '../connector/index.ts';
import {
  composeDocument,
  type ExportDocument,
  type ExportedConnection,
  type ExportedHook,
  type TransferSecrets,
} from './document.ts';
import type { TransferOptions } from './options.ts';
import { encryptText } from './passphrase.ts';

interface Exported {
  readonly text: string;
  /** Connections and hooks of which stored credentials could not be decrypted; absent where there are none. */
  readonly undecryptable?: string[];
}

/** The text of the file; with credentials only under a passphrase. */
export async function exportText(options: TransferOptions, passphrase: string | undefined): Promise<Exported> {
  const { answers, ports } = options;
  const hooks = (await answers['hooks.list']({})).filter(({ ours }) => ours);
  const content = {
    exportedAt: new Date(ports.now()).toISOString(),
    settings: settingsToExport(await answers['settings.get']({})),
    connections: await connectionsToExport(options, hooks),
    rules: (await answers['notifications.rules']({})).rules,
  };
  if (passphrase === undefined) return { text: await composeDocument(content) };
  const { undecryptable, ...secrets } = await secretsOf(options, hooks);
  const plain = JSON.stringify(secrets);
  const text = await composeDocument(content, (context) => encryptText(plain, passphrase, context));
  return { text, ...(undecryptable.length > 0 ? { undecryptable } : {}) };
}

/** Without what belongs to this computer and this day: its proxy and a pause. */
function settingsToExport({ network: _, notifications, ...settings }: Settings): ExportDocument['settings'] {
  const { pausedUntil: _pause, ...others } = notifications;
  return { ...settings, notifications: others };
}

async function connectionsToExport(
  { answers }: TransferOptions,
  hooks: readonly Hook[],
): Promise<ExportedConnection[]> {
  const accounts = await answers['backups.accounts']({});
  const connections = await answers['connections.list']({});
  return connections.map(({ id, connector, name, settings }) => {
    const plan = accounts.find(({ connection }) => connection === id)?.plan;
    const own = hooks.filter(({ connection }) => connection === id).map(hookToExport);
    return { id, connector, name, settings, ...(plan ? { plan } : {}), hooks: own };
  });
}

function hookToExport({ id, system, event, scope, region, filter, attribute, forward, paused }: Hook): ExportedHook {
  return {
    ...{ id, event, scope },
    ...(system === undefined ? {} : { system }),
    ...(region === undefined ? {} : { region }),
    ...(filter === undefined ? {} : { filter }),
    ...(attribute === undefined ? {} : { attribute }),
    ...(forward ? { forward } : {}),
    ...(paused ? { paused } : {}),
  };
}

/** The secrets that were typed; a person's sign-in stays on the computer where it was made. */
async function secretsOf(
  { answers, connectors, connections: { ownerSecrets }, forwardSecret }: TransferOptions,
  hooks: readonly Hook[],
): Promise<TransferSecrets & { readonly undecryptable: string[] }> {
  const undecryptable = new Set<string>();
  const connections: Record<string, Record<string, string>> = {};
  for (const { id, connector, name: connection } of await answers['connections.list']({})) {
    const typed = secretFields(connectors, connector).flatMap((name) => {
      const secret = ownerSecrets(id, name);
      if (!secret) undecryptable.add(connection);
      return secret?.current === undefined ? [] : [[name, secret.current] as const];
    });
    connections[id] = Object.fromEntries(typed);
  }
  const forwards: Record<string, string> = {};
  for (const { id, forward, event } of hooks) {
    if (!forward?.signed) continue;
    const secret = await forwardSecret(id).catch(() => undefined);
    if (secret === undefined) undecryptable.add(event);
    else forwards[id] = secret;
  }
  return { connections, forwards, undecryptable: [...undecryptable] };
}

function secretFields(connectors: readonly Connector[], id: string): readonly string[] {
  const fields = connectors.find((connector) => connector.id === id)?.fields ?? [];
  return fields.filter(({ kind }) => kind === 'secret').map(({ name }) => name);
}
