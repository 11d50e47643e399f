import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import envPaths from 'env-paths';
import { type ControlClient, createControlClient, HostGoneError, readDescription } from '../control/index.ts';
import { CommandFailure, exitCodes } from './exit.ts';
import type { Terminal } from './terminal.ts';

/** The host that runs on this data folder; without one the desktop application, or else the headless host. */
export async function findHost(dataFolder: string | undefined, terminal: Terminal): Promise<ControlClient> {
  const named = dataFolder ?? terminal.environment.RINGBACK_DATA_DIR;
  const folders = named
    ? [resolve(named)]
    : [desktopFolder(terminal), envPaths('ringback-headless', { suffix: '' }).data];
  for (const folder of folders) {
    const description = readDescription(folder);
    const client = description && createControlClient(description);
    if (client && (await answers(client))) return client;
  }
  const place = named ? ` on the data folder ${folders[0]}` : '';
  const message = `No Ringback is running${place}. Start the desktop application, or run: ringback up`;
  throw new CommandFailure(exitCodes.noHost, message);
}

async function answers(client: ControlClient): Promise<boolean> {
  try {
    await client.ask('status.get', {});
    return true;
  } catch (error) {
    if (error instanceof HostGoneError) return false;
    throw error;
  }
}

/** Where Electron stores the data of the desktop application. */
function desktopFolder({ platform, environment }: Terminal): string {
  const home = homedir();
  if (platform === 'darwin') return join(home, 'Library', 'Application Support', 'Ringback');
  if (platform === 'win32') return join(environment.APPDATA ?? join(home, 'AppData', 'Roaming'), 'Ringback');
  return join(environment.XDG_CONFIG_HOME || join(home, '.config'), 'Ringback');
}
