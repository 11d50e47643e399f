import { describe, expect, test } from 'vitest';
import { hasNatsServer } from '../../../support/nats-server.ts';
import { openTestTeam, titlesOf, untilUp } from '../../../support/team.ts';
import { until } from '../../../support/temporary.ts';
import { openTestHost, type TestHost } from '../../../support/test-host.ts';

const problemOf = async (host: TestHost) => (await host.ask('team.status', {})).problemMessage?.code;
const untilProblem = (host: TestHost, code: string) => until(async () => (await problemOf(host)) === code);

/** A team whose server runs with another configuration than the one that Ringback writes. */
async function openWith(change: (text: string) => string) {
  const team = await openTestTeam();
  const member = await team.join('Anna');
  const { text } = await team.receiver.host.ask('team.serverConfig', team.server.options);
  const restartWith = async (configuration: string): Promise<void> => {
    await team.server.kill();
    await team.server.configure(configuration);
  };
  await restartWith(change(text));
  return { receiver: team.receiver, member, restore: () => restartWith(text) };
}

describe.skipIf(!hasNatsServer)('the status names in the words of the user', () => {
  test('a server that stores nothing, and publishes what came meanwhile once it does', async () => {
    const { receiver, member, restore } = await openWith((text) =>
      text.replace(/jetstream \{[^}]*\}\n/, '').replace('jetstream: enabled', ''),
    );
    await untilProblem(receiver.host, 'team.storageDisabled');
    await untilProblem(member, 'team.storageDisabled');
    await receiver.ring({ title: 'meanwhile' });
    await restore();
    await until(async () => (await titlesOf(member)).length === 1);
    for (const host of [receiver.host, member]) await untilUp(host);
  });

  test('a server that does not permit a member what it needs', async () => {
    const { member, receiver, restore } = await openWith((text) =>
      text.replace(/"\$JS\.API\.STREAM\.INFO[^\n]*\n/g, '"none"\n'),
    );
    await untilProblem(member, 'team.forbidden');
    await untilUp(receiver.host);
    await restore();
    await untilUp(member);
  });

  test('a server whose certificate is not trusted, one without encryption, and one that is not there', async () => {
    const { server } = await openTestTeam();
    const untrusting = await openTestHost({ connectors: [] });
    await untrusting.ask('team.create', { name: 'Office', servers: [server.address] });
    await untilProblem(untrusting, 'team.serverUntrusted');
    expect(await untrusting.ask('team.status', {})).toMatchObject({
      state: 'down',
      problemMessage: { params: { 'detail.code': 'network.failed' } },
    });
    const { text } = await untrusting.ask('team.serverConfig', { ...server.options, tls: undefined });
    await server.kill();
    await untilProblem(untrusting, 'team.unreachable');
    await server.configure(text);
    await untilProblem(untrusting, 'team.serverUnencrypted');
  });
});
