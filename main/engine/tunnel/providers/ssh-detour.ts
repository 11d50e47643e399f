import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { findProgram } from './child-process.ts';
import type { ProviderOptions } from './provider.ts';
import { openProxyForwarder } from './proxy-forwarder.ts';

/** Settings of ssh that lead its connection through the proxy. */
interface SshDetour {
  readonly settings: readonly string[];
  close(): Promise<void>;
}

interface Destination {
  readonly destination: string;
  readonly port: number | undefined;
}

const standardPort = 22;
/** Milliseconds for reading the user's configuration. */
const readTimeout = 5_000;

/**
 * ssh itself knows no proxies, so it connects to a port of this computer that leads through the proxy, and still checks
 * the host key of the server. Undefined where there is no proxy, or the user's configuration has its own way.
 */
export async function openSshDetour(target: Destination, options: ProviderOptions): Promise<SshDetour | undefined> {
  const configuration = await readConfiguration(target, options);
  const host = configuration.get('hostname');
  const port = Number(configuration.get('port') ?? standardPort);
  if (host === undefined || isSet(configuration.get('proxyjump')) || isSet(configuration.get('proxycommand'))) {
    return undefined;
  }
  const proxy = await options.findProxy({ host, port });
  if (!proxy) return undefined;
  const forwarder = await openProxyForwarder(proxy, { host, port });
  // The name under which ssh stores the host key of the server when it connects without a proxy.
  const stored = port === standardPort ? host : `[${host}]:${port}`;
  const alias = configuration.get('hostkeyalias') ?? stored;
  return {
    settings: ['HostName=127.0.0.1', `Port=${forwarder.port}`, `HostKeyAlias=${alias}`, 'CheckHostIP=no'],
    close: forwarder.close,
  };
}

/** What ssh would use for the destination; empty if ssh is missing or rejects its configuration, as it reports. */
async function readConfiguration(
  { destination, port }: Destination,
  { environment, signal }: Pick<ProviderOptions, 'environment' | 'signal'>,
): Promise<ReadonlyMap<string, string>> {
  const file = await findProgram('ssh', environment);
  if (!file) return new Map();
  const parameters = ['-G', ...(port === undefined ? [] : ['-p', String(port)]), '--', destination];
  try {
    const options = { env: environment, timeout: readTimeout, windowsHide: true, signal };
    const { stdout } = await promisify(execFile)(file, parameters, options);
    const lines = stdout.split(/\r?\n/).map((line) => /^(\S+) (.*)$/.exec(line));
    return new Map(lines.flatMap((line) => (line ? [[line[1] ?? '', line[2] ?? ''] as const] : [])));
  } catch {
    return new Map();
  }
}

function isSet(value: string | undefined): boolean {
  return value !== undefined && value !== 'none';
}
