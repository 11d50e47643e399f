import { gunzipSync } from 'node:zlib';
import { connect, nkeyAuthenticator } from '@nats-io/transport-node';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import type { ConnectBroker } from '../../../main/engine/broker.ts';
import { parseInvitation } from '../../../main/engine/team/invitation.ts';
import { decryptWith } from '../../../main/engine/team/keys/index.ts';
import { holderOf } from '../../../main/engine/team/side.ts';
import { createStandbyWatch } from '../../../main/engine/team/standby/index.ts';
import { connectNats } from '../../../main/platform/nats/index.ts';
import type { Settings } from '../../../preload/contract/index.ts';
import { openBellHost } from '../../support/bell-host.ts';
import { freePort } from '../../support/free-port.ts';
import { mirrorCipher } from '../../support/memory-store.ts';
import { createNatsServer, createSeverablePath, hasNatsServer } from '../../support/nats-server.ts';
import { authority, openIntruder, titlesOf, untilUp } from '../../support/team.ts';
import { temporaryFolder, until } from '../../support/temporary.ts';
import { createBell } from '../../support/test-connector.ts';
import { openTestHost, type TestHost, type TestHostOptions } from '../../support/test-host.ts';

const problemOf = async (host: TestHost) => (await host.ask('team.status', {})).problemMessage?.code;
const takeOverNotes = ({ notes }: TestHost) => notes.filter(({ title }) => title.endsWith('has taken over'));

interface StandbyOptions extends Partial<TestHostOptions> {
  /** By hand where absent. */
  readonly after?: number;
}

/** A receiver behind a path to the server that can be interrupted, and a standby with a copy of its data, both with one provider. */
async function openPair() {
  const server = await createNatsServer();
  const path = await createSeverablePath(server.port);
  const bell = createBell();
  const ends = new Map<string, () => Promise<void>>();
  const end = async (computer: string): Promise<void> => {
    await ends.get(computer)?.();
    ends.delete(computer);
  };
  onTestFinished(() => Promise.all([...ends.keys()].map(end)).then(() => undefined));
  const at = (machine: string) => ({
    connectors: [bell.connector],
    ports: { machine },
    atEnd: (close: () => Promise<void>) => void ends.set(machine, close),
  });
  const values = new Map<string, unknown>();
  const desk = { ...at('desk'), folder: await temporaryFolder(), values };
  const first = await openBellHost({ ...desk, connector: bell.connector });
  const { host } = first;
  await host.ask('team.create', {
    ...{ name: 'Office', servers: [`tls://localhost:${path.port}`], tls: { authority } },
  });
  const reload = async () => server.configure((await host.ask('team.serverConfig', server.options)).text);
  await reload();
  await untilUp(host);
  const copied = structuredClone(values);
  Object.assign(copied.get('settings') as Settings, { receiver: { port: 0 } });
  const laptop = { ...at('laptop'), folder: await temporaryFolder(), values: copied };
  const [connection] = await host.ask('connections.list', {});
  const create = (on: TestHost, number: number) =>
    on.ask('hooks.create', { connection: connection?.id ?? '', event: `ring.${number}`, scope: { door: 'front' } });
  const { stream, manager } = await openIntruder({ server, receiver: first });
  return {
    ...{ server, path, bell, host, end, create, stream, reload, receiver: first },
    /** As the server does a minute after the last renewal. */
    lapse: () => manager.streams.purge(`KV_${stream}_LEASES`),
    /** Whether any computer holds the receiver's lease; a released one is empty. */
    async isLeased() {
      const lease = await manager.streams.getMessage(`KV_${stream}_LEASES`, {
        last_by_subj: `$KV.${stream}_LEASES.receiver`,
      });
      return (lease?.data.length ?? 0) > 0;
    },
    restart: (options: Partial<TestHostOptions> = {}) => openTestHost({ ...desk, ...options }),
    async openStandby({ after, ...options }: StandbyOptions = {}): Promise<TestHost> {
      // It reaches the server by another way.
      const team = copied.get('team') as Record<string, unknown>;
      const holder = holderOf(String(team.installation), 'laptop');
      const standby = { standby: { holder, ...(after === undefined ? {} : { after }) } };
      if (team.standby === undefined)
        copied.set('team', { ...team, servers: [server.address], replacedBy: 'desk', ...standby });
      const port = await freePort();
      Object.assign(copied.get('settings') as Settings, {
        ...{ receiver: { port }, tunnel: { provider: 'fixed', url: `http://127.0.0.1:${port}` } },
      });
      return openTestHost({ ...laptop, ...options });
    },
    openUndecided: () => openTestHost(laptop),
    /** Where the provider has its hooks. */
    addresses: () => [...new Set([...bell.hooks.values()].map(({ callbackUrl }) => new URL(callbackUrl).origin))],
    events: () => [...bell.hooks.values()].map(({ event }) => event).sort(),
  };
}

