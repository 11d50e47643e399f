import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Either the path of Electron's program, or the reason why it cannot start here, as a clause that follows "because". */
type Runtime = { readonly program: string } | { readonly obstacle: string };

interface RuntimeParts {
  readonly platform: NodeJS.Platform;
  readonly environment: NodeJS.ProcessEnv;
  readonly root: boolean;
  /** The installed `electron` package. */
  readonly folder: string;
  /** Called before a long download starts; without it nothing is downloaded. */
  say?(line: string): void;
}

const releases = 'https://github.com/electron/electron/releases/download/';
/** Milliseconds to wait for the first response of the download's server. */
const responseTimeout = 4000;
const downloadTimeout = 15 * 60_000;

/** Finds Electron's runtime, or downloads it if it is missing; without a network the download fails within seconds. */
export async function findRuntime(parts: RuntimeParts): Promise<Runtime> {
  const { platform, environment, root, folder } = parts;
  if (environment.RINGBACK_NO_ELECTRON) return { obstacle: 'RINGBACK_NO_ELECTRON is set' };
  if (platform === 'linux' && !hasDisplay(platform, environment)) return { obstacle: 'there is no display' };
  if (platform === 'linux' && root) return { obstacle: 'Electron does not run as root' };
  if (findInstalled(folder) === undefined && parts.say) await downloadRuntime(parts, parts.say);
  const program = findInstalled(folder);
  if (program !== undefined) return { program };
  return { obstacle: `Electron's runtime is not here${parts.say ? ' and could not be fetched' : ''}` };
}

/** Whether this computer has a display. */
export function hasDisplay(platform: NodeJS.Platform, environment: NodeJS.ProcessEnv): boolean {
  return platform !== 'linux' || Boolean(environment.DISPLAY || environment.WAYLAND_DISPLAY);
}

function findInstalled(folder: string): string | undefined {
  const pathFile = join(folder, 'path.txt');
  if (!existsSync(pathFile)) return undefined;
  const program = join(folder, 'dist', readFileSync(pathFile, 'utf8'));
  return existsSync(program) ? program : undefined;
}

/** Runs the package's own installer, which may have the archive in its cache; stops it if there is no network. */
async function downloadRuntime({ folder, environment }: RuntimeParts, say: (line: string) => void): Promise<void> {
  const installer = spawn(process.execPath, [join(folder, 'install.js')], { stdio: 'ignore', env: environment });
  const exit = once(installer, 'exit');
  const reachable = environment.ELECTRON_GET_USE_PROXY ? Promise.resolve(true) : responds(source(environment));
  const hasExited = await within(responseTimeout, exit);
  if (!hasExited && (await reachable)) {
    say("Fetching Electron's runtime, about 120 MB, this once…");
    await within(downloadTimeout, exit);
  }
  installer.kill('SIGKILL');
  await exit;
}

function source(environment: NodeJS.ProcessEnv): string {
  return environment.ELECTRON_MIRROR ?? environment.npm_config_electron_mirror ?? releases;
}

async function responds(address: string): Promise<boolean> {
  try {
    await fetch(address, { method: 'HEAD', redirect: 'manual', signal: AbortSignal.timeout(responseTimeout) });
    return true;
  } catch {
    return false;
  }
}

/** Whether the promise settled within this many milliseconds. */
async function within(milliseconds: number, promise: Promise<unknown>): Promise<boolean> {
  const timeout = Promise.withResolvers<boolean>();
  const timer = setTimeout(() => timeout.resolve(false), milliseconds);
  try {
    return await Promise.race([promise.then(() => true), timeout.promise]);
  } finally {
    clearTimeout(timer);
  }
}
