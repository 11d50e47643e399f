import { expect, onTestFinished, test } from 'vitest';
import { openControlEndpoint } from '../../main/control/index.ts';
import { openBellHost } from '../support/bell-host.ts';
import { openControl, runCommand, startCommand } from '../support/command.ts';
import { openHandler } from '../support/handler.ts';
import { silentLog } from '../support/log.ts';
import { temporaryFolder, until } from '../support/temporary.ts';

test('events are followed live and forwarded, earlier ones first, until the command is interrupted', async () => {
  const { host, ring } = await openBellHost({ hooks: 2 });
  const folder = await openControl(host);
  const handler = await openHandler();
  await ring({ name: 'earlier' });
  const listening = startCommand(['listen', '--forward-to', handler.url, '--since', '1h', '--json'], { folder });
  await until(() => handler.requests.length === 1);
  handler.status = 500;
  await ring({ name: 'live' }, 1);
  await until(() => listening.printed.out.split('\n').length === 3);
  listening.process.kill('SIGINT');
  const { code, out } = await listening.ended;
  expect(code).toBe(130);
  const lines = out
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
  expect(lines).toMatchObject([
    { event: { title: 'Rang: earlier' }, forward: { status: 200 } },
    { event: { title: 'Rang: live' }, forward: { status: 500 } },
  ]);
  expect(handler.requests.map(({ body }) => body)).toEqual(['{"name":"earlier"}', '{"name":"live"}']);
});

test('listening goes on after a restart of the host and after its token is replaced, with what came meanwhile once and in order', async () => {
  const { host, ring } = await openBellHost();
  const handler = await openHandler();
  const folder = await temporaryFolder();
  const open = () =>
    openControlEndpoint({
      ...{ engine: host.engine, folder, version: '0.0.0-test', desktop: false, platform: process.platform },
      log: silentLog,
    });
  const endpoint = await open();
  await ring({ name: 'before' });
  const listening = startCommand(['listen', '--forward-to', handler.url], { folder });
  await until(() => listening.printed.error.includes('Forwarding'));
  await ring({ name: 'one' });
  // An event whose answer is not known yet would be sent again.
  await until(() => listening.printed.out.includes('200'));
  await endpoint.close();
  await ring({ name: 'two' });
  await ring({ name: 'three' });
  await until(() => listening.printed.error.includes('Ringback has ended'));
  const next = await open();
  onTestFinished(() => next.close());
  await until(() => listening.printed.out.split('\n').length === 4);
  await runCommand(['token', 'rotate'], { folder });
  await ring({ name: 'four' });
  await until(() => listening.printed.out.split('\n').length === 5);
  listening.process.kill('SIGINT');
  expect((await listening.ended).code).toBe(130);
  expect(handler.requests.map(({ body }) => JSON.parse(body).name)).toEqual(['one', 'two', 'three', 'four']);
});

test('events are sent again, and one that the handler does not accept fails the command', async () => {
  const { host, ring } = await openBellHost();
  const folder = await openControl(host);
  const handler = await openHandler();
  await ring({ name: 'one' });
  const id = (await host.ask('events.list', {})).events[0]?.id ?? '';
  const sent = await runCommand(['resend', id, '--to', handler.url], { folder });
  expect(sent).toMatchObject({ code: 0, error: '' });
  expect(sent.out).toMatch(/^\d+ {2}→ 200 \(\d+ ms\)\n$/);
  expect(handler.requests[0]?.headers['x-ringback-attempt']).toBe('1');
  await handler.stop();
  expect(await runCommand(['resend', id, '--to', handler.url], { folder })).toMatchObject({ code: 1 });
  const unknown = await runCommand(['resend', id], { folder });
  expect(unknown).toMatchObject({ code: 2, out: '' });
  expect(unknown.error).toContain('Enter an address');
  expect((await host.ask('events.get', { id })).forwards).toHaveLength(2);
});
