import { sign } from 'node:crypto';
import { expect, test } from 'vitest';
import { openEnvelope, sealEvent } from '../../../main/engine/team/envelope.ts';
import {
  createSigningKey,
  createTeamKey,
  readPublicKey,
  readSigningKey,
} from '../../../main/engine/team/keys/index.ts';
import { contentOfEvent } from './event-content.ts';

const pair = createSigningKey();
const teamKey = createTeamKey();
const keys = { signing: readPublicKey(pair.public), teamKey };
const subject = 'ringback.team.events.a.b.c';
const body = new Uint8Array([0, 255, 10, 34]);
const content = contentOfEvent();

async function encrypted(signing = readSigningKey(pair.secret)) {
  const { headers, data } = await sealEvent(content, body, subject, { signing, teamKey });
  return { subject, data, headers, header: (name: string) => headers[name] ?? '' };
}

test('a member reads what the receiver encrypted, byte for byte', async () => {
  expect(await openEnvelope(await encrypted(), keys)).toEqual({ kind: 'event', content, body });
});

test('a message that was altered, moved to another subject or signed by another key is forged', async () => {
  const message = await encrypted();
  const altered = Uint8Array.from(message.data, (byte, index) => (index === 20 ? byte ^ 1 : byte));
  const other = readSigningKey(createSigningKey().secret);
  for (const forged of [{ ...message, data: altered }, { ...message, subject: `${subject}d` }, await encrypted(other)])
    expect(await openEnvelope(forged, keys)).toEqual({ kind: 'forged' });
  expect(await openEnvelope({ ...message, header: () => '' }, keys)).toEqual({ kind: 'forged' });
});

test('the content is not readable without the key of the team', async () => {
  const message = await encrypted();
  expect(Buffer.from(message.data).includes('Rang')).toBe(false);
  expect((await openEnvelope(message, { ...keys, teamKey: createTeamKey() })).kind).not.toBe('event');
});

test('a later version is known as one of the receiver, and not read; what only claims to be one is forged', async () => {
  const data = new Uint8Array([1, 2, 3]);
  const signed = Buffer.concat([Buffer.from(`ringback-envelope\n3\n${subject}\n`), data]);
  const signature = sign(null, signed, readSigningKey(pair.secret)).toString('base64');
  const headers: Record<string, string> = { 'Ringback-Version': '3', 'Ringback-Signature': signature };
  const header = (name: string): string => headers[name] ?? '';
  expect(await openEnvelope({ subject, data, header }, keys)).toEqual({ kind: 'newer', version: '3' });
  const message = await encrypted();
  const renamed = (name: string): string => (name === 'Ringback-Version' ? '3' : message.header(name));
  expect(await openEnvelope({ ...message, header: renamed }, keys)).toEqual({ kind: 'forged' });
});