type Pair = Awaited<ReturnType<typeof openPair>>;

const addressOf = async (host: TestHost) => `http://127.0.0.1:${(await host.ask('status.get', {})).receiver.port}`;

/** The receiver knows of the standby, and hands it a new hook of that number. */
async function untilNamed({ host, create }: Pair, number: number): Promise<void> {
  const [connection] = await host.ask('connections.list', {});
  await until(async () => {
    // It looks for standbys after each change.
    await host.ask('connections.check', { id: connection?.id ?? '' });
    return (await host.ask('team.status', {})).standbys?.some(({ after }) => after !== undefined) ?? false;
  });
  await create(host, number);
}

/** The provider sends an event to the hook of that number, wherever that is. */
async function ring({ bell }: Pair, number: number, title: string): Promise<void> {
  const [id, hook] = [...bell.hooks].find(([, { event }]) => event === `ring.${number}`) ?? [];
  const body = JSON.stringify({ title });
  const headers = bell.sign(bell.secretOf(id ?? ''), body);
  const response = await fetch(hook?.callbackUrl ?? '', { method: 'POST', body, headers });
  expect(response.status).toBe(204);
}

/** As a minute later: what the server confirmed before counts no more. */
function passMinute(): void {
  const ahead = Date.now() + 60_000 - performance.now();
  vi.spyOn(Date, 'now').mockImplementation(() => ahead + performance.now());
  onTestFinished(() => void vi.restoreAllMocks());
}

type Write = () => Promise<number | undefined>;

/** A connection whose writes to the buckets with that ending are done by `around`. */
function aroundWrites(ending: string, around: (write: Write) => Promise<number | undefined>): ConnectBroker {
  return (options) =>
    connectNats({
      ...options,
      connected: (session) =>
        options.connected({
          ...session,
          async writeKey(bucket, ...parameters) {
            const write: Write = () => session.writeKey(bucket, ...parameters);
            return bucket.endsWith(ending) ? around(write) : write();
          },
        }),
    });
}

const aroundTerm = (around: (write: Write) => Promise<number | undefined>): ConnectBroker =>
  aroundWrites('_RECEIVER', around);

/** The connection of a host that ends with a write to the bucket of the terms, before or after the server has it. */
const killedAtTerm = (moment: 'before' | 'after', killed: () => void): ConnectBroker =>
  aroundTerm(async (write) => {
    if (moment === 'after') await write();
    killed();
    throw new Error('killed');
  });

/** It receives, and all hooks of the provider are at its address. */
async function untilTookOver(standby: TestHost, { addresses }: Pair): Promise<void> {
  await until(async () => (await problemOf(standby)) === undefined);
  await untilUp(standby);
  const address = await addressOf(standby);
  await until(() => addresses().length === 1 && addresses()[0] === address);
}

