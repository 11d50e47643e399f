import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Either Electron's program, or why the desktop application cannot start here: what stands behind "because". */
type Runtime = { readonly program: string } | { readonly obstacle: string };

interface RuntimeParts {
  readonly platform: NodeJS.Platform;
  readonly environment: NodeJS.ProcessEnv;
  readonly root: boolean;
  /** The installed `electron` package. */
  readonly folder: string;
  /** Told before a long download begins; absent where nothing is to be fetched. */
  say?(line: string): void;
}

const releases = 'https://github.com/electron/electron/releases/download/';
/** Without an answer from the download's host the attempt ends after so many milliseconds. */
const timeout = 4000;
const longest = 15 * 60_000;

/** Finds Electron's runtime; where it is not here yet and may be fetched, that fails within seconds without a network. */
export async function findRuntime(parts: RuntimeParts): Promise<Runtime> {
  const { platform, environment, root, folder } = parts;
  if (environment.RINGBACK_NO_ELECTRON) return { obstacle: 'RINGBACK_NO_ELECTRON is set' };
  if (platform === 'linux' && !hasDisplay(platform, environment)) return { obstacle: 'there is no display' };
  if (platform === 'linux' && root) return { obstacle: 'Electron does not run as root' };
  if (installed(folder) === undefined && parts.say) await fetchRuntime(parts, parts.say);
  const program = installed(folder);
  if (program !== undefined) return { program };
  return { obstacle: `Electron's runtime is not here${parts.say ? ' and could not be fetched' : ''}` };
}

/** Whether a window could be shown. */
export function hasDisplay(platform: NodeJS.Platform, environment: NodeJS.ProcessEnv): boolean {
  return platform !== 'linux' || Boolean(environment.DISPLAY || environment.WAYLAND_DISPLAY);
}

function installed(folder: string): string | undefined {
  const note = join(folder, 'path.txt');
  if (!existsSync(note)) return undefined;
  const program = join(folder, 'dist', readFileSync(note, 'utf8'));
  return existsSync(program) ? program : undefined;
}

/** Runs the package's own installer, which may have the archive in its cache; ends it where the network is missing. */
async function fetchRuntime({ folder, environment }: RuntimeParts, say: (line: string) => void): Promise<void> {
  const installer = spawn(process.execPath, [join(folder, 'install.js')], { stdio: 'ignore', env: environment });
  const exit = once(installer, 'exit');
  const reachable = environment.ELECTRON_GET_USE_PROXY ? Promise.resolve(true) : answers(source(environment));
  const early = await within(timeout, exit);
  if (!early && (await reachable)) {
    say("Fetching Electron's runtime, about 120 MB, this once…");
    await within(longest, exit);
  }
  installer.kill('SIGKILL');
  await exit;
}

function source(environment: NodeJS.ProcessEnv): string {
  return environment.ELECTRON_MIRROR ?? environment.npm_config_electron_mirror ?? releases;
}

async function answers(address: string): Promise<boolean> {
  try {
    await fetch(address, { method: 'HEAD', redirect: 'manual', signal: AbortSignal.timeout(timeout) });
    return true;
  } catch {
    return false;
  }
}

/** Whether it happened within so many milliseconds. */
async function within(milliseconds: number, happening: Promise<unknown>): Promise<boolean> {
  const { promise, resolve } = Promise.withResolvers<boolean>();
  const timer = setTimeout(() => resolve(false), milliseconds);
  try {
    return await Promise.race([happening.then(() => true), promise]);
  } finally {
    clearTimeout(timer);
  }
}
