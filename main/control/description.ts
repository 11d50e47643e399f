import { randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, rmdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { writePrivately } from './private-file.ts';

/** How to connect to the host that runs on a data folder. */
export const ControlDescription = z.object({
  /** A Unix socket, or a named pipe of Windows. */
  address: z.string().min(1),
  token: z.string().min(1),
  pid: z.int(),
  version: z.string(),
  /** True for the desktop application. */
  desktop: z.boolean(),
  /** The window's URL in a browser, with its token; absent for the desktop application. */
  window: z.string().optional(),
});
export type ControlDescription = z.infer<typeof ControlDescription>;

const fileName = 'control.json';
/** The longest socket path that all systems accept. */
const maxSocketPath = 100;

/** The description of the host that runs, or that ran until it was killed; undefined without one. */
export function readDescription(folder: string): ControlDescription | undefined {
  try {
    return ControlDescription.parse(JSON.parse(readFileSync(join(folder, fileName), 'utf8')));
  } catch {
    return undefined;
  }
}

/** Writes the description readable by this user only, and replaces it atomically. */
export function writeDescription(folder: string, description: ControlDescription): void {
  writePrivately(join(folder, fileName), `${JSON.stringify(description, null, 2)}\n`);
}

export function removeDescription(folder: string): void {
  rmSync(join(folder, fileName), { force: true });
}

/** Creates the path of the host's socket; where it is too long for a socket, in a private temporary folder. */
export function createSocketPath(folder: string, platform: NodeJS.Platform): string {
  if (platform === 'win32') return `\\\\.\\pipe\\ringback-${randomBytes(16).toString('hex')}`;
  const path = join(folder, 'control.sock');
  if (Buffer.byteLength(path) > maxSocketPath) return join(mkdtempSync(join(tmpdir(), 'ringback-')), 'control.sock');
  // Removes the socket that a killed host has left.
  rmSync(path, { force: true });
  return path;
}

/** Removes the temporary folder of a closed socket, which is empty; the data folder is not and stays. */
export function removeSocketFolder(address: string, platform: NodeJS.Platform): void {
  if (platform === 'win32') return;
  try {
    rmdirSync(dirname(address));
  } catch {
    // The data folder is not empty.
  }
}
