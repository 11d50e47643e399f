import { expect, test } from 'vitest';
import { translateMessage } from '../../../main/engine/messages/index.ts';
import { sendMail } from '../../../main/platform/mail/index.ts';
import type { Input } from '../../../preload/contract/index.ts';
import { openBellHost } from '../../support/bell-host.ts';
import { freePort } from '../../support/free-port.ts';
import { type Handler, openHandler } from '../../support/handler.ts';
import { openMailServer } from '../../support/mail-server.ts';
import { until } from '../../support/temporary.ts';
import type { TestHost } from '../../support/test-host.ts';

interface SentJson {
  readonly id: string;
  readonly title: string;
  readonly event?: string;
}

const idsOf = ({ requests }: Handler): string[] => requests.map(({ body }) => (JSON.parse(body) as SentJson).id);
const waitingOf = async ({ ask }: TestHost): Promise<number[]> =>
  (await ask('sinks.list', {})).map((sink) => sink.waiting);

test('what the bell shows is sent as JSON, with its token, and its address is not shown again', async () => {
  const handler = await openHandler();
  const { host, ring } = await openBellHost();
  const url = `${handler.url}?key=hidden`;
  const sink = await host.ask('sinks.add', { target: { kind: 'webhook', url, token: 'bearer' } });
  expect(sink).toMatchObject({ kind: 'webhook', enabled: true, waiting: 0, target: new URL(handler.url).host });
  await ring({ name: 'Grüße' });
  const { headers, body } = await until(() => handler.requests[0]);
  const sent = JSON.parse(body) as SentJson;
  const [note] = await host.ask('notifications.list', {});
  expect(sent).toMatchObject({ source: 'ringback', title: note?.title, event: note?.event, outcome: 'info' });
  expect(headers).toMatchObject({ authorization: 'Bearer bearer', 'idempotency-key': sent.id });
  await until(async () => (await host.ask('sinks.list', {}))[0]?.lastSentAt);
  expect(JSON.stringify([...host.values, await host.ask('sinks.list', {})])).not.toMatch(/hidden|bearer/);
});

test('the rules of the bell apply: nothing is sent of what is muted', async () => {
  const handler = await openHandler();
  const { host, ring } = await openBellHost({ hooks: 2 });
  await host.ask('sinks.add', { target: { kind: 'webhook', url: handler.url } });
  await host.ask('notifications.setRules', { rules: [{ event: 'ring.0', mode: 'off' }] });
  await ring({ name: 'muted' }, 0);
  await ring({ name: 'audible' }, 1);
  await until(() => handler.requests.length > 0);
  const { events } = await host.ask('events.list', {});
  const audible = events.find(({ event }) => event === 'ring.1');
  expect(handler.requests.map(({ body }) => (JSON.parse(body) as SentJson).event)).toEqual([audible?.id]);
});

test('what is not accepted is sent again in its order, under the same id', async () => {
  const handler = await openHandler();
  let shift = 0;
  const { host, ring } = await openBellHost({ ports: { now: () => Date.now() + shift } });
  await host.ask('sinks.add', { name: 'Mine', target: { kind: 'webhook', url: handler.url } });
  handler.status = 503;
  await ring({ name: 'first' });
  await until(async () => (await host.ask('sinks.list', {}))[0]?.problem);
  expect((await host.ask('sinks.list', {}))[0]).toMatchObject({
    ...{ waiting: 1, problem: 'status 503' },
    problemMessage: { code: 'network.status', params: { status: 503 } },
  });
  handler.status = 204;
  shift = 60_000;
  await ring({ name: 'second' });
  await until(async () => new Set(idsOf(handler)).size === 2);
  await until(async () => (await waitingOf(host))[0] === 0);
  const [first, ...rest] = idsOf(handler);
  const second = rest.pop();
  expect(rest.length).toBeGreaterThan(0);
  expect(new Set(rest)).toEqual(new Set([first]));
  expect(second).not.toBe(first);
});

