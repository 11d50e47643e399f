import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { declarations, startApplication, unlessEnded } from '../support/electron/application.ts';

/** The packed application under a simulated Electron, which rejects whatever the installed electron.d.ts does not declare. */

test('the simulated Electron has the members, events and systems of the installed electron.d.ts', () => {
  expect(declarations.App?.members.setAppUserModelId).toEqual({ method: true, platforms: ['win32'] });
  expect(declarations.BrowserWindow?.members.show).toEqual({ method: true });
  expect(declarations['static Notification']?.members).toHaveProperty('isSupported');
  expect(declarations.Tray?.events).toContain('click');
  expect(declarations.Tray?.members).not.toHaveProperty('setMenu');
});

test('the window shows its page while the key store is locked, and is answered by the engine once it is not; closed to the tray it goes on, comes back, and is quit', async () => {
  const application = await startApplication({ keyStore: 'locked' });
  const { tray } = await application.observed((seen) => seen.windows[0]?.visible === true);
  expect(tray).toBeUndefined();
  const answered = application.ask('status.get', {});
  await application.perform({ type: 'unlock' });
  const { windows, changes } = await application.observed((seen) => seen.changes.includes('ready'));
  expect(windows).toEqual([{ visible: true, loaded: 'ringback://window/index.html' }]);
  expect(changes[0]).toBe('ready');
  expect(await answered).toMatchObject({ desktop: true, sandbox: false });
  expect((await answered).vault.caution).toBeUndefined();
  const foreign = await application.perform({ type: 'ask', method: 'status.get', input: {}, foreign: true });
  expect(foreign, 'a page of another origin').toMatchObject({ ok: false, problem: { code: 'unauthorized' } });

  await application.observed((seen) => seen.tray !== undefined);
  await application.perform({ type: 'press-close' });
  await application.observed((seen) => seen.windows.length === 0);
  await application.perform({ type: 'emit', on: 'app', event: 'second-instance', values: [['ringback'], '/', {}] });
  await application.observed((seen) => seen.windows[0]?.visible === true);
  await unlessEnded(application.perform({ type: 'press-row', label: 'Quit Ringback' }));
  expect(await application.ended, application.output()).toBe(0);
});

test.skipIf(process.platform !== 'linux')(
  'without a display it says so in the user’s language, ends with 1 and writes nothing',
  async () => {
    const application = await startApplication({ environment: { DISPLAY: '', LANG: 'nl_NL.UTF-8' } });
    expect(await application.ended).toBe(1);
    expect(application.output()).toMatch(/^Ringback kon niet starten: er is geen beeldscherm .*\n$/);
    expect(existsSync(join(application.home, 'appData/Ringback'))).toBe(false);
  },
);

test('a window is visible although it never becomes ready, and the application goes on after waking from sleep', async () => {
  const application = await startApplication({ window: 'never becomes ready' });
  await application.observed((seen) => seen.windows[0]?.visible === true && seen.tray !== undefined);
  await application.perform({ type: 'emit', on: 'powerMonitor', event: 'resume' });
  expect(await application.ask('status.get', {})).toMatchObject({ desktop: true });
});

test('a window is visible although it fails to load, and a shutdown of the system waits until everything is closed', async () => {
  const application = await startApplication({ window: 'fails to load' });
  await application.observed((seen) => seen.windows[0]?.visible === true && seen.tray !== undefined);
  expect(await application.perform({ type: 'emit', on: 'powerMonitor', event: 'shutdown' })).toBe(true);
  expect(await application.ended, application.output()).toBe(0);
});

test('started hidden it has no window; a link brings it with what it names, one that names anything else brings it alone', async () => {
  const application = await startApplication({ flags: ['--hidden'] });
  const { windows } = await application.observed((seen) => seen.tray !== undefined);
  expect(windows).toEqual([]);
  const startAgain = (link: string) =>
    application.perform({ type: 'emit', on: 'app', event: 'second-instance', values: [['ringback', link], '/', {}] });
  await startAgain('ringback://settings/1');
  await application.observed((seen) => seen.changes.includes('ready'));
  await startAgain('ringback://job/5f0c2c1e-92a1-4c7e-8f1d-0d3e7f6b8a11');
  const { changes } = await application.observed((seen) => seen.changes.includes('open-job'));
  expect(changes.filter((type) => type.startsWith('open'))).toEqual(['open-job']);
});

test('started by a link it shows what the link names', async () => {
  const application = await startApplication({ flags: ['--hidden', 'ringback://event/1'] });
  const { windows } = await application.observed((seen) => seen.changes.includes('open'));
  expect(windows[0]?.visible).toBe(true);
});

test('a second instance ends at once', async () => {
  const application = await startApplication({ secondInstance: true });
  expect(await application.ended, application.output()).toBe(0);
});
