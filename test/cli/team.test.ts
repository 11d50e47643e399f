import { readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { authorityFile } from '../support/certificates.ts';
import { openControl, runCommand } from '../support/command.ts';
import { hasNatsServer } from '../support/nats-server.ts';
import { openTestTeam, untilUp } from '../support/team.ts';
import { temporaryFolder, until } from '../support/temporary.ts';
import { openTestHost } from '../support/test-host.ts';

test('without a team the status says so, and what only a receiver can do fails', async () => {
  const folder = await openControl(await openTestHost({ connectors: [] }));
  const status = await runCommand(['team', 'status'], { folder });
  expect(status).toMatchObject({ code: 0, out: 'This computer is in no team.\n', error: '' });
  const invitation = await runCommand(['team', 'invite', 'Anna'], { folder });
  expect(invitation).toMatchObject({ code: 1, out: '' });
  expect(invitation.error).toContain('in no team');
});

test('wrong usage ends with 2 before anything is changed', async () => {
  const host = await openTestHost({ connectors: [] });
  const folder = await openControl(host);
  const wrong = [
    ['create', 'Office'],
    ['create', 'Office', '--server', 'nats://nats.example'],
    ['join'],
    ['server-config', '--port', 'many'],
    ['server-config', '--certificate', 'cert.pem'],
  ];
  for (const result of await Promise.all(wrong.map((words) => runCommand(['team', ...words], { folder }))))
    expect(result).toMatchObject({ code: 2, out: '' });
  expect(await host.ask('team.status', {})).toMatchObject({ role: 'none' });
});

test.each(['abc', '59', '86401', '1e3', '90.5', ''])('--after "%s" is wrong usage', async (after) => {
  const folder = await openControl(await openTestHost({ connectors: [] }));
  const result = await runCommand(['team', 'standby', '--automatic', '--after', after], { folder });
  const error = `--after needs a whole number from 60 to 86400, not "${after}".\n`;
  expect(result).toMatchObject({ code: 2, out: '', error });
});

test.skipIf(!hasNatsServer)('a team is created, invited to, joined, listed and left from a shell', async () => {
  const { server, receiver, reload } = await openTestTeam();
  const office = { folder: await openControl(receiver.host) };
  const again = await runCommand(
    ['team', 'create', 'Office', '--server', server.address, '--authority', authorityFile],
    office,
  );
  expect(again).toMatchObject({ code: 1, out: '' });

  const file = join(await temporaryFolder(), 'anna.invitation');
  const invited = await runCommand(['team', 'invite', 'Anna', '--event', 'rang', '--file', file], office);
  expect(invited).toMatchObject({ code: 0, out: `${file}\n` });
  expect((await stat(file)).mode & 0o077).toBe(0);
  await reload();

  const host = await openTestHost({ connectors: [] });
  const anna = { folder: await openControl(host) };
  const joined = await runCommand(['team', 'join', '--json'], { ...anna, input: await readFile(file, 'utf8') });
  expect(joined.json()).toMatchObject({ role: 'member', team: 'Office' });
  await untilUp(host);
  await until(async () => (await receiver.host.ask('team.members', {})).at(0)?.connected === true);

  const members = await runCommand(['team', 'members'], office);
  expect(members.out).toMatch(/connected .*Anna +events: rang/);
  const config = await runCommand(['team', 'server-config', '--port', '4444'], office);
  expect(config.out).toMatch(/^port: 4444$/m);
  expect(config.out).toContain('# Anna');
  const account = await runCommand(['team', 'server-config', '--account'], office);
  expect(account.out).toContain('# Anna');
  expect(account.out).not.toMatch(/^(port|accounts|jetstream)/m);

  expect(await runCommand(['team', 'leave'], anna)).toMatchObject({ code: 0 });
  expect(await runCommand(['team', 'remove', 'anna'], office)).toMatchObject({ code: 0, out: 'Removed Anna\n' });
  expect((await runCommand(['team', 'members', '--json'], office)).json()).toEqual([]);
  const nobody = await runCommand(['team', 'remove', 'anna'], office);
  expect(nobody).toMatchObject({ code: 2 });
  expect(nobody.error).toContain('ringback team members');
});

test.skipIf(!hasNatsServer)('an invitation never replaces a file, and a failed one leaves none', async () => {
  const { receiver } = await openTestTeam();
  const folder = await openControl(receiver.host);
  const files = await temporaryFolder();
  await writeFile(join(files, 'present'), 'mine');
  const replacing = await runCommand(['team', 'invite', 'Anna', '--file', join(files, 'present')], { folder });
  expect(replacing).toMatchObject({ code: 1, out: '' });
  expect(await readFile(join(files, 'present'), 'utf8')).toBe('mine');
  expect(await receiver.host.ask('team.members', {})).toEqual([]);

  await receiver.host.ask('team.invite', { member: 'Anna' });
  const repeated = await runCommand(['team', 'invite', 'Anna', '--file', join(files, 'new')], { folder });
  expect(repeated).toMatchObject({ code: 1, out: '' });
  await expect(stat(join(files, 'new'))).rejects.toThrow('ENOENT');
});

test.skipIf(!hasNatsServer)('a standby is invited, joins and is forgotten from a shell', async () => {
  const { receiver } = await openTestTeam({ ports: { machine: 'desk' } });
  const office = { folder: await openControl(receiver.host) };
  const file = join(await temporaryFolder(), 'standby.invitation');
  expect(await runCommand(['team', 'invite-standby', '--file', file], office)).toMatchObject({ code: 0 });
  expect((await stat(file)).mode & 0o077).toBe(0);

  const laptop = { folder: await openControl(await openTestHost({ connectors: [], ports: { machine: 'laptop' } })) };
  const joined = await runCommand(['team', 'join', file], laptop);
  expect(joined).toMatchObject({ code: 0 });
  expect(joined.out).toContain('standby, takes over by hand');
  expect(await runCommand(['team', 'forget-standby', 'nobody'], office)).toMatchObject({ code: 2, out: '' });
  const [connection] = await receiver.host.ask('connections.list', {});
  const [standby] = await until(async () => {
    // The receiver looks for standbys after each change.
    await receiver.host.ask('connections.check', { id: connection?.id ?? '' });
    return (await receiver.host.ask('team.status', {})).standbys;
  });
  const forgotten = await runCommand(['team', 'forget-standby', standby?.computer ?? ''], office);
  expect(forgotten).toMatchObject({ code: 0, out: `Removed ${standby?.computer}\n` });
  expect((await runCommand(['team', 'status', '--json'], office)).json()).not.toHaveProperty('standbys');
});
