import { readFileSync } from 'node:fs';
import { jetstreamManager } from '@nats-io/jetstream';
import { connect, nkeyAuthenticator } from '@nats-io/transport-node';
import { onTestFinished } from 'vitest';
import { createUserKey } from '../../main/engine/team/keys/index.ts';
import type { TeamFilter } from '../../preload/contract/index.ts';
import { type BellHost, type BellHostOptions, openBellHost } from './bell-host.ts';
import { authorityFile } from './certificates.ts';
import { createNatsServer, type NatsServer } from './nats-server.ts';
import { eventually, until } from './temporary.ts';
import { openTestHost, type TestHost, type TestHostOptions } from './test-host.ts';

/** A receiver with hooks of the simplest provider, and its team at a real server. */
export interface TestTeam {
  readonly server: NatsServer;
  readonly receiver: BellHost;
  /** Invites a member and lets the server load the new configuration. */
  invite(member: string, filter?: TeamFilter): Promise<string>;
  /** The same, and joins with a host of its own. */
  join(member: string, filter?: TeamFilter, options?: Partial<TestHostOptions>): Promise<TestHost>;
  reload(): Promise<void>;
}

export const authority = readFileSync(authorityFile, 'utf8');

export async function openTestTeam(options: BellHostOptions = {}): Promise<TestTeam> {
  const server = await createNatsServer();
  const receiver = await openBellHost(options);
  const { host } = receiver;
  await host.ask('team.create', { name: 'Office', servers: [server.address], tls: { authority } });
  const reload = async (): Promise<void> => {
    const { text } = await host.ask('team.serverConfig', server.options);
    await server.configure(text);
  };
  await reload();
  await untilUp(host);
  const invite: TestTeam['invite'] = async (member, filter) => {
    const { invitation } = await host.ask('team.invite', { member, ...(filter ? { filter } : {}) });
    await reload();
    return invitation;
  };
  return {
    server,
    receiver,
    invite,
    reload,
    async join(member, filter, memberOptions) {
      const invitation = await invite(member, filter);
      const memberHost = await openTestHost({ connectors: [], ...memberOptions });
      await memberHost.ask('team.join', { invitation });
      await untilUp(memberHost);
      return memberHost;
    },
  };
}

/** A user of the server who may do anything in the team's account, but has no key of the receiver. */
export async function openIntruder({ server, receiver }: Pick<TestTeam, 'server' | 'receiver'>) {
  const user = createUserKey();
  const { text } = await receiver.host.ask('team.serverConfig', server.options);
  await server.configure(text.replace('users: [', `users: [\n      { nkey: ${user.name} }`));
  const connection = await until(() =>
    connect({
      ...{ servers: server.address, tls: { ca: authority } },
      authenticator: nkeyAuthenticator(new TextEncoder().encode(user.seed)),
    }).catch(() => undefined),
  );
  onTestFinished(() => connection.close());
  const manager = await jetstreamManager(connection);
  const stream = /RINGBACK_\w+/.exec(text)?.[0] ?? '';
  return { connection, manager, stream };
}

export async function untilUp(host: TestHost): Promise<void> {
  await eventually(async () => {
    const { state, problem } = await host.ask('team.status', {});
    // Quicker than a failed assertion, which takes longer than the attempt.
    if (state !== 'up' || problem !== undefined) throw new Error(`The team is ${state}: ${problem}`);
  });
}

/** Titles of the stored events, the newest first. */
export async function titlesOf(host: TestHost): Promise<string[]> {
  const { events } = await host.ask('events.list', { limit: 500 });
  return events.map(({ title }) => title);
}
