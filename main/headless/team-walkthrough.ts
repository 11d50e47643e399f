import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createDemoNatsServer, hasNatsServer, howToInstall, runTeamWalkthrough } from '../demo/index.ts';
import { createLog } from '../engine/log.ts';
import { type Environment, readEnvironment } from './environment.ts';
import { openHost } from './host.ts';

/** Timeout of each step, in milliseconds. */
const timeout = 30_000;

/**
 * Demonstrates a team on this computer, in temporary folders: a server, a receiver and two members. False where there
 * is no nats-server.
 */
export async function showTeam(write: (text: string) => void): Promise<boolean> {
  const say = (line: string): void => write(`\n${line}\n`);
  if (!hasNatsServer()) {
    say(howToInstall);
    return false;
  }
  await using parts = new AsyncDisposableStack();
  const folder = await mkdtemp(join(tmpdir(), 'ringback-team-'));
  parts.defer(() => rm(folder, { recursive: true, force: true, maxRetries: 5 }));
  const server = await createDemoNatsServer(folder);
  parts.defer(() => server.stop());
  const log = createLog(() => {});
  const receiver = await openHost(environmentIn(join(folder, 'receiver'), true), log);
  parts.defer(() => receiver.close());
  if (!receiver.demo) throw new Error('The simulators did not start.');
  const { sandbox, connections } = receiver.demo;
  await runTeamWalkthrough({
    ...{ server, receiver, sandbox, connection: connections.aps.id, timeout, say },
    async open(member) {
      const host = await openHost(environmentIn(join(folder, member), false), log);
      // Closed here as well where the walkthrough fails; closing twice has no effect.
      parts.defer(() => host.close());
      return host;
    },
  });
  say('That was all of it. With computers of your own: `ringback team create`, or the page Team.');
  return true;
}

function environmentIn(folder: string, sandbox: boolean): Environment {
  const settings = { receiver: { port: 0 } };
  return { ...readEnvironment({}), folder, backupFolder: join(folder, 'backups'), sandbox, keyring: false, settings };
}
