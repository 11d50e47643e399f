import { setTimeout as delay } from 'node:timers/promises';
import type { TeamFilter } from '../../preload/contract/index.ts';
import { ask } from '../engine/ask.ts';
import type { Engine } from '../engine/index.ts';
import type { Sandbox } from '../sandbox/index.ts';
import type { DemoNatsServer } from './nats-server.ts';

/** A computer of the team; its data folder remains when it is closed. */
export interface DemoComputer {
  readonly engine: Pick<Engine, 'ask' | 'listen'>;
  close(): Promise<void>;
}

interface TeamWalkthroughOptions {
  readonly server: DemoNatsServer;
  readonly receiver: DemoComputer;
  readonly sandbox: { readonly aps: Pick<Sandbox['aps'], 'project' | 'upload' | 'publish'> };
  /** The id of the receiver's connection to the simulator. */
  readonly connection: string;
  /** Opens a member's computer, also after it was closed. */
  open(member: string): Promise<DemoComputer>;
  /** Timeout of each step, in milliseconds. */
  readonly timeout: number;
  say(line: string): void;
}

/**
 * Demonstrates a team: the receiver has the hooks, a member is offline while events arrive and then returns, and each
 * member is notified of its own events.
 */
export async function runTeamWalkthrough(options: TeamWalkthroughOptions): Promise<void> {
  const { receiver, sandbox, open, say } = options;
  const { engine } = receiver;
  await until(options, 'the tunnel', async () => (await ask(engine, 'status.get', {})).tunnel.state === 'up');
  for (const event of ['dm.version.added', 'model.publish'])
    await ask(engine, 'hooks.create', {
      ...{ connection: options.connection, event, scope: { folder: sandbox.aps.project.folder } },
    });
  say('The receiver has a tunnel, an account and two hooks. No other computer needs any of them.');
  await createTeam(options);
  const anna = await join(options, 'Anna', { events: ['dm.version.added'] });
  const sleeping = await join(options, 'Bert', undefined);
  await sleeping.close();
  say('Bert closes the laptop. Meanwhile, in the sandbox, Tower.rvt is uploaded and published …');
  await sandbox.aps.upload({ name: 'Tower.rvt' });
  await sandbox.aps.publish({ name: 'Tower.rvt' });
  await until(options, 'both events at the receiver', async () => (await titlesOf(receiver)).length >= 2);
  await until(options, 'the notification of Anna', async () => (await notificationsOf(anna)).length > 0);
  say(`Anna wants new versions only, and rings: ${(await notificationsOf(anna)).join(' · ')}`);
  const started = performance.now();
  const bert = await open('Bert');
  const all = (await titlesOf(receiver)).length;
  await until(options, 'the events that Bert missed', async () => (await titlesOf(bert)).length >= all);
  await until(options, 'the notifications of Bert', async () => (await notificationsOf(bert)).length > 0);
  say(
    `Bert opens the laptop, has all ${all} events ${Math.round(performance.now() - started)} ms later, and rings: ${(
      await notificationsOf(bert)
    ).join(' · ')}`,
  );
  await bert.close();
  await anna.close();
}

async function createTeam(options: TeamWalkthroughOptions): Promise<void> {
  const { receiver, server, say } = options;
  await ask(receiver.engine, 'team.create', { name: 'Office', servers: [server.address] });
  await configure(options);
  await untilUp(options, receiver);
  say(`A nats-server on this computer, at ${server.address}, has loaded the configuration that Ringback wrote for it.`);
}

async function configure({ receiver, server }: TeamWalkthroughOptions): Promise<void> {
  const { port, storeDir } = server;
  await server.configure((await ask(receiver.engine, 'team.serverConfig', { port, storeDir })).text);
}

async function join(options: TeamWalkthroughOptions, member: string, filter: TeamFilter | undefined) {
  const { receiver, open, say } = options;
  const { invitation } = await ask(receiver.engine, 'team.invite', { member, ...(filter ? { filter } : {}) });
  await configure(options);
  const computer = await open(member);
  await ask(computer.engine, 'team.join', { invitation });
  await untilUp(options, computer);
  say(`${member} joined with an invitation of ${invitation.length} characters.`);
  return computer;
}

const untilUp = (options: TeamWalkthroughOptions, { engine }: DemoComputer): Promise<void> =>
  until(options, 'the connection to the server', async () => (await ask(engine, 'team.status', {})).state === 'up');

async function titlesOf({ engine }: DemoComputer): Promise<string[]> {
  return (await ask(engine, 'events.list', {})).events.map(({ title }) => title);
}

async function notificationsOf({ engine }: DemoComputer): Promise<string[]> {
  return (await ask(engine, 'notifications.list', {})).map(({ title }) => `“${title}”`);
}

async function until(
  { timeout }: TeamWalkthroughOptions,
  what: string,
  condition: () => Promise<boolean>,
): Promise<void> {
  const end = performance.now() + timeout;
  while (!(await condition())) {
    if (performance.now() > end)
      throw new Error(`The walkthrough stopped: ${what} did not come within ${timeout / 1000} s.`);
    await delay(20);
  }
}
