import { isSafeAddress, normalizeAddress } from '../../../../preload/contract/index.ts';
import { tunnelMessages } from '../../messages/index.ts';
import { openProcessProvider } from './process-provider.ts';
import type { ProviderConnection, ProviderOptions, SettingsOf } from './provider.ts';
import { openSshDetour } from './ssh-detour.ts';
import { explainSshFailure } from './ssh-failure.ts';

type SshSettings = SettingsOf<'ssh'>;

/** Milliseconds a server may take until its public URL leads to the port it assigned. */
const startupGrace = 15_000;
const defaultRemotePort = 80;

/** Forwards a port of a server to the receiver, with the system's own `ssh`, which never prompts for anything. */
export async function openSshForward(settings: SshSettings, options: ProviderOptions): Promise<ProviderConnection> {
  const { destination, port, remotePort = defaultRemotePort, url } = settings;
  const host = destination.slice(destination.indexOf('@') + 1);
  const command = `ssh ${port === undefined ? '' : `-p ${port} `}${destination}`;
  const detour = await openSshDetour({ destination, port }, options);
  try {
    const connection = await openProcessProvider(
      {
        name: 'ssh',
        parameters: parametersOf(settings, options.port, detour?.settings),
        missing: tunnelMessages.sshMissing(),
        findUrl: (output) => (url === undefined ? findPublicUrl(output, host) : normalizeAddress(url)),
        explain: (output, outcome) => explainSshFailure(output, outcome, { host, command, remotePort }),
        startupGrace,
      },
      options,
    );
    const close = async (): Promise<void> => {
      await connection.close();
      await detour?.close();
    };
    return { ...connection, close };
  } catch (error) {
    await detour?.close();
    throw error;
  }
}

function parametersOf(
  { destination, port, remotePort = defaultRemotePort, url }: SshSettings,
  local: number,
  detour: readonly string[] = [],
): string[] {
  const settings = [
    'BatchMode=yes',
    'ExitOnForwardFailure=yes',
    'ServerAliveInterval=5',
    'ServerAliveCountMax=2',
    'ConnectTimeout=10',
    // A connection shared with another ssh would outlive this one, or end it.
    'ControlMaster=no',
    'ControlPath=none',
    'PermitLocalCommand=no',
    'LogLevel=INFO',
    ...detour,
  ];
  return [
    ...['-T', '-a', '-x'],
    // Public services print their URL in a session; the user's own server need not allow one.
    ...(url === undefined ? [] : ['-N']),
    ...settings.flatMap((setting) => ['-o', setting]),
    ...['-R', `${remotePort}:127.0.0.1:${local}`],
    ...(port === undefined || detour.length > 0 ? [] : ['-p', String(port)]),
    ...['--', destination],
  ];
}

/** Services also print links to their own pages, which have a path or a name like these. */
const ownPages = /^(www|admin|docs?|dashboard|console|account|status|help|blog|app)\./;

/** The public URL in the output of a service; the latest, since some print another one while they run. */
function findPublicUrl(output: readonly string[], host: string): string | undefined {
  return output
    .flatMap((line) => line.match(/https?:\/\/[^\s|"'<>()[\]]+/g) ?? [])
    .map((text) => text.replace(/(?<![.,;])[.,;]+$/, ''))
    .filter(isSafeAddress)
    .map((text) => new URL(text))
    .filter(
      ({ pathname, hostname, port }) =>
        pathname === '/' && (hostname !== host || port !== '') && !ownPages.test(hostname),
    )
    .map(({ origin }) => origin)
    .at(-1);
}
