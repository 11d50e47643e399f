import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { buildCommand } from './cli.ts';
import { findRuntime, hasDisplay } from './electron-runtime.ts';

const help = `npm start              the desktop application; where Electron cannot start, the window in the browser
npm run sandbox        the same with simulators of Autodesk, Autoflex10 and the tunnel: no account needed
npm run sandbox -- --team   a team on this computer: a server, a receiver and two members, of which one sleeps
npm run headless       no Electron and no browser: prints the address of the window

Environment: RINGBACK_DATA_DIR (data folder), RINGBACK_NO_ELECTRON=1 (never start Electron); without Electron also
RINGBACK_PORT (port of the window), RINGBACK_BACKUP_DIR (where backups go), RINGBACK_KEYRING=off (key file instead of
the keyring), RINGBACK_SANDBOX=1 (start the simulators too).
`;

const root = join(import.meta.dirname, '..');
const { platform, env } = process;
/** An application that fails within this many milliseconds counts as not started. */
const beginning = 10_000;

const options = readOptions();
if (options.sandbox) Object.assign(env, { RINGBACK_SANDBOX: '1', RINGBACK_TOUR: '1' });

if (env.npm_lifecycle_event) endWithParent();
if (options.help) process.stdout.write(help);
else if (options.team) await startTeam();
else if (options.headless) await startHost();
else await start();

async function start(): Promise<void> {
  const obstacle = await startDesktop();
  if (obstacle === undefined) return;
  say(`The desktop application cannot start because ${obstacle}; Ringback shows its window in a browser instead.`);
  if (hasDisplay(platform, env)) await startHostWithBrowser();
  else await startHost();
}

/** The options of the command line; exits if one is unknown. */
function readOptions() {
  const boolean = { type: 'boolean' } as const;
  try {
    return parseArgs({ options: { sandbox: boolean, team: boolean, headless: boolean, help: boolean } }).values;
  } catch (error) {
    // After its first sentence, Node's message has advice for programmers.
    say(`${error instanceof Error ? error.message.split('. ')[0] : error}. These commands exist:\n\n${help}`);
    return process.exit(2);
  }
}

/** Runs the desktop application to its end, or gives the reason why it cannot start. */
async function startDesktop(): Promise<string | undefined> {
  const runtime = await findRuntime({
    platform,
    environment: env,
    root: process.getuid?.() === 0,
    folder: join(root, 'node_modules', 'electron'),
    say,
  });
  if ('obstacle' in runtime) return runtime.obstacle;
  await buildDesktop();
  const started = Date.now();
  const { ELECTRON_RUN_AS_NODE: _, ...environment } = env;
  const args = [root, ...(options.sandbox ? ['--sandbox'] : [])];
  const code = await ended(spawn(runtime.program, args, { stdio: 'inherit', env: environment }));
  if (code !== 0 && Date.now() - started < beginning) return `Electron ended at once with exit code ${code}`;
  process.exitCode = code;
  return undefined;
}

async function buildDesktop(): Promise<void> {
  const bundler = join(root, 'node_modules', 'electron-vite', 'bin', 'electron-vite.js');
  // The second entry, 2, sends the bundler's standard output to our standard error.
  const args = [bundler, 'build', '--logLevel', 'warn'];
  const code = await ended(spawn(process.execPath, args, { cwd: root, stdio: ['ignore', 2, 2] }));
  if (code !== 0) throw new Error('The desktop application could not be built; the reason stands above.');
}

/** Runs the host in this process, so that it gets signals and standard output directly. */
async function startHost(): Promise<void> {
  await buildCommand();
  const bundle = pathToFileURL(join(root, 'out', 'cli', 'headless.js')).href;
  const { runHeadless } = (await import(bundle)) as typeof import('../main/headless/index.ts');
  await runHeadless();
}

/** Runs the walkthrough of a team, then exits. */
async function startTeam(): Promise<void> {
  const { showTeam } = await import('../main/headless/index.ts');
  process.exitCode = (await showTeam((text) => process.stdout.write(text))) ? 0 : 1;
}

/** Runs the host in a child process, passes on what it prints, and opens its address. */
async function startHostWithBrowser(): Promise<void> {
  const host = spawn(process.execPath, [import.meta.filename, '--headless'], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env,
  });
  createInterface(host.stdout).on('line', (line) => {
    process.stdout.write(`${line}\n`);
    const address = /^Ringback is ready at (\S+)/.exec(line)?.[1];
    if (address !== undefined) void openWindow(address);
  });
  process.exitCode = await ended(host);
}

/** Other users can read command lines, so the browser gets a one-time code instead of the token. */
async function openWindow(address: string): Promise<void> {
  const { origin, hash } = new URL(address);
  const headers = { authorization: `Bearer ${new URLSearchParams(hash.slice(1)).get('token')}` };
  try {
    const response = await fetch(`${origin}/api/code`, { method: 'POST', headers });
    const { value } = (await response.json()) as { readonly value: { readonly path: string } };
    openBrowser(origin + value.path);
  } catch {
    say('No browser could be opened; open the address above yourself.');
  }
}

function openBrowser(address: string): void {
  const [program, ...args] =
    platform === 'win32' ? ['rundll32', 'url.dll,FileProtocolHandler'] : [platform === 'darwin' ? 'open' : 'xdg-open'];
  const opener = spawn(program ?? '', [...args, address], { stdio: 'ignore', detached: true });
  opener.on('error', () => say('No browser could be opened; open the address above yourself.'));
  opener.unref();
}

/** Passes signals on to a child, and resolves with its exit code. */
async function ended(child: ChildProcess): Promise<number> {
  // The terminal sends Ctrl+C to the child as well.
  const pass = (signal: NodeJS.Signals) => (signal === 'SIGINT' && process.stdin.isTTY) || child.kill(signal);
  process.on('SIGINT', pass).on('SIGTERM', pass);
  try {
    const [code] = (await once(child, 'exit')) as [number | null];
    return code ?? 1;
  } finally {
    process.off('SIGINT', pass).off('SIGTERM', pass);
  }
}

/** Ends this process with its parent: npm sends signals only to the shell between them, which does not pass them on. */
function endWithParent(): void {
  const parent = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(timer);
    process.kill(process.pid, 'SIGTERM');
  }, 200);
  timer.unref();
}

function say(line: string): void {
  process.stderr.write(`${line}\n`);
}
