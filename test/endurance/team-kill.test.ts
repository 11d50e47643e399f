import { describe, expect, test } from 'vitest';
import { kill, type Spawned, spawnHost } from '../headless/spawned.ts';
import { createNatsServer, hasNatsServer, type NatsServer } from '../support/nats-server.ts';
import { registerHook, signed } from '../support/spawned-hook.ts';
import { authority } from '../support/team.ts';
import { temporaryFolder, until } from '../support/temporary.ts';
import { deliveryIds } from './delivery-load.ts';
import { extent } from './extent.ts';

const rounds = extent({ full: 100, short: 3 });
const senders = 4;
const deliveriesEach = 15;
const longestWait = 300_000;
const timeout = extent({ full: 7_200_000, short: 900_000 });

/** A busy machine may need longer than a host is given elsewhere. */
async function untilStarted(host: Spawned): Promise<void> {
  await until(
    () =>
      host.ready().then(
        () => true,
        () => false,
      ),
    longestWait,
  );
}

const isCurrent = async (host: Spawned): Promise<boolean> => {
  const { state, behind } = await host.ask('team.status', {});
  return state === 'up' && behind === 0;
};

interface Load {
  readonly url: string;
  readonly secret: string;
  readonly acknowledged: Set<string>;
}

/** Sends one after the other until the host is gone; what got its 2xx is noted. */
async function deliver({ url, secret, acknowledged }: Load, name: string): Promise<void> {
  for (let number = 0; number < deliveriesEach; number += 1) {
    const id = `${name}-${number}`;
    const body = JSON.stringify({ payload: { ItemUrn: `urn:${id}`, ItemDescription: id } });
    const response = await fetch(url, { method: 'POST', body, headers: signed(secret, id, body) }).catch(
      () => undefined,
    );
    if (!response) return;
    if (response.ok) acknowledged.add(id);
  }
}

/** Creates the team at the server, and lets the member join. */
async function found(server: NatsServer, receiver: Spawned, member: Spawned): Promise<void> {
  await Promise.all([untilStarted(receiver), untilStarted(member)]);
  const configure = async (): Promise<void> => {
    await server.configure((await receiver.ask('team.serverConfig', server.options)).text);
  };
  await receiver.ask('team.create', { name: 'Office', servers: [server.address], tls: { authority } });
  const { invitation } = await receiver.ask('team.invite', { member: 'Anna' });
  await configure();
  await until(() => isCurrent(receiver), longestWait);
  await member.ask('team.join', { invitation });
  await until(() => isCurrent(member), longestWait);
}

describe.skipIf(!hasNatsServer)('a team under load', () => {
  test(
    `after kill -9 of server, receiver and member in turns, ${rounds} times, the member has each event exactly once`,
    async () => {
      const server = await createNatsServer();
      const [receiverFolder, memberFolder] = [await temporaryFolder(), await temporaryFolder()];
      let [receiver, member] = [spawnHost(receiverFolder), spawnHost(memberFolder)];
      const { path, secret } = await registerHook(receiver);
      await found(server, receiver, member);
      const acknowledged = new Set<string>();
      for (let round = 0; round < rounds; round += 1) {
        await untilStarted(receiver);
        const { port } = (await receiver.ask('status.get', {})).receiver;
        const target = { url: `http://127.0.0.1:${port}${path}`, secret, acknowledged };
        const load = Promise.all(
          Array.from({ length: senders }, (_, sender) => deliver(target, `delivery-${round}-${sender}`)),
        );
        const enough = acknowledged.size + Math.floor((Math.random() * senders * deliveriesEach) / 2);
        await until(() => acknowledged.size >= enough, longestWait);
        if (round % 3 === 0) {
          await server.kill();
          await server.start();
        } else if (round % 3 === 1) {
          await kill(receiver);
          receiver = spawnHost(receiverFolder);
        } else {
          await kill(member);
          member = spawnHost(memberFolder);
        }
        await load;
      }
      await Promise.all([untilStarted(receiver), untilStarted(member)]);
      await until(() => isCurrent(receiver), longestWait);
      const stored = (await deliveryIds(receiver)).sort();
      await until(async () => (await deliveryIds(member)).length >= stored.length, longestWait);
      expect((await deliveryIds(member)).sort()).toEqual(stored);
      expect([...acknowledged].filter((id) => !stored.includes(id))).toEqual([]);
    },
    timeout,
  );
});
