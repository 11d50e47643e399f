import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { connectors } from '../connectors/index.ts';
import { openAccessToken, openControlEndpoint } from '../control/index.ts';
import { connectDemo, type DemoConnections } from '../demo/index.ts';
import { ask } from '../engine/ask.ts';
import { type Engine, openEngine } from '../engine/index.ts';
import { describe, type Log } from '../engine/log.ts';
import type { Message } from '../engine/messages/index.ts';
import type { LogEntry, Ports } from '../engine/ports.ts';
import { lockFolder, prepareDataFolder } from '../engine/storage/index.ts';
import { createMeteredQuestion, readMachine, startWakeWatch } from '../platform/index.ts';
import { sendMail } from '../platform/mail/index.ts';
import { connectNats } from '../platform/nats/index.ts';
import { createNetwork, type Network, trustSystemCertificates } from '../platform/network/index.ts';
import type { Sandbox } from '../sandbox/index.ts';
import { openApi } from './api.ts';
import { openCipher } from './cipher.ts';
import { variablesForRestart } from './configuration.ts';
import type { Environment } from './environment.ts';
import { openKeyring } from './keyring.ts';
import { createNotifyCommand } from './notify-command.ts';
import { holdsKeyringSecrets, openStore } from './store.ts';
import { noteLine } from './terminal.ts';

/** The engine without Electron, and the server for its window. */
export interface Host {
  readonly engine: Engine;
  /** The window's URL with the token. */
  readonly address: string;
  /** Applies changed settings; logs which take effect at the next start. Throws a RingbackError. */
  reload(environment: Environment): Promise<void>;
  readonly demo?: { readonly sandbox: Sandbox; readonly connections: DemoConnections };
  close(): Promise<void>;
}

/** Milliseconds for the keyring's first response; on a server nobody unlocks it. */
const keyringDeadline = 3_000;
/** Milliseconds between attempts while the keyring is locked. */
const keyringRetryInterval = 15_000;

/** Throws a RingbackError for what the user can fix, or the signal's reason, after closing what was opened. */
export async function openHost(environment: Environment, log: Log, signal?: AbortSignal): Promise<Host> {
  const parts = new AsyncDisposableStack();
  try {
    return await openParts(environment, log, parts, signal ?? new AbortController().signal);
  } catch (error) {
    await parts.disposeAsync();
    throw error;
  }
}

async function openParts(
  environment: Environment,
  log: Log,
  parts: AsyncDisposableStack,
  signal: AbortSignal,
): Promise<Host> {
  const { folder, port } = environment;
  const now = Date.now;
  const remark = prepareDataFolder(folder);
  const lock = lockFolder(folder);
  parts.defer(() => lock.release());

  const warnings: (string | Message)[] = remark ? [remark] : [];
  const warn = (message: string | Message) => void warnings.push(message);
  const stored = await openStored(environment, log, warn, signal);
  const sandbox = environment.sandbox ? await (await import('../sandbox/index.ts')).startSandbox() : undefined;
  parts.defer(() => sandbox?.stop());

  let current = environment;
  const trust = createTrust(log);
  const ports = await createPorts(environment, openNetwork(trust, parts), trust, log);
  const engine = await openEngine({
    ports: { ...ports, ...stored, receiver: () => current.receiver },
    connectors,
    sandbox: sandbox !== undefined,
  });
  parts.defer(() => engine.close());
  await applySettings(engine, environment);
  for (const message of warnings) engine.warn(message);
  parts.defer(startWakeWatch({ wake: () => engine.wake(), now }));

  const token = openAccessToken(folder);
  const api = await openApi({ engine, port, token, folder: fileURLToPath(windowFolder), log });
  parts.defer(() => api.close());
  const window = (): string => `http://127.0.0.1:${api.port}/#token=${token.value}`;
  const control = await openControlEndpoint({
    ...{ engine, folder, token, window, log },
    version: ports.version,
    desktop: false,
    platform: process.platform,
  });
  parts.defer(() => control.close());
  const reload = async (next: Environment): Promise<void> => {
    const late = variablesForRestart(environment, next);
    if (late.length > 0) log.warn('host', `${late.join(', ')}: a new value takes effect when Ringback starts again.`);
    const before = current;
    current = next;
    try {
      await applySettings(engine, next, true);
    } catch (error) {
      current = before;
      throw error;
    }
  };
  const host = { engine, address: window(), reload, close: () => parts.disposeAsync() };
  return sandbox ? { ...host, demo: { sandbox, connections: await connectDemo(engine, sandbox) } } : host;
}

