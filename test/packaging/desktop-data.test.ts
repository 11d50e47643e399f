import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, test } from 'vitest';
import { startApplication, unlessEnded } from '../support/electron/application.ts';
import { temporaryFolder, until } from '../support/temporary.ts';
import { startUpdateFeed } from '../support/update-feed.ts';

/** The packed application under a simulated Electron, which rejects whatever the installed electron.d.ts does not declare. */

/** What the simulated key store encrypted. */
const decrypted = (encrypted: string): string =>
  [...Buffer.from(encrypted, 'base64').toString().slice('v11'.length)].reverse().join('');

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
