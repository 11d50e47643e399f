import { expect, onTestFinished, test } from 'vitest';
import type { BrokerSession } from '../../../main/engine/broker.ts';
import { createUserKey, readUserKey } from '../../../main/engine/team/keys/index.ts';
import { connectNats } from '../../../main/platform/nats/index.ts';
import { createNatsServer, hasNatsServer } from '../../support/nats-server.ts';

/** A session at a server that accepts messages of so many bytes. */
async function openSession(largest: number): Promise<BrokerSession> {
  const server = await createNatsServer();
  const user = createUserKey();
  await server.configure(
    `port: ${server.port}\nmax_payload: ${largest}\nauthorization { users: [ { nkey: ${user.name} } ] }\n`,
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