/** The settings file, and the cipher of the secrets in it. */
async function openStored(
  environment: Environment,
  log: Log,
  warn: (message: string | Message) => void,
  signal: AbortSignal,
): Promise<Pick<Ports, 'store' | 'cipher'>> {
  const { folder } = environment;
  const now = Date.now;
  const { store, warning } = openStore(folder, now, (message) => log.warn('host', message));
  if (warning !== undefined) warn(warning);
  const keyring = environment.keyring ? () => openKeyring(process.platform) : undefined;
  const isKeyringUsed = holdsKeyringSecrets(folder);
  const waiting = ({ text }: Message) => log.warn('host', text);
  const options = { folder, keyring, isKeyringUsed, signal, now, warn, waiting };
  const cipher = await openCipher({ ...options, deadline: keyringDeadline, retryInterval: keyringRetryInterval });
  return { store, cipher };
}

async function createPorts(
  { folder, backupFolder, notifyCommand }: Environment,
  network: Network,
  trust: () => void,
  log: Log,
): Promise<Omit<Ports, 'store' | 'cipher'>> {
  const metered = createMeteredQuestion(process.platform);
  const machine = await readMachine(process.platform);
  return {
    folder,
    version: readVersion(),
    desktop: false,
    languages: () => [Intl.DateTimeFormat().resolvedOptions().locale],
    ...{ fetch: network.fetch, fetchFile: network.fetchFile },
    ...{ setProxy: network.setProxy, findProxy: network.findProxy },
    connectBroker(options) {
      trust();
      return connectNats(options);
    },
    sendMail(mail, signal) {
      trust();
      return sendMail(mail, signal);
    },
    ...(notifyCommand === undefined ? {} : { notifyCommand: createNotifyCommand(notifyCommand) }),
    ...(process.platform === 'linux' ? { notifySend: createNotifyCommand('notify-send') } : {}),
    notify: (note: Parameters<typeof noteLine>[0]) => log.info('host', noteLine(note)),
    open: async () => false,
    ...(backupFolder === undefined ? {} : { backupFolder }),
    ...(metered === undefined ? {} : { metered }),
    ...(machine === undefined ? {} : { machine }),
    now: Date.now,
    log: ({ level, scope, text }: LogEntry) => log[level](scope, text),
  };
}

/** Throws a conflict where the port or the address of the receiver is in use. */
async function applySettings(engine: Engine, { settings }: Environment, isReload = false): Promise<void> {
  if (isReload || Object.keys(settings).length > 0) await ask(engine, 'settings.set', settings);
}

/** Returns a function that trusts the system's certificates at its first call, as only connections need them. */
function createTrust(log: Log): () => void {
  let isDone = false;
  return () => {
    if (isDone) return;
    isDone = true;
    trustSystemCertificates((error) => log.warn('host', `The system's certificates are not used: ${describe(error)}`));
  };
}

/** Sends all outgoing requests, through the proxy of the environment where it names one. */
function openNetwork(prepare: () => void, parts: AsyncDisposableStack): Network {
  const network = createNetwork({ system: { environment: process.env }, prepare });
  parts.defer(() => network.close());
  return network;
}

const windowFolder = new URL('../../out/renderer', import.meta.url);

function readVersion(): string {
  const text = readFileSync(new URL('../../package.json', import.meta.url), 'utf8');
  return z.object({ version: z.string() }).parse(JSON.parse(text)).version;
}
