import { expect, test } from 'vitest';
import { RingbackError } from '../../main/engine/errors.ts';
import { openBackupScene } from '../support/backup-connector.ts';
import { openControl, runCommand, startCommand } from '../support/command.ts';
import { openJobHost, urnOf } from '../support/job-host.ts';
import { until } from '../support/temporary.ts';

test('a backup is waited for to its verified file, and its failure fails the command', async () => {
  const scene = await openBackupScene();
  const folder = await openControl(scene.host);
  const waiting = startCommand(['backup', 'now', 'Garage', '--wait', '--json'], { folder });
  await until(() => scene.depot.callbackUrls.length === 1);
  await scene.call('one');
  const { code, error, json } = await waiting.ended;
  expect({ code, error }).toEqual({ code: 0, error: '' });
  expect(json()).toMatchObject({ state: 'done', sha256: scene.depot.sha256 });
  const { id } = json() as { id: string };
  expect(await runCommand(['backup', 'verify', id.slice(0, 8)], { folder })).toMatchObject({ code: 0 });
  expect((await runCommand(['backup', 'ls'], { folder })).out).toContain(id);

  scene.depot.requestFailure = new RingbackError('invalid-input', 'Depot is closed.');
  const failed = await runCommand(['backup', 'now', 'Garage', '--wait'], { folder });
  expect(failed.code).toBe(1);
  expect(failed.error).toContain('Depot is closed.');
});

test('waiting ends with 130 when it is interrupted, and with 4 after its timeout; the work continues', async () => {
  const scene = await openBackupScene();
  const folder = await openControl(scene.host);
  const { process: child, ended } = startCommand(['backup', 'now', 'Garage', '--wait'], { folder });
  await until(() => scene.depot.callbackUrls.length === 1);
  child.kill('SIGINT');
  expect((await ended).code).toBe(130);
  const late = await runCommand(['backup', 'now', 'Garage', '--wait', '--timeout', '1s'], { folder });
  expect(late).toMatchObject({ code: 4, out: '' });
  await scene.call('one');
  await scene.reach('done');
});

test('a translation is started and waited for, and a failed one fails the command', async () => {
  const { host, aps } = await openJobHost();
  const folder = await openControl(host);
  const done = await runCommand(['jobs', 'start', urnOf('engine.ipt'), '--wait', '--json'], { folder });
  expect(done).toMatchObject({ code: 0, error: '' });
  expect(done.json()).toMatchObject({ state: 'success', name: 'engine.ipt' });
  expect((await runCommand(['jobs', 'ls'], { folder })).out).toContain('engine.ipt');
  expect(aps.url).toContain('127.0.0.1');
});
