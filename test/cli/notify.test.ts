import { expect, test } from 'vitest';
import { openControl, runCommand } from '../support/command.ts';
import { openHandler } from '../support/handler.ts';
import { openTestHost } from '../support/test-host.ts';

test('a place for notifications is added, tested, disabled and removed; its address never stands in an argument', async () => {
  const handler = await openHandler();
  const host = await openTestHost({ connectors: [] });
  const folder = await openControl(host);
  const environment = { SLACK_URL: handler.url };
  const add = ['notify', 'add', 'webhook', '--name', 'Team', '--set', 'format=slack', '--secret', 'url=SLACK_URL'];
  expect(await runCommand(add, { folder, environment })).toMatchObject({ code: 0, error: '' });
  const tested = await runCommand(['notify', 'test', 'team'], { folder });
  expect(tested).toMatchObject({ code: 0, out: 'Sent a test notification to Team\n' });
  expect(JSON.parse(handler.requests[0]?.body ?? '')).toEqual({
    text: '*Test notification*\nNotifications are working.',
  });
  expect((await runCommand(['notify', 'disable', 'Team'], { folder })).out).toContain('disabled');
  const list = (await runCommand(['--json', 'notify', 'ls'], { folder })).json();
  expect(list).toMatchObject([{ kind: 'webhook', name: 'Team', enabled: false, target: new URL(handler.url).host }]);
  expect(await runCommand(['notify', 'rm', 'Team'], { folder })).toMatchObject({ code: 0, out: 'Removed Team\n' });
  const wrong = await runCommand(['notify', 'add', 'ntfy', '--set', 'url=https://ntfy.sh/topic'], { folder });
  expect(wrong).toMatchObject({ code: 2 });
  expect(wrong.error).toContain('"url" is a secret, which does not belong in an argument.');
});

test('a host that shows notifications itself takes no notify-send, in every language', async () => {
  const folder = await openControl(await openTestHost({ connectors: [] }));
  const environment = { LANG: 'de_DE.UTF-8' };
  const { code, error } = await runCommand(['notify', 'add', 'notify-send'], { folder, environment });
  expect({ code, error }).toEqual({
    code: 2,
    error:
      'Nur ein Host ohne Fenster unter Linux zeigt Benachrichtigungen mit notify-send. Die Desktopanwendung zeigt sie selbst.\n',
  });
});

test('a port that is none is wrong usage', async () => {
  const folder = await openControl(await openTestHost({ connectors: [] }));
  for (const port of ['smtp', '0', '65536', '']) {
    const result = await runCommand(['notify', 'add', 'email', '--set', `port=${port}`], { folder });
    expect(result).toMatchObject({ code: 2, error: `--set port needs a port from 1 to 65535, not "${port}".\n` });
  }
});

test('mail takes a port and several recipients', async () => {
  const folder = await openControl(await openTestHost({ connectors: [] }));
  const settings = [
    'host=mail.example',
    'port=465',
    'security=tls',
    'from=a@example.com',
    'to=b@example.com, c@example.com',
  ];
  const words = ['--json', 'notify', 'add', 'email', ...settings.flatMap((text) => ['--set', text])];
  expect((await runCommand(words, { folder })).json()).toMatchObject({
    kind: 'email',
    target: 'b@example.com, c@example.com',
  });
});
