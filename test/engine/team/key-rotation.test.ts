import { describe, expect, test } from 'vitest';
import type { Cipher } from '../../../main/engine/ports.ts';
import { openEnvelope, sealEvent } from '../../../main/engine/team/envelope.ts';
import { parseInvitation } from '../../../main/engine/team/invitation.ts';
import { readKeys, respondWithKeys } from '../../../main/engine/team/key-request.ts';
import {
  createContentKey,
  createKeyRing,
  createSigningKey,
  createTeamKey,
  createUserKey,
  decryptWith,
  encryptFor,
  formatTeamKeys,
  readPublicKey,
  readSigningKey,
} from '../../../main/engine/team/keys/index.ts';
import { mirrorCipher } from '../../support/memory-store.ts';
import { hasNatsServer } from '../../support/nats-server.ts';
import { openIntruder, openTestTeam, titlesOf } from '../../support/team.ts';
import { temporaryFolder, until } from '../../support/temporary.ts';
import { openTestHost } from '../../support/test-host.ts';
import { contentOfEvent } from './event-content.ts';

const pair = createSigningKey();
const signing = readSigningKey(pair.secret);
const verifying = readPublicKey(pair.public);
const teamKey = createTeamKey();
const subject = 'ringback.team.events.a.b.c';

async function encrypted(rotated = createKeyRing()) {
  const { headers, data } = await sealEvent(contentOfEvent(), new Uint8Array(), subject, { signing, teamKey, rotated });
  return { subject, data, header: (name: string) => headers[name] ?? '' };
}

test('what is encrypted for one nkey is opened with its seed, and with no other', () => {
  const [owner, other] = [createUserKey(), createUserKey()];
  const box = encryptFor(owner.name, Buffer.from('the keys'));
  expect(decryptWith(box, owner.seed).toString()).toBe('the keys');
  expect(() => decryptWith(box, other.seed)).toThrow();
  expect(encryptFor(owner.name, Buffer.from('the keys'))).not.toEqual(box);
});

test('messages of each key are read by whoever has it, and after a rotation not by the one that the team began with', async () => {
  const ring = createKeyRing();
  const before = await encrypted(ring);
  ring.add([createContentKey()]);
  const first = await encrypted(ring);
  const known = createKeyRing(formatTeamKeys(ring.all));
  ring.add([createContentKey()]);
  const second = await encrypted(ring);
  const kinds = (rotated = createKeyRing()) =>
    Promise.all(
      [before, first, second].map(async (message) => {
        const { kind } = await openEnvelope(message, { signing: verifying, teamKey, rotated });
        return kind;
      }),
    );
  expect(await kinds(ring)).toEqual(['event', 'event', 'event']);
  expect(await kinds(known)).toEqual(['event', 'event', 'locked']);
  expect(await kinds()).toEqual(['event', 'locked', 'locked']);
});

test('keys that the receiver did not sign, or that are for another member, are not taken', () => {
  const [anna, bert] = [createUserKey(), createUserKey()];
  const ring = createKeyRing();
  ring.add([createContentKey()]);
  const member = { id: 'anna', user: anna.name };
  const response = Buffer.from(JSON.stringify(respondWithKeys(member, signing, ring)));
  expect(readKeys(response, 'anna', anna.seed, verifying)).toEqual(ring.all);
  const forged = respondWithKeys(member, readSigningKey(createSigningKey().secret), ring);
  expect(() => readKeys(Buffer.from(JSON.stringify(forged)), 'anna', anna.seed, verifying)).toThrow('not sign');
  expect(() => readKeys(response, 'bert', anna.seed, verifying)).toThrow('not sign');
  expect(() => readKeys(response, 'anna', bert.seed, verifying)).toThrow();
});

/** A key store that encrypts nothing while it is locked. */
function createKeyStore() {
  const keyStore = { isLocked: false };
  const cipher: Cipher = {
    ...mirrorCipher,
    encrypt: async (text) => {
      if (keyStore.isLocked) throw new Error('the key store is locked');
      return mirrorCipher.encrypt(text);
    },
  };
  return Object.assign(keyStore, { cipher });
}

test('a removal whose key cannot be stored changes nothing, and is repeated', async () => {
  const keyStore = createKeyStore();
  const host = await openTestHost({ connectors: [], ports: { cipher: keyStore.cipher } });
  await host.ask('team.create', { name: 'Office', servers: ['tls://127.0.0.1:9'] });
  for (const member of ['Anna', 'Bert']) await host.ask('team.invite', { member });
  const [anna] = await host.ask('team.members', {});
  const removal = { member: anna?.id ?? '' };
  const before = structuredClone(host.values.get('team'));
  keyStore.isLocked = true;
  await expect(host.ask('team.remove', removal)).rejects.toThrow();
  expect(host.values.get('team')).toEqual(before);
  keyStore.isLocked = false;
  await host.ask('team.remove', removal);
  expect((await host.ask('team.members', {})).map(({ name }) => name)).toEqual(['Bert']);
  expect(host.values.get('team')).toMatchObject({ secrets: { rotatedKeys: expect.any(String) } });
});

