import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, test } from 'vitest';
import { declarations, startApplication } from '../support/electron/application.ts';
import { temporaryFolder, until } from '../support/temporary.ts';
import { startUpdateFeed } from '../support/update-feed.ts';

/** The packed application under a simulated Electron, which rejects whatever the installed electron.d.ts does not declare. */

/** What the simulated key store encrypted. */
const decrypted = (encrypted: string): string =>
  [...Buffer.from(encrypted, 'base64').toString().slice('v11'.length)].reverse().join('');

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

test('a locked key store leaves the window open, and unlocking it opens the engine', async () => {
  const application = await startApplication({ keyStore: 'locked' });
  await application.observed((seen) => seen.windows[0]?.visible === true);
  const locked = application.ask('status.get', {});
  expect((await application.observe()).tray).toBeUndefined();
  await application.perform({ type: 'unlock' });
  expect((await locked).vault.caution).toBeUndefined();
  await application.observed((seen) => seen.tray !== undefined);
});

test('while the key store is locked it can be quit, and closing the window asks nothing then', async () => {
  const application = await startApplication({ keyStore: 'locked' });
  await application.observed((seen) => seen.windows[0]?.visible === true);
  await unlessEnded(application.perform({ type: 'quit' }));
  expect(await application.ended, application.output()).toBe(0);
});

test('a link opened while it still starts is shown, and answered once the key store is unlocked', async () => {
  const application = await startApplication({ flags: ['--hidden'], keyStore: 'locked' });
  const link = 'ringback://job/5f0c2c1e-92a1-4c7e-8f1d-0d3e7f6b8a11';
  await application.perform({
    type: 'emit',
    on: 'app',
    event: 'second-instance',
    values: [['ringback', link], '/', {}],
  });
  await application.observed((seen) => seen.changes.includes('open-job'));
  await application.perform({ type: 'emit', on: 'app', event: 'child-process-gone', values: [{}, { type: 'GPU' }] });
  await application.perform({ type: 'unlock' });
  expect(await application.ask('status.get', {})).toMatchObject({ desktop: true });
});

test('without a key store the user decides, and is not asked again after agreeing', async () => {
  const keepSecrets = 1;
  const application = await startApplication({ keyStore: 'absent', pressed: [keepSecrets] });
  const { boxes } = await application.observed((seen) => seen.tray !== undefined);
  expect(boxes.map(({ message }) => message)).toEqual(['This desktop has no key store']);
  expect((await application.ask('status.get', {})).vault.caution).toContain('no key store');
  await unlessEnded(application.perform({ type: 'quit' }));
  await application.ended;
  const again = await startApplication({ keyStore: 'absent', home: application.home });
  expect((await again.observed((seen) => seen.tray !== undefined)).boxes).toEqual([]);
});

test('a key store on a desktop that Chromium does not recognise is used without a question', async () => {
  const application = await startApplication({ keyStore: 'unrecognised' });
  const { boxes } = await application.observed((seen) => seen.tray !== undefined);
  expect(boxes).toEqual([]);
  expect((await application.ask('status.get', {})).vault.caution).toBeUndefined();
});

test('the sandbox notifies, stores its secrets encrypted, and shows the event of a clicked notification', async () => {
  const application = await startApplication({ flags: ['--sandbox'] });
  const title = 'Translation finished: pump.ipt';
  const { notifications } = await application.observed((seen) => seen.notifications.some((one) => one.title === title));
  const index = notifications.findIndex((one) => one.title === title);
  await application.perform({ type: 'click-notification', index, event: 'click' });
  await application.observed((seen) => seen.changes.includes('open'));
  const settings = await readFile(join(application.home, 'appData/Ringback Sandbox/settings.json'), 'utf8');
  expect(settings).toMatch(/"gnome_libsecret:[\w+/=]+"/);
});

test.each([
  ['notifications are refused', { notifications: 'failed' }, 1],
  ['macOS does not confirm a notification', { notifications: 'unconfirmed', platform: 'darwin' }, 1],
  ['no notification service answers', { notificationService: false }, 0],
] as const)('where %s, the notification stays unseen and the application goes on', async (_name, mode, shown) => {
  const application = await startApplication({ flags: ['--sandbox'], ...mode });
  await application.observed((seen) => seen.changes.includes('notifications'));
  const { unseen = 0 } = await application.ask('status.get', {});
  expect(unseen).toBeGreaterThan(0);
  const { notifications } = await application.observed((seen) => seen.notifications.length >= shown);
  expect(notifications.some((one) => one.shown)).toBe(false);
});

test('a support file saved from the tray holds the log and no stored secret', async () => {
  const application = await startApplication({ flags: ['--sandbox'] });
  await application.observed((seen) => seen.notifications.length > 0);
  await application.perform({ type: 'press-row', label: 'Save support file…' });
  const folder = join(application.home, 'documents');
  const name = await until(async () => (await readdir(folder)).find((one) => /^ringback-support.*\.txt$/.test(one)));
  const text = await until(async () => {
    const present = await readFile(join(folder, name), 'utf8');
    return ['## Diagnosis', 'info'].every((part) => present.includes(part)) ? present : undefined;
  });
  const settings = await readFile(join(application.home, 'appData/Ringback Sandbox/settings.json'), 'utf8');
  const stored = [...settings.matchAll(/"gnome_libsecret:([\w+/=]+)"/g)].map(([, encrypted = '']) =>
    decrypted(encrypted),
  );
  expect(stored.length).toBeGreaterThan(2);
  expect(stored.filter((secret) => secret.length >= 4 && text.includes(secret))).toEqual([]);
});

