import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';

/** Reads the system's id of a computer, which is not copied along with a folder. */
type Reading = () => Promise<string>;

const timeout = 5_000;
const run = async (file: string, parameters: readonly string[]): Promise<string> =>
  (await promisify(execFile)(file, parameters, { timeout, windowsHide: true })).stdout;

const readings: Readonly<Partial<Record<NodeJS.Platform, Reading>>> = {
  linux: async () => (isContainer() ? '' : readFirst(['/etc/machine-id', '/var/lib/dbus/machine-id'])),
  darwin: async () =>
    /"IOPlatformUUID" = "([^"]+)"/.exec(await run('ioreg', ['-rd1', '-c', 'IOPlatformExpertDevice']))?.[1] ?? '',
  win32: async () =>
    /REG_SZ\s+(\S+)/.exec(
      await run('reg', ['query', 'HKLM\\SOFTWARE\\Microsoft\\Cryptography', '/v', 'MachineGuid']),
    )?.[1] ?? '',
};

/** An id of this computer, from which the system's id cannot be derived; undefined where the system has none. */
export async function readMachine(platform: NodeJS.Platform): Promise<string | undefined> {
  const identity = (await readings[platform]?.().catch(() => ''))?.trim();
  return identity ? createHash('sha256').update(`ringback ${identity}`).digest('hex').slice(0, 32) : undefined;
}

/** Containers have no lasting id: it may change each time that one is created with the same data. */
function isContainer(): boolean {
  return ['/.dockerenv', '/run/.containerenv'].some((file) => existsSync(file));
}

async function readFirst([file, ...others]: readonly string[]): Promise<string> {
  if (file === undefined) return '';
  return readFile(file, 'utf8').catch(() => readFirst(others));
}
