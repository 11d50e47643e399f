import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { accessSync, readFileSync, writeFileSync } from 'node:fs';
import { chmod, mkdir } from 'node:fs/promises';
import { connect, createServer } from 'node:net';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

/** A real `sshd` on loopback, and an `ssh` that is configured for it. */
export interface SshServer {
  readonly port: number;
  /** The destination for `ssh`. */
  readonly destination: string;
  /** Its PATH starts with the folder of the configured `ssh`. */
  readonly environment: NodeJS.ProcessEnv;
  /** The client's configuration file; append or overwrite to break it. */
  readonly clientConfiguration: string;
  readonly knownHosts: string;
  /** Kills the server and its sessions. */
  kill(): Promise<void>;
  /** Stops its sessions while their connections stay open. */
  freeze(): void;
  restart(): Promise<void>;
}

/** Undefined where it is not installed. */
export const sshd = ['/usr/sbin/sshd', '/usr/bin/sshd', '/usr/local/sbin/sshd'].find(exists);

/** Its keys and settings are in the folder; `kill` ends it. */
export async function startSshServer(folder: string, settings: readonly string[] = []): Promise<SshServer> {
  const port = await freePort();
  const knownHosts = join(folder, 'known_hosts');
  for (const key of ['host', 'user']) {
    execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', join(folder, key)]);
  }
  const [kind, text] = readFileSync(join(folder, 'host.pub'), 'utf8').split(' ');
  writeFileSync(knownHosts, `[127.0.0.1]:${port} ${kind} ${text}\n`);
  const configuration = join(folder, 'sshd_config');
  const server = [
    `Port ${port}`,
    ...['ListenAddress 127.0.0.1', 'AddressFamily inet'],
    `HostKey ${join(folder, 'host')}`,
    `AuthorizedKeysFile ${join(folder, 'user.pub')}`,
    ...['StrictModes no', 'UsePAM no', 'PasswordAuthentication no', 'PidFile none', 'PermitRootLogin yes'],
    // Bash would run the user's own ~/.bashrc first, which may take as long as it likes.
    'SetEnv SHLVL=2',
    ...settings,
  ];
  writeFileSync(configuration, `${server.join('\n')}\n`);
  const clientConfiguration = join(folder, 'ssh_config');
  const client = [
    `IdentityFile ${join(folder, 'user')}`,
    ...['IdentitiesOnly yes', 'IdentityAgent none'],
    `UserKnownHostsFile ${knownHosts}`,
    'GlobalKnownHostsFile /dev/null',
  ];
  writeFileSync(clientConfiguration, `${client.join('\n')}\n`);
  const bin = join(folder, 'bin');
  await mkdir(bin);
  await writeProgram(join(bin, 'ssh'), `exec /usr/bin/ssh -F '${clientConfiguration}' "$@"`);
  // sshd needs this folder of root's to drop its privileges; the system's own service would create it.
  if (userInfo().uid === 0) await mkdir('/run/sshd', { recursive: true });

  let running: ChildProcess | undefined;
  const restart = async (): Promise<void> => {
    running = spawn(sshd ?? 'sshd', ['-D', '-e', '-f', configuration], { stdio: 'ignore' });
    while (!(await isListening(port))) await delay(10);
  };
  const kill = async (): Promise<void> => {
    const last = running;
    running = undefined;
    if (!last?.pid) return;
    const ended = new Promise((resolve) => last.once('exit', resolve));
    for (const pid of [...descendantsOf(last.pid), last.pid]) endProcess(pid, 'SIGKILL');
    await ended;
  };
  await restart();
  return {
    port,
    destination: `${userInfo().username}@127.0.0.1`,
    environment: { ...process.env, PATH: `${bin}:${process.env.PATH}` },
    clientConfiguration,
    knownHosts,
    kill,
    freeze() {
      for (const pid of running?.pid ? descendantsOf(running.pid) : []) endProcess(pid, 'SIGSTOP');
    },
    restart,
  };
}

/** A shell script in place of a program. */
export async function writeProgram(path: string, script: string): Promise<void> {
  writeFileSync(path, `#!/bin/sh\n${script}\n`);
  await chmod(path, 0o755);
}

export function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { port: number };
      server.close(() => resolve(port));
    });
  });
}

/** The processes that descend from this one. */
export function descendantsOf(pid: number): number[] {
  const lines = execFileSync('ps', ['-e', '-o', 'pid=,ppid=']).toString().trim().split('\n');
  const pairs = lines.map((line) => line.trim().split(/\s+/).map(Number));
  const childrenOf = (parent: number): number[] =>
    pairs.flatMap(([child, of]) => (of === parent && child !== undefined ? [child, ...childrenOf(child)] : []));
  return childrenOf(pid);
}

function endProcess(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch {
    // It has already ended.
  }
}

function isListening(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('error', () => resolve(false));
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
  });
}

function exists(path: string): boolean {
  try {
    accessSync(path);
    return true;
  } catch {
    return false;
  }
}
