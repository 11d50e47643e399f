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

test('the window shows its page and is answered by the engine', async () => {
  const application = await startApplication();
  const { windows, changes } = await application.observed((seen) => seen.changes.includes('ready'));
  expect(windows).toEqual([{ visible: true, loaded: 'ringback://window/index.html' }]);
  expect(changes[0]).toBe('ready');
  expect(await application.ask('status.get', {})).toMatchObject({ desktop: true, sandbox: false });
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

test('a page of another origin is not answered', async () => {
  const application = await startApplication();
  await application.observed((seen) => seen.tray !== undefined);
  const answer = await application.perform({ type: 'ask', method: 'status.get', input: {}, foreign: true });
  expect(answer).toMatchObject({ ok: false, problem: { code: 'unauthorized' } });
});

test.each(['never becomes ready', 'fails to load'] as const)('a window is visible although it %s', async (window) => {
  const application = await startApplication({ window });
  await application.observed((seen) => seen.windows[0]?.visible === true);
});

test('closed to the tray it goes on, a second start brings the window back, and quitting ends with 0', async () => {
  const application = await startApplication();
  await application.observed((seen) => seen.tray !== undefined);
  await application.perform({ type: 'press-close' });
  await application.observed((seen) => seen.windows.length === 0);
  await application.perform({ type: 'emit', on: 'app', event: 'second-instance', values: [['ringback'], '/', {}] });
  await application.observed((seen) => seen.windows[0]?.visible === true);
  await unlessEnded(application.perform({ type: 'press-row', label: 'Quit Ringback' }));
  expect(await application.ended, application.output()).toBe(0);
});

test('a link brings the window with what it names, and one that names anything else brings the window alone', async () => {
  const application = await startApplication({ flags: ['--hidden'] });
  await application.observed((seen) => seen.tray !== undefined);
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

test('started hidden it has a tray icon and no window', async () => {
  const application = await startApplication({ flags: ['--hidden'] });
  const { windows } = await application.observed((seen) => seen.tray !== undefined);
  expect(windows).toEqual([]);
});

test('a second instance ends at once', async () => {
  const application = await startApplication({ secondInstance: true });
  expect(await application.ended, application.output()).toBe(0);
});

test('without a tray host there is no icon, and closing the window asks first', async () => {
  const application = await startApplication({ trayHost: false });
  await application.ask('status.get', {});
  await application.perform({ type: 'press-close' });
  const { boxes, tray, windows } = await application.observed((seen) => seen.boxes.length > 0);
  expect(tray).toBeUndefined();
  expect(windows).toHaveLength(1);
  expect(boxes[0]?.message).toBe('This desktop shows no tray icons');
});
