import { expect, onTestFinished, test } from 'vitest';
import type { BrokerSession } from '../../../main/engine/broker.ts';
import { createUserKey, readUserKey } from '../../../main/engine/team/keys/index.ts';
import { connectNats } from '../../../main/platform/nats/index.ts';
import { createNatsServer, hasNatsServer } from '../../support/nats-server.ts';
import { temporaryFolder, until } from '../../support/temporary.ts';

/** A session at a server that accepts messages of so many bytes. */
async function openSession(largest: number, more = ''): Promise<BrokerSession> {
  const server = await createNatsServer();
  const user = createUserKey();
  await server.configure(
    `port: ${server.port}\nmax_payload: ${largest}\nauthorization { users: [ { nkey: ${user.name} } ] }\n${more}`,
  );
  return new Promise((resolve) => {
    const connection = connectNats({
      ...{ servers: [`nats://127.0.0.1:${server.port}`], secure: false, name: 'test', inbox: '_INBOX_test' },
      ...{ user: readUserKey(user.seed), connected: resolve, lost() {} },
    });
    onTestFinished(() => connection.close());
  });
}

test.skipIf(!hasNatsServer)(
  'a response that fails, or is larger than the server accepts, is none, and later ones come',
  async () => {
    const session = await openSession(2048);
    expect(session.largest).toBe(2048);
    session.respond('size', async (data) => {
      const size = Number(Buffer.from(data).toString());
      if (size < 0) throw new Error('cannot respond');
      return new Uint8Array(size);
    });
    const request = async (size: number) => (await session.request('size', Buffer.from(`${size}`), 300)).length;
    await expect(request(2049)).rejects.toMatchObject({ fault: 'noResponse' });
    await expect(request(-1)).rejects.toMatchObject({ fault: 'noResponse' });
    expect(await session.request('size', Buffer.from('2048'), 30_000)).toHaveLength(2048);
  },
);

test.skipIf(!hasNatsServer)(
  'calls at a server that stores nothing, or with nobody who responds, reject with their faults',
  async () => {
    const session = await openSession(1_000_000);
    await expect(session.streamState('none')).rejects.toMatchObject({ fault: 'storageDisabled' });
    await expect(session.request('nobody', new Uint8Array(), 30_000)).rejects.toMatchObject({ fault: 'noResponse' });
    await expect(session.writeKey('bucket', 'key', new Uint8Array(2_000_000), 0)).rejects.toMatchObject({
      fault: 'tooLarge',
    });
  },
);

test.skipIf(!hasNatsServer)(
  'messages come no more to whoever ended taking them, and at once to whoever takes them then',
  async () => {
    const folder = await temporaryFolder();
    const session = await openSession(1_000_000, `jetstream { store_dir: ${JSON.stringify(folder)} }\n`);
    await session.putStream({ name: 'events', subjects: ['events.>'], age: 3_600_000, bytes: 1_000_000 });
    await session.putConsumer('events', { name: 'all', filter: 'events.>', start: { after: 0 } });
    const take = (taken: number[]) => {
      const ending = new AbortController();
      let isTaking = false;
      const ended = session.consume('events', 'all', {
        began: () => {
          isTaking = true;
        },
        handle: async ({ sequence }) => void taken.push(sequence),
        signal: ending.signal,
      });
      return {
        began: () => until(() => isTaking),
        end: () => {
          ending.abort();
          return ended;
        },
      };
    };
    const publish = (id: string) => session.publish({ subject: 'events.one', id, headers: {}, data: new Uint8Array() });
    const [first, second]: [number[], number[]] = [[], []];
    const one = take(first);
    await one.began();
    await publish('a');
    await until(() => first.length === 1);
    await one.end();
    const other = take(second);
    await other.began();
    for (const id of ['b', 'c', 'd']) await publish(id);
    await until(() => second.length === 3);
    expect({ first, second }).toEqual({ first: [1], second: [2, 3, 4] });
    await other.end();
  },
);
