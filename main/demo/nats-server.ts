import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

/** Debian installs it in /usr/sbin, which is not in the PATH of users. */
const environment = { ...process.env, PATH: `${process.env.PATH}:/usr/sbin` };

export const hasNatsServer = (): boolean => spawnSync('nats-server', ['--version'], { env: environment }).status === 0;

export const howToInstall = `The team needs nats-server, which is not installed:
  Debian, Ubuntu   sudo apt-get install nats-server
  macOS            brew install nats-server
  Windows          choco install nats-server
  others           https://github.com/nats-io/nats-server/releases`;

/** A nats-server in a process of its own. */
export interface NatsServerProcess {
  readonly port: number;
  readonly storeDir: string;
  /** Starts the server with this configuration, or makes it load the new one; resolves once it has. */
  configure(text: string): Promise<void>;
  /** Starts the server with the configuration that it had; resolves once it is ready. */
  start(): Promise<void>;
  /** Resolves once the process has ended; SIGTERM unless another signal is given. */
  stop(signal?: NodeJS.Signals): Promise<void>;
}

interface NatsServerOptions {
  /** Configuration and stored messages are in this folder. */
  readonly folder: string;
  /** A free port if absent. */
  readonly port?: number;
  /** The address to listen at; all addresses if absent. */
  readonly host?: string;
}

export async function createNatsServerProcess({ folder, port, host }: NatsServerOptions): Promise<NatsServerProcess> {
  const file = join(folder, 'nats.conf');
  const args = [...(host === undefined ? [] : ['-a', host]), '-c', file];
  let running: Running | undefined;
  const start = async (): Promise<void> => {
    running = startProcess(args);
    await running.says('Server is ready');
  };
  return {
    ...{ port: port ?? (await freePort()), storeDir: join(folder, 'nats'), start },
    async configure(text) {
      await writeFile(file, text);
      if (!running) return start();
      const loaded = running.says('Reloaded server configuration');
      running.child.kill('SIGHUP');
      await loaded;
    },
    async stop(signal = 'SIGTERM') {
      const child = running?.child;
      running = undefined;
      if (!child || hasEnded(child)) return;
      const gone = once(child, 'exit');
      child.kill(signal);
      await gone;
    },
  };
}

interface Running {
  readonly child: ChildProcess;
  /** Resolves when it next prints these words; throws all its output if it ends first or rejects its configuration. */
  says(words: string): Promise<void>;
}

function startProcess(args: readonly string[]): Running {
  const child = spawn('nats-server', args, { env: environment, stdio: ['ignore', 'ignore', 'pipe'] });
  const printed: string[] = [];
  let waiting: { words: string; resolve(): void; reject(error: Error): void } | undefined;
  const fail = (): void => waiting?.reject(new Error(`nats-server failed:\n${printed.join('\n')}`));
  createInterface(child.stderr)
    .on('line', (line) => {
      printed.push(line);
      if (waiting && line.includes(waiting.words)) waiting.resolve();
      if (line.includes('Failed to reload')) fail();
    })
    .on('close', fail);
  child.on('error', (error) => waiting?.reject(error));
  return {
    child,
    says: (words) =>
      new Promise((resolve, reject) => {
        waiting = { words, resolve, reject };
        if (hasEnded(child)) fail();
      }),
  };
}

/** Whether it has ended by itself or by a signal, which leaves no exit code. */
const hasEnded = ({ exitCode, signalCode }: ChildProcess): boolean => exitCode !== null || signalCode !== null;

/** A nats-server without encryption, for this computer only. */
export interface DemoNatsServer extends NatsServerProcess {
  readonly address: string;
}

export async function createDemoNatsServer(folder: string): Promise<DemoNatsServer> {
  const server = await createNatsServerProcess({ folder, host: '127.0.0.1' });
  return { ...server, address: `nats://127.0.0.1:${server.port}` };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  return typeof address === 'object' && address ? address.port : 0;
}
