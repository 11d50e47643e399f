import { isSafeAddress, type TunnelSettings } from '../../../preload/contract.ts';
import { openProcessProvider } from './process-provider.ts';
import { normalizeUrl, type ProviderConnection, type ProviderOptions } from './provider.ts';
import { explainSsh } from './ssh-messages.ts';

export type SshSettings = Omit<Extract<TunnelSettings, { provider: 'ssh' }>, 'provider'>;

/** Milliseconds a server may take until its public address leads to the port it gave us. */
const settles = 15_000;

/**
 * Forwards a port of a server to the receiver, by the system's own `ssh`. Nothing is ever asked: keys, agents and known
 * hosts must be in order, and what is not is said in words.
 */
export function openSshForward(settings: SshSettings, options: ProviderOptions): Promise<ProviderConnection> {
  const { destination, url } = settings;
  const host = destination.slice(destination.indexOf('@') + 1);
  return openProcessProvider(
    {
      name: 'ssh',
      parameters: parametersOf(settings, options.port),
      installHint: 'Install OpenSSH; Windows has it among its optional features.',
      findUrl: (said) => (url === undefined ? toldUrl(said, host) : normalizeUrl(url)),
      explain: (said, happened) => explainSsh(said, happened, settings),
      startupGrace: settles,
    },
    options,
  );
}

function parametersOf({ destination, port, remotePort = 80, url }: SshSettings, local: number): string[] {
  const settings = [
    'BatchMode=yes',
    'ExitOnForwardFailure=yes',
    'ServerAliveInterval=15',
    'ServerAliveCountMax=2',
    'ConnectTimeout=10',
    // A connection that another ssh holds would outlive ours, or end it.
    'ControlMaster=no',
    'ControlPath=none',
    'PermitLocalCommand=no',
    'LogLevel=INFO',
  ];
  return [
    ...['-T', '-a', '-x'],
    // Public services tell their address in a session; an own server need not give us one.
    ...(url === undefined ? [] : ['-N']),
    ...settings.flatMap((setting) => ['-o', setting]),
    ...['-R', `${remotePort}:127.0.0.1:${local}`],
    ...(port === undefined ? [] : ['-p', String(port)]),
    ...['--', destination],
  ];
}

/** Beside our address, services speak of their own pages: those have a path, or a name like these. */
const pages = /^(www|admin|docs?|dashboard|console|account|status|help|blog|app)\./;

/** The public address among what a service says of itself; the latest, since some give another while they run. */
function toldUrl(said: readonly string[], host: string): string | undefined {
  return said
    .flatMap((line) => line.match(/https?:\/\/[^\s|"'<>()[\]]+/g) ?? [])
    .map((text) => text.replace(/[.,;]+$/, ''))
    .filter(isSafeAddress)
    .map((text) => new URL(text))
    .filter(
      ({ pathname, hostname, port }) => pathname === '/' && (hostname !== host || port !== '') && !pages.test(hostname),
    )
    .map(({ origin }) => origin)
    .at(-1);
}
