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

/** The text of the file; with credentials only under a passphrase. */
export async function exportText(options: TransferOptions, passphrase: string | undefined): Promise<string> {
  const { answers, ports } = options;
  const hooks = (await answers['hooks.list']({})).filter(({ ours }) => ours);
  const content = {
    exportedAt: new Date(ports.now()).toISOString(),
    settings: settingsToExport(await answers['settings.get']({})),
    connections: await connectionsToExport(options, hooks),
    rules: (await answers['notifications.rules']({})).rules,
  };
  if (passphrase === undefined) return composeDocument(content);
  const secrets = JSON.stringify(await secretsOf(options, hooks));
  return composeDocument(content, (context) => encryptText(secrets, passphrase, context));
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

/** What was typed; a person's sign-in stays on the computer where it was made. */
async function secretsOf(
  { answers, connectors, connections: { ownerSecrets }, forwardSecret }: TransferOptions,
  hooks: readonly Hook[],
): Promise<TransferSecrets> {
  const connections: Record<string, Record<string, string>> = {};
  for (const { id, connector } of await answers['connections.list']({})) {
    const typed = secretFields(connectors, connector).flatMap((name) => {
      const value = ownerSecrets(id, name)?.current;
      return value === undefined ? [] : [[name, value] as const];
    });
    connections[id] = Object.fromEntries(typed);
  }
  const forwards: Record<string, string> = {};
  for (const { id, forward } of hooks) {
    const secret = forward?.signed ? await forwardSecret(id) : undefined;
    if (secret !== undefined) forwards[id] = secret;
  }
  return { connections, forwards };
}

function secretFields(connectors: readonly Connector[], id: string): readonly string[] {
  const fields = connectors.find((connector) => connector.id === id)?.fields ?? [];
  return fields.filter(({ kind }) => kind === 'secret').map(({ name }) => name);
}
