import { describe, expect, onTestFinished, test } from 'vitest';
import { type Sandbox, startSandbox } from '../../main/sandbox/sandbox.ts';
import { kill, type Spawned, spawnHost } from '../headless/spawned.ts';
import { freePort } from '../support/free-port.ts';
import { createNatsServer, hasNatsServer } from '../support/nats-server.ts';
import { signed } from '../support/spawned-hook.ts';
import { authority } from '../support/team.ts';
import { temporaryFolder, until } from '../support/temporary.ts';
import { deliveryIds } from './delivery-load.ts';
import { extent } from './extent.ts';

const rounds = extent({ full: 100, short: 4 });
const deliveriesEach = 20;
const longestWait = 300_000;
const timeout = extent({ full: 7_200_000, short: 900_000 });

/** A host that can be killed and started again. */
async function createComputer() {
  const [folder, port] = [await temporaryFolder(), await freePort()];
  let host = spawnHost(folder);
  const start = async (): Promise<void> => {
    await until(
      () =>
        host.ready().then(
          () => true,
          () => false,
        ),
      longestWait,
    );
  };
  await start();
  const url = `http://127.0.0.1:${port}`;
  await host.ask('settings.set', { receiver: { port }, tunnel: { provider: 'fixed', url } });
  return {
    url,
    get host(): Spawned {
      return host;
    },
    async restart(): Promise<void> {
      await kill(host);
      host = spawnHost(folder);
      await start();
    },
  };
}

type Computer = Awaited<ReturnType<typeof createComputer>>;

const isCurrent = async ({ host }: Computer): Promise<boolean> => {
  const { state, behind, problem } = await host.ask('team.status', {});
  return state === 'up' && behind === 0 && problem === undefined;
};
const untilCurrent = (computer: Computer) => until(() => isCurrent(computer), longestWait);

/** Where the provider delivers to, once that is at this computer. */
async function targetAt({ host, url }: Computer, sandbox: Sandbox) {
  const callbackUrl = await until(async () => {
    const [hook] = await host.ask('hooks.list', {});
    const { tunnel } = await host.ask('status.get', {});
    return tunnel.state === 'up' && hook?.callbackUrl.startsWith(url) ? hook.callbackUrl : undefined;
  }, longestWait);
  const patch = sandbox.aps.requests.findLast(({ method }) => method === 'PATCH');
  return { callbackUrl, secret: /"token":"([0-9a-f]{64})"/.exec(patch?.body ?? '')?.[1] ?? '' };
}

async function found(receiver: Computer, standby: Computer, member: Computer, sandbox: Sandbox) {
  const server = await createNatsServer();
  const { clientId, clientSecret, apsUrl } = sandbox;
  const connection = await receiver.host.ask('connections.add', {
    ...{ connector: 'aps-webhooks', settings: { clientId, baseUrl: apsUrl }, secrets: { clientSecret } },
  });
  await receiver.host.ask('hooks.create', {
    ...{ connection: connection.id, system: 'adsk.flc.production', event: 'item.update' },
    scope: { workspace: 'urn:adsk.plm:tenant.workspace:ACME.57' },
  });
  await receiver.host.ask('team.create', { name: 'Office', servers: [server.address], tls: { authority } });
  const { invitation } = await receiver.host.ask('team.invite', { member: 'Anna' });
  await server.configure((await receiver.host.ask('team.serverConfig', server.options)).text);
  await untilCurrent(receiver);
  await member.host.ask('team.join', { invitation });
  await untilCurrent(member);
  await standby.host.ask('team.join', await receiver.host.ask('team.inviteStandby', {}));
  await until(async () => (await receiver.host.ask('team.status', {})).standbys !== undefined, longestWait);
  return server;
}

describe.skipIf(!hasNatsServer)('a team with a standby', () => {
  test(
    `after kill -9 of server, standby, member and receiver in turns, ${rounds} times, the last with a take-over, the member has each event exactly once`,
    async () => {
      const sandbox = await startSandbox();
      onTestFinished(() => sandbox.stop());
      let [receiver, standby] = [await createComputer(), await createComputer()];
      const member = await createComputer();
      const server = await found(receiver, standby, member, sandbox);
      const acknowledged: string[] = [];
      for (let round = 0; round < rounds; round += 1) {
        const { callbackUrl, secret } = await targetAt(receiver, sandbox);
        const deliver = async (): Promise<void> => {
          for (let number = 0; number < deliveriesEach; number += 1) {
            const id = `delivery-${round}-${number}`;
            const body = JSON.stringify({ payload: { ItemUrn: `urn:${id}`, ItemDescription: id } });
            const response = await fetch(callbackUrl, { method: 'POST', body, headers: signed(secret, id, body) });
            expect(response.status).toBe(204);
            acknowledged.push(id);
          }
        };
        const load = deliver();
        if (round % 4 === 0) {
          await server.kill();
          await server.start();
        } else if (round % 4 === 1) await standby.restart();
        else if (round % 4 === 2) await member.restart();
        await load;
        if (round % 4 !== 3) continue;
        // What it has not published stays with it.
        await untilCurrent(receiver);
        await kill(receiver.host);
        await standby.host.ask('team.takeOver', {});
        await untilCurrent(standby);
        [receiver, standby] = [standby, receiver];
        await standby.restart();
      }
      await untilCurrent(receiver);
      await until(async () => (await deliveryIds(member.host)).length >= acknowledged.length, longestWait);
      expect((await deliveryIds(member.host)).sort()).toEqual(acknowledged.sort());
    },
    timeout,
  );
});