describe.skipIf(!hasNatsServer)('a standby that takes over by itself', () => {
  test('does so once the receiver is gone, with hooks that are newer than its data, and rings once', async () => {
    const pair = await openPair();
    const { end, lapse, events } = pair;
    const standby = await pair.openStandby({ after: 1 });
    await until(async () => (await problemOf(standby)) === 'team.replaced');
    expect((await standby.ask('status.get', {})).tunnel.state).toBe('off');
    await untilNamed(pair, 7);
    await end('desk');
    expect(takeOverNotes(standby)).toEqual([]);
    await lapse();
    await untilTookOver(standby, pair);
    expect(events()).toEqual(['ring.0', 'ring.7']);
    await until(() => takeOverNotes(standby).length > 0);
    expect((await standby.ask('hooks.reconcile', { dryRun: true })).steps).toEqual([]);
    const returned = await pair.restart();
    await until(async () => (await problemOf(returned)) === 'team.replaced');
    await until(() => takeOverNotes(returned).length > 0);
    expect(await returned.ask('hooks.reconcile', {})).toMatchObject({ held: true, steps: [] });
    expect(pair.addresses()).toEqual([await addressOf(standby)]);
    expect([takeOverNotes(standby).length, takeOverNotes(returned).length]).toEqual([1, 1]);
  });

  test('does so while the receiver is only cut from the server, which then changes no hook, not even when it returns', async () => {
    const pair = await openPair();
    const { host, path, bell, lapse, create, events } = pair;
    const standby = await pair.openStandby({ after: 1 });
    await untilNamed(pair, 7);
    path.sever();
    await until(async () => (await problemOf(host)) === 'team.unreachable');
    // The standby could not learn of it, and would remove it.
    await expect(create(host, 8)).rejects.toThrow('handed to the standby');
    // Nor would it know a secret that the provider got now, on request or by a repair.
    const [[providerId] = ['']] = [...bell.hooks];
    const secret = bell.secretOf(providerId);
    const [hook] = (await host.ask('hooks.list', {})).filter((one) => one.providerId === providerId);
    await expect(host.ask('hooks.update', { id: hook?.id ?? '', rotateSecret: true })).rejects.toThrow(
      'handed to the standby',
    );
    expect(bell.secretOf(providerId)).toBe(secret);
    expect(events()).toEqual(['ring.0', 'ring.7']);
    passMinute();
    await expect(create(host, 8)).rejects.toThrow('standby may have taken over');
    await lapse();
    await untilTookOver(standby, pair);
    await ring(pair, 7, 'at the standby');
    expect(await titlesOf(standby)).toEqual(['at the standby']);
    expect(await host.ask('hooks.reconcile', {})).toMatchObject({
      held: true,
      textMessage: { code: 'team.unconfirmed' },
    });
    path.restore();
    await until(async () => (await problemOf(host)) === 'team.replaced');
    expect(await host.ask('hooks.reconcile', {})).toMatchObject({ held: true, textMessage: { code: 'team.replaced' } });
    await until(() => takeOverNotes(host).length === 1);
    expect((await standby.ask('hooks.reconcile', {})).steps).toEqual([]);
    expect(pair.addresses()).toEqual([await addressOf(standby)]);
    expect(events()).toEqual(['ring.0', 'ring.7']);
  });

  test('goes on where it was killed after it had taken the term', async () => {
    const pair = await openPair();
    let isKilled = false;
    const connectBroker = killedAtTerm('after', () => {
      isKilled = true;
    });
    await pair.openStandby({ after: 1, ports: { machine: 'laptop', connectBroker } });
    await untilNamed(pair, 7);
    await pair.end('desk');
    await pair.lapse();
    await until(() => isKilled);
    await pair.end('laptop');
    const returned = await pair.restart();
    await until(async () => (await problemOf(returned)) === 'team.replacedAway');
    const standby = await pair.openStandby();
    await untilTookOver(standby, pair);
    expect(pair.events()).toEqual(['ring.0', 'ring.7']);
    await until(() => takeOverNotes(standby).length === 1);
    expect(await returned.ask('hooks.reconcile', {})).toMatchObject({ held: true, steps: [] });
  });

  test('gives up where it was killed before that and the receiver is back, and both keep their places after that', async () => {
    const pair = await openPair();
    let isKilled = false;
    const connectBroker = killedAtTerm('before', () => {
      isKilled = true;
    });
    await pair.openStandby({ after: 1, ports: { machine: 'laptop', connectBroker } });
    await untilNamed(pair, 7);
    await pair.end('desk');
    await pair.lapse();
    await until(() => isKilled);
    // Another standby could take over what this one cannot.
    await until(async () => !(await pair.isLeased()));
    await pair.end('laptop');
    const returned = await pair.restart();
    await untilUp(returned);
    const standby = await pair.openStandby();
    await until(async () => (await problemOf(standby)) === 'team.replaced');
    expect(await standby.ask('hooks.reconcile', {})).toMatchObject({ held: true, steps: [] });
    await pair.create(returned, 8);
    expect(pair.events()).toEqual(['ring.0', 'ring.7', 'ring.8']);
    expect(takeOverNotes(standby)).toEqual([]);
  });

  test('keeps a hook that the receiver created when it came back before the term was taken', async () => {
    const pair = await openPair();
    const { host, path, create } = pair;
    let isBack = false;
    const connectBroker = aroundTerm(async (write) => {
      if (!isBack) {
        path.restore();
        await until(() =>
          create(host, 8).then(
            () => true,
            () => false,
          ),
        );
        isBack = true;
      }
      return write();
    });
    const standby = await pair.openStandby({ after: 1, ports: { machine: 'laptop', connectBroker } });
    await untilNamed(pair, 7);
    path.sever();
    await until(async () => (await problemOf(host)) === 'team.unreachable');
    await pair.lapse();
    await until(() => isBack);
    await untilTookOver(standby, pair);
    expect(pair.events()).toEqual(['ring.0', 'ring.7', 'ring.8']);
  });

  test('tries again after an attempt that it gave up, under the same term', async () => {
    const pair = await openPair();
    let attempts = 0;
    // At the first attempt somebody else wrote in between.
    const connectBroker = aroundTerm(async (write) => {
      attempts += 1;
      return attempts === 1 ? undefined : write();
    });
    const standby = await pair.openStandby({ after: 1, ports: { machine: 'laptop', connectBroker } });
    await untilNamed(pair, 7);
    await pair.end('desk');
    await pair.lapse();
    await untilTookOver(standby, pair);
    expect(attempts).toBe(2);
  });

  test('does nothing without its wish, without the copy, or for as long as a computer receives', async () => {
    const pair = await openPair();
    const { lapse, create, host } = pair;
    const standby = await pair.openStandby();
    await until(async () => {
      await create(host, 9);
      return (await host.ask('team.status', {})).standbys !== undefined;
    });
    for (let round = 0; round < 3; round += 1) {
      await lapse();
      await create(host, 10 + round);
    }
    await pair.end('desk');
    await lapse();
    await until(async () => (await problemOf(standby)) === 'team.replacedAway');
    // What it is to do by hand it does with the newest hooks, too.
    await standby.ask('team.takeOver', {});
    await untilTookOver(standby, pair);
    expect(pair.events()).toEqual(expect.arrayContaining(['ring.0', 'ring.10', 'ring.11', 'ring.12']));
  });

  test('does not keep a receiver that slept from its hooks: it repairs them once the server confirms that it receives', async () => {
    const pair = await openPair();
    await pair.openStandby({ after: 60 });
    await untilNamed(pair, 7);
    await pair.end('desk');
    let confirm = (): void => {};
    let confirmed = Promise.resolve();
    const host = await pair.restart({
      ports: { machine: 'desk', connectBroker: aroundWrites('_LEASES', (write) => confirmed.then(write)) },
    });
    await untilUp(host);
    await until(async () => (await host.ask('hooks.reconcile', {})).held === undefined);
    confirmed = new Promise((resolve) => {
      confirm = resolve;
    });
    const [[id = ''] = []] = [...pair.bell.hooks];
    pair.bell.hooks.delete(id);
    host.engine.wake();
    expect(await host.ask('hooks.reconcile', {})).toMatchObject({
      held: true,
      textMessage: { code: 'team.unconfirmed' },
    });
    expect(pair.events()).toHaveLength(1);
    confirm();
    await until(() => pair.events().length === 2);
    expect(pair.events()).toEqual(['ring.0', 'ring.7']);
  });

  test('is set up by one command on a computer with a copy of the data, and on no other', async () => {
    const pair = await openPair();
    const { host } = pair;
    await expect(host.ask('team.standby', { automatic: true })).rejects.toThrow('This computer receives');
    const standby = await pair.openUndecided();
    expect(await standby.ask('status.get', {})).toMatchObject({ copied: true });
    const status = await standby.ask('team.standby', { automatic: true, after: 90 });
    expect(status).toMatchObject({ role: 'receiver', standby: { after: 90 } });
    expect(await standby.ask('status.get', {})).not.toHaveProperty('copied');
    await untilNamed(pair, 7);
    expect((await host.ask('team.status', {})).standbys).toMatchObject([{ after: 90 }]);
    await standby.ask('team.standby', { automatic: false });
    await until(async () => {
      await pair.create(host, Math.floor(Math.random() * 1000) + 10);
      return (await host.ask('team.status', {})).standbys?.every(({ after }) => after === undefined) ?? false;
    });
  });

  test('gets what no member can read, and nobody else can write', async () => {
    const pair = await openPair();
    const { host, stream } = pair;
    const { invitation } = await host.ask('team.invite', { member: 'Anna' });
    await pair.reload();
    const standby = await pair.openStandby({ after: 1 });
    await untilNamed(pair, 7);
    const bucket = `KV_${stream}_STANDBY`;
    const { manager, connection: intruder } = await openIntruder(pair);
    const { secrets, servers } = parseInvitation(invitation);
    const member = await connect({
      ...{ servers: [...servers], tls: { ca: authority } },
      authenticator: nkeyAuthenticator(new TextEncoder().encode(secrets.seed)),
    });
    onTestFinished(() => member.close());
    await expect(
      member.request(
        `$JS.API.STREAM.MSG.GET.${bucket}`,
        JSON.stringify({ last_by_subj: `$KV.${stream}_STANDBY.copy` }),
      ),
    ).rejects.toThrow(/permission/i);
    const stored = await manager.streams.getMessage(bucket, { last_by_subj: `$KV.${stream}_STANDBY.copy` });
    // After the signature of 64 bytes it is encrypted, not only compressed.
    const encrypted = (stored?.data ?? new Uint8Array()).subarray(64);
    expect(encrypted.length).toBeGreaterThan(0);
    expect(() => gunzipSync(encrypted)).toThrow('incorrect header check');
    expect(() => decryptWith(encrypted, secrets.seed)).toThrow();
    const { secrets: own } = host.values.get('team') as { secrets: { seed: string } };
    expect(gunzipSync(decryptWith(encrypted, await mirrorCipher.decrypt(own.seed))).toString()).toContain('ring.7');
    // Somebody with access to the server puts something else in its place.
    await pair.end('desk');
    intruder.publish(`$KV.${stream}_STANDBY.copy`, Buffer.from('forged'));
    await manager.streams.purge(`KV_${stream}_LEASES`);
    await until(() => standby.lines.some((line) => line.includes('not signed')));
    await until(async () => (await problemOf(standby)) === 'team.replacedAway');
    expect(takeOverNotes(standby)).toEqual([]);
  });
});

test('the time without a receiver counts only as far as the server was asked without a break', () => {
  let now = 0;
  const watch = createStandbyWatch(() => now);
  const at = (time: number, hasReceiver: boolean) => {
    now = time;
    return watch.observe(hasReceiver);
  };
  expect([at(0, false), at(20_000, false), at(40_000, false)]).toEqual([0, 20_000, 40_000]);
  expect([at(50_000, true), at(60_000, false), at(80_000, false)]).toEqual([0, 0, 20_000]);
  // The computer slept, or the server was away.
  expect([at(200_000, false), at(210_000, false)]).toEqual([0, 10_000]);
  watch.reset();
  expect([at(220_000, false), at(230_000, false)]).toEqual([0, 10_000]);
});
