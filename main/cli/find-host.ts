import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import envPaths from 'env-paths';
import { type ControlClient, createControlClient, HostGoneError, readDescription } from '../control/index.ts';
import { CommandFailure, exitCodes } from './exit.ts';
import { programMessages } from './messages/index.ts';
import type { CommandProcess } from './terminal.ts';

/** The host of this data folder; without one, the desktop application, else the headless host. Throws if none runs. */
export async function findHost(dataFolder: string | undefined, process: CommandProcess): Promise<ControlClient> {
  const host = await findRunningHost(dataFolder, process);
  if (host) return host;
  const named = namedFolder(dataFolder, process);
  const message = named ? programMessages.noHostOn({ folder: resolve(named) }) : programMessages.noHost();
  throw new CommandFailure(exitCodes.noHost, message);
}

/** The same host; undefined if none runs. */
export async function findRunningHost(
  dataFolder: string | undefined,
  process: CommandProcess,
  signal?: AbortSignal,
): Promise<ControlClient | undefined> {
  const named = namedFolder(dataFolder, process);
  const folders = named
    ? [resolve(named)]
    : [desktopFolder(process), envPaths('ringback-headless', { suffix: '' }).data];
  for (const folder of folders) {
    const description = readDescription(folder);
    const client = description && createControlClient(description);
    if (client && (await answers(client, signal))) return client;
  }
  return undefined;
}

function namedFolder(dataFolder: string | undefined, { environment }: CommandProcess): string | undefined {
  return dataFolder ?? environment.RINGBACK_DATA_DIR;
}

async function answers(client: ControlClient, signal: AbortSignal | undefined): Promise<boolean> {
  try {
    await client.ask('status.get', {}, signal);
    return true;
  } catch (error) {
    if (error instanceof HostGoneError) return false;
    throw error;
  }
}

/** Where Electron stores the data of the desktop application. */
function desktopFolder({ platform, environment }: CommandProcess): string {
  const home = homedir();
  if (platform === 'darwin') return join(home, 'Library', 'Application Support', 'Ringback');
  if (platform === 'win32') return join(environment.APPDATA ?? join(home, 'AppData', 'Roaming'), 'Ringback');
  return join(environment.XDG_CONFIG_HOME || join(home, '.config'), 'Ringback');
}