test('that a sink rejects the token is reported at the first attempt, once, and the rest waits', async () => {
  const handler = await openHandler();
  const { host, ring } = await openBellHost();
  await host.ask('sinks.add', { name: 'Mine', target: { kind: 'webhook', url: handler.url } });
  handler.status = 401;
  await ring({ name: 'first' });
  const denied = 'Mine accepts no notifications: status 401.';
  const denials = async () =>
    (await host.ask('status.get', {})).warnings.filter(({ message }) => message.startsWith(denied)).length;
  await until(async () => (await denials()) === 1);
  await ring({ name: 'second' });
  await until(async () => (await waitingOf(host))[0] === 2);
  await until(() => handler.requests.length >= 2);
  expect(await denials()).toBe(1);
});

test('what is rejected for good is reported and holds up nothing', async () => {
  const handler = await openHandler();
  const { host, ring } = await openBellHost();
  const sink = await host.ask('sinks.add', { name: 'Mine', target: { kind: 'webhook', url: handler.url } });
  handler.status = 400;
  await expect(host.ask('sinks.test', { id: sink.id })).rejects.toThrow(
    'The notification could not be sent to Mine: status 400',
  );
  await ring({ name: 'first' });
  const warned = await until(async () => (await host.ask('status.get', {})).warnings[0]);
  expect(warned.message).toBe('Mine rejected a notification, which is not sent again: status 400');
  handler.status = 200;
  await ring({ name: 'second' });
  await until(() => handler.requests.length === 3);
  await until(async () => (await waitingOf(host))[0] === 0);
});

test('a disabled sink gets nothing, and a removed one is gone', async () => {
  const handler = await openHandler();
  const { host, ring } = await openBellHost();
  const [off, on] = [
    await host.ask('sinks.add', { target: { kind: 'webhook', url: `${handler.url}/off` } }),
    await host.ask('sinks.add', { target: { kind: 'webhook', url: handler.url } }),
  ];
  expect(await host.ask('sinks.update', { id: off.id, enabled: false, name: 'Off' })).toMatchObject({ name: 'Off' });
  await ring({ name: 'one' });
  await until(() => handler.requests.length === 1);
  await until(async () => (await waitingOf(host)).every((waiting) => waiting === 0));
  expect(handler.requests).toHaveLength(1);
  await host.ask('sinks.remove', { id: on.id });
  expect(await host.ask('sinks.list', {})).toMatchObject([{ id: off.id, enabled: false }]);
  await expect(host.ask('sinks.test', { id: on.id })).rejects.toThrow('not-found');
});

test('a mail is sent to its server; a password needs encryption', async () => {
  const server = await openMailServer();
  const { host } = await openBellHost({ ports: { sendMail } });
  const target = {
    ...{ kind: 'email' as const, host: '127.0.0.1', port: server.port, security: 'none' as const },
    ...{ from: 'ringback@example.com', to: ['me@example.com'] },
  };
  const { id, target: shown } = await host.ask('sinks.add', { target });
  expect(shown).toBe('me@example.com');
  await host.ask('sinks.test', { id });
  expect(server.mails).toMatchObject([{ from: '<ringback@example.com>', to: ['<me@example.com>'] }]);
  expect(server.mails[0]?.data).toMatch(/^Subject: Test notification$/m);
  server.recipientAnswer = '550 no such user';
  await expect(host.ask('sinks.test', { id })).rejects.toThrow('550 no such user');
  const open = { ...target, host: 'mail.example.com', username: 'me', password: 'secret' };
  await expect(host.ask('sinks.add', { target: open })).rejects.toThrow('without encryption');
});

test('a topic that ntfy would not accept, and secrets that would be sent openly, are refused', async () => {
  const { host } = await openBellHost();
  const refused = (target: object) => expect(host.ask('sinks.add', { target: target as never })).rejects;
  for (const path of ['', '/', '/%zz', '/my%20topic'])
    await refused({ kind: 'ntfy', url: `https://ntfy.sh${path}` }).toThrow('must end in a topic');
  await refused({ kind: 'ntfy', url: 'http://ntfy.example/topic', token: 'bearer' }).toThrow('without encryption');
  await refused({ kind: 'webhook', url: 'http://10.0.0.1/', token: 'bearer' }).toThrow('without encryption');
  const mail = { kind: 'email', host: 'mail.example', from: 'me@example.com', to: ['me@example.com'] };
  await refused({ ...mail, password: 'secret' }).toThrow('needs a user name');
  await host.ask('sinks.add', { target: { kind: 'webhook', url: 'http://[::1]:9/', token: 'bearer' } });
});

