import { chmod, readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { RingbackError } from '../../main/engine/errors.ts';
import { translateMessage } from '../../main/engine/messages/index.ts';
import { createNotifyCommand } from '../../main/headless/notify-command.ts';
import { temporaryFolder, until } from '../support/temporary.ts';
import { kill, spawnHost } from './spawned.ts';

test.skipIf(process.platform === 'win32')(
  'a program of the user gets each notification on its standard input',
  async () => {
    const folder = await temporaryFolder();
    const program = join(folder, 'notify.sh');
    await writeFile(program, `#!/bin/sh\ncat >> "${folder}/notified"\n`);
    await chmod(program, 0o755);
    const host = spawnHost(join(folder, 'data'), { RINGBACK_NOTIFY_COMMAND: program });
    await host.ask('notifications.test', {});
    const text = await until(() => readFile(join(folder, 'notified'), 'utf8').catch(() => ''));
    expect(JSON.parse(text)).toMatchObject({ source: 'ringback', title: 'Test notification', outcome: 'info' });
    expect(await host.ask('sinks.list', {})).toMatchObject([{ id: 'command', kind: 'command', target: program }]);
    await expect(host.ask('sinks.remove', { id: 'command' })).rejects.toThrow('RINGBACK_NOTIFY_COMMAND');
  },
);

test.skipIf(process.platform === 'win32')(
  'notify-send is found by its name and gets title and body as parameters',
  async () => {
    const folder = await temporaryFolder();
    const program = join(folder, 'notify-send');
    await writeFile(program, `#!/bin/sh\nprintf '%s\\n' "$@" >> "${folder}/shown"\n`);
    await chmod(program, 0o755);
    const path = `${folder}:${process.env.PATH}`;
    const host = spawnHost(join(folder, 'data'), { RINGBACK_NOTIFY_COMMAND: 'notify-send', PATH: path });
    await host.ask('notifications.test', {});
    const shown = await until(async () => {
      const text = await readFile(join(folder, 'shown'), 'utf8').catch(() => '');
      return text.split('\n').length > 4 ? text : '';
    });
    expect(shown.split('\n').slice(0, 4)).toEqual([
      '--app-name=Ringback',
      '--urgency=normal',
      '--',
      'Test notification',
    ]);
  },
);

test.skipIf(process.platform !== 'linux')('the screen is a place like others where it is added', async () => {
  const folder = await temporaryFolder();
  const program = join(folder, 'notify-send');
  const host = spawnHost(join(folder, 'data'), { PATH: `${folder}:${process.env.PATH}` });
  const { id } = await host.ask('sinks.add', { target: { kind: 'notify-send' } });
  expect(await host.ask('sinks.list', {})).toMatchObject([{ id, kind: 'notify-send', target: 'notify-send' }]);
  await writeFile(program, `#!/bin/sh\nprintf '%s\\n' "$@" >> "${folder}/shown"\n`);
  await chmod(program, 0o755);
  await host.ask('sinks.test', { id });
  await host.ask('notifications.test', {});
  const shown = await until(async () => {
    const text = await readFile(join(folder, 'shown'), 'utf8');
    return text.split('--app-name=Ringback').length === 3 ? text : '';
  });
  expect(shown).toContain('Test notification');
  await host.ask('sinks.remove', { id });
  expect(await host.ask('sinks.list', {})).toEqual([]);
});

test('a program that is not installed is named', async () => {
  const command = createNotifyCommand('no-such-notify-send');
  await expect(command.run('{}', new AbortController().signal)).rejects.toThrow('no-such-notify-send is not installed');
});

test.skipIf(process.platform === 'win32')('what others wrote is no option and no markup of notify-send', async () => {
  const folder = await temporaryFolder();
  const program = join(folder, 'notify-send');
  await writeFile(program, `#!/bin/sh\nprintf '%s\\n' "$@" > "${folder}/shown"\n`);
  await chmod(program, 0o755);
  const command = createNotifyCommand(program);
  const json = JSON.stringify({ title: '--help', body: 'A & B <b>', outcome: 'failed' });
  await command.run(json, new AbortController().signal);
  expect((await readFile(join(folder, 'shown'), 'utf8')).trim().split('\n')).toEqual([
    ...['--app-name=Ringback', '--urgency=critical', '--', '--help', 'A &amp; B &lt;b&gt;'],
  ]);
});

test
  .skipIf(process.platform === 'win32')
  .each([
    'the file C:\\new\\table.rvt',
    '\\74a href="https://example.com"\\76\\046lt;',
    'ends with \\',
    '\\\\server\\models & <b>',
  ])('notify-send, which decodes backslashes in the body, shows %j as it is', async (body) => {
  const folder = await temporaryFolder();
  const program = join(folder, 'notify-send');
  await writeFile(program, `#!/bin/sh\nfor last in "$@"; do :; done\nprintf %s "$last" > "${folder}/body"\n`);
  await chmod(program, 0o755);
  const json = JSON.stringify({ title: 'A', body, outcome: 'info' });
  await createNotifyCommand(program).run(json, new AbortController().signal);
  const markup = decodedByNotifySend(await readFile(join(folder, 'body'), 'utf8'));
  expect(markup).not.toMatch(/[<>]/);
  expect(markup.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&')).toBe(body);
});

/** As g_strcompress of GLib, which notify-send applies to the body. */
function decodedByNotifySend(text: string): string {
  const controls: Readonly<Record<string, string>> = { b: '\b', f: '\f', n: '\n', r: '\r', t: '\t', v: '\v' };
  return text.replace(/\\([0-7]{1,3}|.|$)/gs, (_escape, code: string) =>
    /^[0-7]/.test(code) ? String.fromCharCode(Number.parseInt(code, 8)) : (controls[code] ?? code),
  );
}

test('what was being sent when the host was killed is not sent again, and the next one is', async () => {
  const received: string[] = [];
  const server = createServer(async (request, response) => {
    received.push(String(request.headers['idempotency-key']));
    // The first one is never answered.
    if (received.length > 1) response.end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  const folder = await temporaryFolder();
  const first = spawnHost(folder);
  await first.ask('sinks.add', { target: { kind: 'webhook', url } });
  await first.ask('notifications.test', {});
  await until(() => received.length === 1);
  await kill(first);
  const second = spawnHost(folder);
  await second.ask('notifications.test', {});
  await until(async () => (await second.ask('sinks.list', {}))[0]?.lastSentAt);
  expect(received).toHaveLength(2);
  expect(received[1]).not.toBe(received[0]);
  await until(() => second.printed.error.includes('Ringback ended while notifications were being sent (1).'));
});

test.skipIf(process.platform === 'win32').each([
  ['exit 3', 'it ended with exit code 3', 'das Programm endete mit Exitcode 3'],
  ['kill -TERM $$', 'it was ended by SIGTERM', 'das Programm wurde durch SIGTERM beendet'],
])('a program that fails by "%s" is reported in the language of the user', async (line, english, german) => {
  const program = join(await temporaryFolder(), 'failing');
  await writeFile(program, `#!/bin/sh\n${line}\n`);
  await chmod(program, 0o755);
  const failure = await createNotifyCommand(program)
    .run('{}', new AbortController().signal)
    .catch((error: unknown) => error);
  if (!(failure instanceof RingbackError)) throw failure;
  expect([failure.message, translateMessage('de', failure.reason, failure.message)]).toEqual([english, german]);
});