/** What ends the application may end it before its answer is here; any other failure is one. */
async function unlessEnded(answer: Promise<unknown>): Promise<void> {
  await answer.catch((error: Error) => {
    if (!error.message.startsWith('It has ended')) throw error;
  });
}

test('what it exports, another one imports with its credentials, which the file does not show', async () => {
  const passphrase = 'correct horse battery';
  const application = await startApplication({ flags: ['--sandbox'] });
  await application.observed((seen) => seen.notifications.length > 0);
  await application.ask('transfer.export', { passphrase });
  const [name = ''] = await readdir(join(application.home, 'documents'));
  const text = await readFile(join(application.home, 'documents', name), 'utf8');
  const settings = await readFile(join(application.home, 'appData/Ringback Sandbox/settings.json'), 'utf8');
  const secrets = [...settings.matchAll(/"gnome_libsecret:([\w+/=]+)"/g)].map(([, secret = '']) => decrypted(secret));
  expect(secrets.filter((secret) => secret.length >= 8 && text.includes(secret))).toEqual([]);

  const other = await startApplication();
  await expect(other.ask('transfer.import', { text, passphrase: 'another passphrase' })).rejects.toThrow();
  const { decrypted: isDecrypted, steps } = await other.ask('transfer.import', { text, passphrase });
  expect(isDecrypted).toBe(true);
  expect(steps.filter(({ kind }) => kind === 'connection').map(({ state }) => state)).toEqual(Array(3).fill('done'));
  expect((await other.ask('connections.list', {})).map((one) => one.name)).toEqual(
    (await application.ask('connections.list', {})).map((one) => one.name),
  );
});

test('removed from this computer it ends, and leaves no data and no hook', async () => {
  const application = await startApplication({ flags: ['--sandbox'] });
  await application.observed((seen) => seen.notifications.length > 0);
  await unlessEnded(application.ask('leave.remove', { keepHooks: false }));
  expect(await application.ended, application.output()).toBe(0);
  expect(existsSync(join(application.home, 'appData/Ringback Sandbox'))).toBe(false);
});

test('data that a newer version has used are left alone, and a sentence in the user’s language says so', async () => {
  const home = await temporaryFolder();
  const folder = join(home, 'appData/Ringback');
  await mkdir(folder, { recursive: true });
  const newer = new DatabaseSync(join(folder, 'events.sqlite'));
  newer.exec('PRAGMA journal_mode = WAL; CREATE TABLE later (text); PRAGMA user_version = 99');
  newer.close();
  const stored = JSON.stringify({ settings: { language: 'de', theme: 'green' }, hooks: [{ later: true }] });
  await writeFile(join(folder, 'settings.json'), stored);
  const before = await readFile(join(folder, 'events.sqlite'));
  const application = await startApplication({ home });
  expect(await application.ended).toBe(1);
  expect(application.output()).toContain('Eine neuere Version von Ringback hat die Daten');
  expect(await readFile(join(folder, 'events.sqlite'))).toEqual(before);
  const kept = JSON.parse(await readFile(join(folder, 'settings.json'), 'utf8')) as Record<string, unknown>;
  expect(kept).toMatchObject({ settings: { language: 'de', theme: 'green' } });
  expect(JSON.stringify(kept)).toContain('"later":true');
});

test('it goes on after waking from sleep', async () => {
  const application = await startApplication();
  await application.observed((seen) => seen.tray !== undefined);
  await application.perform({ type: 'emit', on: 'powerMonitor', event: 'resume' });
  expect(await application.ask('status.get', {})).toMatchObject({ desktop: true });
});

test('a shutdown of the system waits until everything is closed', async () => {
  const application = await startApplication();
  await application.observed((seen) => seen.tray !== undefined);
  expect(await application.perform({ type: 'emit', on: 'powerMonitor', event: 'shutdown' })).toBe(true);
  expect(await application.ended, application.output()).toBe(0);
});

test.each(['darwin', 'win32'] as const)('under %s nothing is called that only other systems have', async (platform) => {
  const application = await startApplication({ platform });
  await application.observed((seen) => seen.tray !== undefined);
  await unlessEnded(application.perform({ type: 'quit' }));
  expect(await application.ended, application.output()).toBe(0);
});

test('an AppImage downloads a newer version, and is replaced by it and started when the user asks for it', async () => {
  const home = await temporaryFolder();
  const program = '#!/bin/sh\necho started > "$0.log"\n';
  const feed = await startUpdateFeed('0.2.0', program);
  const appImage = join(home, 'Ringback.AppImage');
  await writeFile(appImage, '#!/bin/sh\n', { mode: 0o755 });
  await mkdir(join(home, 'resources'));
  await writeFile(join(home, 'resources/app-update.yml'), `provider: generic\nurl: ${feed.url}\n`);
  const PATH = `${join(home, 'tools')}:/usr/bin:/bin`;
  const application = await startApplication({ packaged: true, home, environment: { APPIMAGE: appImage, PATH } });
  expect(await application.ask('updates.check', {})).toMatchObject({ state: 'ready', version: '0.2.0' });
  await unlessEnded(application.ask('updates.install', {}));
  expect(await application.ended, application.output()).toBe(0);
  expect(await readFile(appImage, 'utf8')).toBe(program);
  await until(() => existsSync(`${appImage}.log`));
});