test.each(['at a later start', 'once it can'])(
  'a new event store whose new key cannot be stored gets its numbering %s',
  async (when) => {
    const [values, folder, keyStore] = [new Map<string, unknown>(), await temporaryFolder(), createKeyStore()];
    const open = (where: string) =>
      openTestHost({ folder: where, values, connectors: [], ports: { cipher: keyStore.cipher } });
    const sourceOf = () => (values.get('team') as { source?: string }).source;
    const first = await open(await temporaryFolder());
    await first.ask('team.create', { name: 'Office', servers: ['tls://127.0.0.1:9'] });
    await first.engine.close();
    const source = sourceOf();
    keyStore.isLocked = true;
    const locked = await open(folder);
    await until(async () => (await locked.ask('team.status', {})).problem !== undefined);
    if (when === 'at a later start') await locked.engine.close();
    expect(sourceOf()).toBe(source);
    keyStore.isLocked = false;
    if (when === 'at a later start') await open(folder);
    else locked.engine.wake();
    await until(() => sourceOf() !== source);
  },
);

test('a take-over whose new key cannot be stored leaves the other computer in place, and is repeated', async () => {
  const [values, folder, keyStore] = [new Map<string, unknown>(), await temporaryFolder(), createKeyStore()];
  const open = () => openTestHost({ folder, values, connectors: [], ports: { cipher: keyStore.cipher } });
  const first = await open();
  await first.ask('team.create', { name: 'Office', servers: ['tls://127.0.0.1:9'] });
  await first.engine.close();
  values.set('team', { ...(values.get('team') as object), replacedBy: 'Server', source: 'before' });
  const host = await open();
  keyStore.isLocked = true;
  await expect(host.ask('team.takeOver', {})).rejects.toThrow();
  expect(values.get('team')).toMatchObject({ replacedBy: 'Server', source: 'before' });
  expect((await host.ask('team.status', {})).problem).toBeDefined();
  keyStore.isLocked = false;
  // It stands by again, whatever its user does.
  host.engine.wake();
  await until(async () => (await host.ask('team.status', {})).problemMessage?.code === 'team.unreachable');
  await host.ask('team.takeOver', {});
  const { replacedBy, takesOver, source } = values.get('team') as Record<string, unknown>;
  expect({ replacedBy, takesOver }).toEqual({ replacedBy: undefined, takesOver: true });
  expect(source).not.toBe('before');
});

describe.skipIf(!hasNatsServer)('the key of a team', () => {
  test('is another one after a member was removed, whose keys read nothing of what follows; the others read it all', async () => {
    const receiverEnds: (() => Promise<void>)[] = [];
    const team = await openTestTeam({ atEnd: (close) => receiverEnds.push(close) });
    const invitation = parseInvitation(await team.invite('Anna'));
    const [folder, values] = [await temporaryFolder(), new Map<string, unknown>()];
    const ends: (() => Promise<void>)[] = [];
    const bert = await team.join('Bert', undefined, { folder, values, atEnd: (close) => ends.push(close) });
    await team.receiver.ring({ title: 'before' });
    await until(async () => (await titlesOf(bert)).length === 1);
    const { manager, stream } = await openIntruder(team);
    const readByAnna = async (seq: number) => {
      const message = await until(() => manager.streams.getMessage(stream, { seq }));
      const header = (name: string): string => message.header.get(name);
      const keys = { signing: readPublicKey(invitation.signingKey), teamKey: invitation.secrets.teamKey };
      return (await openEnvelope({ subject: message.subject, data: message.data, header }, keys)).kind;
    };
    expect(await readByAnna(1)).toBe('event');

    const [anna] = (await team.receiver.host.ask('team.members', {})).filter(({ name }) => name === 'Anna');
    await team.receiver.host.ask('team.remove', { member: anna?.id ?? '' });
    await team.receiver.ring({ title: 'after' });
    await until(async () => (await titlesOf(bert)).length === 2);
    expect(await readByAnna(2)).toBe('locked');

    await team.receiver.host.ask('team.rotateKey', {});
    await team.receiver.ring({ title: 'once more' });
    await until(async () => (await titlesOf(bert)).length === 3);
    for (const end of ends) await end();
    const carl = await team.join('Carl');
    await team.receiver.ring({ title: 'slept' });
    await until(async () => (await titlesOf(carl)).length === 1);
    for (const end of receiverEnds) await end();
    // The keys that it got are stored: it needs no receiver to read what they encrypt.
    const again = await openTestHost({ connectors: [], folder, values });
    await until(async () => (await titlesOf(again)).length === 4);
    expect(await titlesOf(again)).toEqual(['slept', 'once more', 'after', 'before']);
  });
});
