import { expect, test } from 'vitest';
import { openControl, runCommand } from '../support/command.ts';
import { openHandler } from '../support/handler.ts';
import { openJobHost } from '../support/job-host.ts';
import { until } from '../support/temporary.ts';

const scope = { folder: 'urn:adsk.wipprod:fs.folder:co.Zt6uHb2sQmWvNk9FgYxRoE' };

test('a sample arrives signed at the public address, is marked in the history, and is forwarded', async () => {
  const { host, connection } = await openJobHost();
  const folder = await openControl(host);
  const handler = await openHandler();
  const hook = await host.ask('hooks.create', { connection, system: 'data', event: 'dm.version.added', scope });
  await host.ask('hooks.update', { id: hook.id, forward: { url: handler.url, enabled: true, secret: 'handler' } });
  const words = ['trigger', 'dm.version.added', '--set', 'payload.name=Tower.rvt', '--set', 'payload.size=7', '--json'];
  const sent = await runCommand(words, { folder });
  expect(sent).toMatchObject({ code: 0, error: '' });
  const event = await until(async () => (await host.ask('events.list', {})).events[0]);
  expect(event).toMatchObject({
    hook: hook.id,
    verified: 'signature',
    event: 'dm.version.added',
    ...(sent.json() as object),
  });
  expect(event.title).toMatch(/^Sample: .*Tower\.rvt/);
  expect(event.recovered).toBeUndefined();
  const request = await until(() => handler.requests[0]);
  expect(JSON.parse(request.body)).toMatchObject({ payload: { name: 'Tower.rvt', size: 7 } });
  expect(await host.ask('rejections.list', {})).toEqual([]);
});

test('a sample of a finished translation is no job', async () => {
  const { host, connection } = await openJobHost();
  const workflow = { workflow: 'sample-workflow' };
  const hook = await host.ask('hooks.create', {
    connection,
    system: 'derivative',
    event: 'extraction.finished',
    scope: workflow,
  });
  await host.ask('samples.send', { hook: hook.id });
  await until(() => host.notes.some(({ title, body }) => `${title} ${body}`.includes('Sample: ')));
  expect(await host.ask('jobs.list', {})).toEqual([]);
});

test('what is no event of the hook, and no place in the body, is refused', async () => {
  const { host, connection } = await openJobHost();
  const folder = await openControl(host);
  const { id } = await host.ask('hooks.create', { connection, system: 'data', event: 'dm.version.added', scope });
  expect((await runCommand(['trigger', 'dm.folder.added'], { folder })).code).toBe(2);
  await expect(host.ask('samples.send', { hook: id, event: 'dm.folder.added' })).rejects.toThrow('registered for');
  await expect(host.ask('samples.send', { hook: id, set: { 'payload.name.first': 1 } })).rejects.toThrow('no place');
  await expect(host.ask('samples.send', { hook: id, set: { '__proto__.x': 1 } })).rejects.toThrow('no place');
  expect((await host.ask('events.list', {})).events).toEqual([]);
});
