import { describe, expect, test } from 'vitest';
import { hasNatsServer } from '../../../support/nats-server.ts';
import { openIntruder, openTestTeam, titlesOf, untilUp } from '../../../support/team.ts';
import { temporaryFolder, until } from '../../../support/temporary.ts';
import { openTestHost, type TestHost } from '../../../support/test-host.ts';

const largest = 16_384;
/** Bytes of bodies around those with which a message is just as large as the server accepts. */
const sizes = Array.from({ length: 17 }, (_, index) => 12_000 + 300 * index);

/** A team at a server that accepts small messages only. */
async function openSmallTeam() {
  const team = await openTestTeam();
  const stored = { folder: await temporaryFolder(), values: new Map<string, unknown>() };
  const ends: (() => Promise<void>)[] = [];
  const member = await team.join('Anna', undefined, { ...stored, atEnd: (close) => ends.push(close) });
  const configure = async (): Promise<void> => {
    const { text } = await team.receiver.host.ask('team.serverConfig', team.server.options);
    await team.server.kill();
    await team.server.configure(text.replace('max_payload: 4MB', `max_payload: ${largest}`));
    await untilUp(team.receiver.host);
  };
  await configure();
  return {
    ...{ team, member },
    async endMember() {
      for (const end of ends) await end();
    },
    restartMember: () => openTestHost({ connectors: [], ...stored }),
    async ringAll() {
      for (const size of sizes) await team.receiver.ring({ title: `of ${size}`, pad: 'x'.repeat(size) });
      await until(async () => (await team.receiver.host.ask('team.status', {})).behind === 0);
    },
  };
}

const all = sizes.map((size) => `of ${size}`).sort();

/** How many bytes of the event's body the member has. */
async function bytesOf(member: TestHost, title: string): Promise<number> {
  const { events } = await member.ask('events.list', { limit: 500 });
  const event = events.find((one) => one.title === title);
  return (await member.ask('events.get', { id: event?.id ?? '' })).body.length;
}

describe.skipIf(!hasNatsServer)('events that are about as large as the server accepts', () => {
  test('all arrive, the small ones whole and the large ones without their bodies', async () => {
    const { team, member, ringAll } = await openSmallTeam();
    await ringAll();
    // Too large even without its body.
    await team.receiver.ring({ title: 'with long texts', summary: 's'.repeat(largest), name: 'n'.repeat(largest) });
    await until(async () => (await titlesOf(member)).includes('with long texts'));
    expect((await titlesOf(member)).sort()).toEqual([...all, 'with long texts']);
    expect(await bytesOf(member, `of ${sizes[0]}`)).toBeGreaterThan(12_000);
    expect(await bytesOf(member, `of ${sizes.at(-1)}`)).toBe(0);
    await untilUp(team.receiver.host);
  });

  test('all arrive, too, where they are requested from the receiver after the stream was emptied', async () => {
    const { team, endMember, restartMember, ringAll } = await openSmallTeam();
    await endMember();
    await ringAll();
    const { manager, stream } = await openIntruder(team);
    await manager.streams.purge(stream);
    const { text } = await team.receiver.host.ask('team.serverConfig', team.server.options);
    await team.server.kill();
    await team.server.configure(text.replace('max_payload: 4MB', `max_payload: ${largest}`));
    const member = await restartMember();
    await until(async () => (await titlesOf(member)).length >= sizes.length);
    expect((await titlesOf(member)).sort()).toEqual(all);
    await untilUp(member);
  });
});