test('an unexpected error gives the notification up and is reported', async () => {
  const sendMail = () => Promise.reject(new URIError('URI malformed'));
  const { host, ring } = await openBellHost({ ports: { sendMail } });
  const target = { kind: 'email' as const, host: 'mail.example', from: 'me@example.com', to: ['me@example.com'] };
  await host.ask('sinks.add', { name: 'Mail', target });
  await ring({ name: 'first' });
  const warned = await until(async () => (await host.ask('status.get', {})).warnings[0]);
  expect(warned.message).toBe('Mail rejected a notification, which is not sent again: URI malformed');
  await until(async () => (await waitingOf(host))[0] === 0);
});

test('what waited for more than a day is given up without another attempt', async () => {
  const handler = await openHandler();
  let now = Date.now();
  const { host, ring } = await openBellHost({ ports: { now: () => now } });
  const { id } = await host.ask('sinks.add', { name: 'Mine', target: { kind: 'webhook', url: handler.url } });
  handler.status = 503;
  await ring({ name: 'old' });
  await until(async () => (await host.ask('sinks.list', {}))[0]?.problem);
  const [old] = idsOf(handler);
  handler.status = 204;
  await host.ask('sinks.test', { id });
  expect((await host.ask('sinks.list', {}))[0]).not.toHaveProperty('problem');
  const before = idsOf(handler).filter((one) => one === old).length;
  now += 7 * 86_400_000;
  await ring({ name: 'new' });
  const expired = 'A notification for Mine waited for more than a day, and is not sent any more.';
  await until(async () => (await host.ask('status.get', {})).warnings.some(({ message }) => message === expired));
  expect(idsOf(handler).filter((one) => one === old)).toHaveLength(before);
});

/** Why a test notification could not be sent, in English and German. */
async function failureOf({ engine, ask }: TestHost, target: Input<'sinks.add'>['target']): Promise<readonly string[]> {
  const { id } = await ask('sinks.add', { name: 'Mine', target });
  const answer = await engine.ask('sinks.test', { id });
  if (answer.ok) throw new Error('It was sent.');
  const { message, reason } = answer.problem;
  return [message, translateMessage('de', reason, message)];
}

test('why nothing could be sent is said in the language of the user, with the words of the mail server', async () => {
  const handler = await openHandler();
  const server = await openMailServer();
  const { host } = await openBellHost({ ports: { sendMail } });
  const mail = {
    ...{ kind: 'email' as const, host: '127.0.0.1', port: server.port, security: 'none' as const },
    ...{ from: 'ringback@example.com', to: ['me@example.com'] },
  };
  handler.status = 410;
  expect(await failureOf(host, { kind: 'webhook', url: handler.url })).toEqual([
    'The notification could not be sent to Mine: status 410',
    'Die Benachrichtigung konnte nicht an Mine gesendet werden: Status 410',
  ]);
  expect(await failureOf(host, { kind: 'webhook', url: `http://127.0.0.1:${await freePort()}/` })).toEqual([
    'The notification could not be sent to Mine: connection refused',
    'Die Benachrichtigung konnte nicht an Mine gesendet werden: Verbindung abgelehnt',
  ]);
  expect((await failureOf(host, { ...mail, port: await freePort() }))[1]).toMatch(/: Verbindung abgelehnt$/);
  expect((await failureOf(host, { ...mail, security: 'starttls' }))[1]).toMatch(
    /: die Verbindung zum Mailserver ließ sich nicht verschlüsseln \(.+\)$/,
  );
  expect((await failureOf(host, { ...mail, username: 'me', password: 'wrong' }))[1]).toMatch(
    /: der Mailserver nimmt Benutzername und Passwort nicht an \(.+\)$/,
  );
  server.recipientAnswer = '550 no such user';
  expect((await failureOf(host, mail))[1]).toMatch(
    /: der Mailserver nimmt die Nachricht nicht an \(.*550 no such user\)$/,
  );
});
