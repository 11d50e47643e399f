import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, test } from 'vitest';
import { type SimulatedApplication, startApplication, unlessEnded } from '../support/electron/application.ts';
import { temporaryFolder, until } from '../support/temporary.ts';
import { startUpdateFeed } from '../support/update-feed.ts';

/** The packed application under a simulated Electron, which rejects whatever the installed electron.d.ts does not declare. */

const supportFile = /^ringback-support.*\.txt$/;

/** What the simulated key store encrypted. */
const decrypted = (encrypted: string): string =>
  [...Buffer.from(encrypted, 'base64').toString().slice('v11'.length)].reverse().join('');

test('the sandbox shows the event of a clicked notification, gives no secret away, and leaves nothing once removed', async () => {
  const application = await startApplication({ flags: ['--sandbox'] });
  const title = 'Translation finished: pump.ipt';
  const { notifications } = await application.observed((seen) => seen.notifications.some((one) => one.title === title));
  const index = notifications.findIndex((one) => one.title === title);
  await application.perform({ type: 'click-notification', index, event: 'click' });
  await application.observed((seen) => seen.changes.includes('open'));
  await expectPrivateSupportFile(application);
  await expectTransfer(application);

  await unlessEnded(application.ask('leave.remove', { keepHooks: false }));
  expect(await application.ended, application.output()).toBe(0);
  expect(existsSync(join(application.home, 'appData/Ringback Sandbox'))).toBe(false);
});

/** The secrets in the settings of the sandbox, all of which the key store encrypted. */
async function storedSecrets({ home }: SimulatedApplication): Promise<string[]> {
  const settings = await readFile(join(home, 'appData/Ringback Sandbox/settings.json'), 'utf8');
  const secrets = [...settings.matchAll(/"gnome_libsecret:([\w+/=]+)"/g)].map(([, secret = '']) => decrypted(secret));
  expect(secrets.length).toBeGreaterThan(2);
  return secrets;
}

/** A support file saved from the tray holds the log and no stored secret. */
async function expectPrivateSupportFile(application: SimulatedApplication): Promise<void> {
  await application.perform({ type: 'press-row', label: 'Save support file…' });
  const folder = join(application.home, 'documents');
  const name = await until(async () => (await readdir(folder)).find((one) => supportFile.test(one)));
  const text = await until(async () => {
    const present = await readFile(join(folder, name), 'utf8');
    return ['## Diagnosis', 'info'].every((part) => present.includes(part)) ? present : undefined;
  });
  const secrets = await storedSecrets(application);
  expect(secrets.filter((secret) => secret.length >= 4 && text.includes(secret))).toEqual([]);
}

/** What it exports, one under macOS imports with its credentials, which the file does not show. */
async function expectTransfer(application: SimulatedApplication): Promise<void> {
  const passphrase = 'correct horse battery';
  await application.ask('transfer.export', { passphrase });
  const folder = join(application.home, 'documents');
  const [name = ''] = (await readdir(folder)).filter((one) => !supportFile.test(one));
  const text = await readFile(join(folder, name), 'utf8');
  const secrets = await storedSecrets(application);
  expect(secrets.filter((secret) => secret.length >= 8 && text.includes(secret))).toEqual([]);

  const other = await startApplication({ platform: 'darwin' });
  await expect(other.ask('transfer.import', { text, passphrase: 'another passphrase' })).rejects.toThrow();
  const { decrypted: isDecrypted, steps } = await other.ask('transfer.import', { text, passphrase });
  expect(isDecrypted).toBe(true);
  expect(steps.filter(({ kind }) => kind === 'connection').map(({ state }) => state)).toEqual(Array(3).fill('done'));
  expect((await other.ask('connections.list', {})).map((one) => one.name)).toEqual(
    (await application.ask('connections.list', {})).map((one) => one.name),
  );
  await other.observed((seen) => seen.tray !== undefined);
  await unlessEnded(other.perform({ type: 'quit' }));
  expect(await other.ended, other.output()).toBe(0);
}

/** The event of a notification that was not seen stays unseen. */
async function expectUnseen(application: SimulatedApplication, shown: number): Promise<void> {
  await application.observed((seen) => seen.changes.includes('notifications'));
  const { unseen = 0 } = await application.ask('status.get', {});
  expect(unseen).toBeGreaterThan(0);
  const { notifications } = await application.observed((seen) => seen.notifications.length >= shown);
  expect(notifications.some((one) => one.shown)).toBe(false);
}

test('where notifications are refused they stay unseen, and the application goes on', async () => {
  await expectUnseen(await startApplication({ flags: ['--sandbox'], notifications: 'failed' }), 1);
});

test('what macOS does not confirm stays unseen, and nothing is called there that only other systems have', async () => {
  const system = { platform: 'darwin', notifications: 'unconfirmed' } as const;
  const application = await startApplication({ flags: ['--sandbox'], ...system });
  await expectUnseen(application, 1);
  await application.observed((seen) => seen.tray !== undefined);
  await unlessEnded(application.perform({ type: 'quit' }));
  expect(await application.ended, application.output()).toBe(0);
});

test('under Windows nothing is called that only other systems have', async () => {
  const application = await startApplication({ platform: 'win32' });
  await application.observed((seen) => seen.tray !== undefined);
  await unlessEnded(application.perform({ type: 'quit' }));
  expect(await application.ended, application.output()).toBe(0);
});

test('on a desktop without notifications and tray icons events stay unseen, and closing the window asks first', async () => {
  const bus = { notificationService: false, trayHost: false };
  const application = await startApplication({ flags: ['--sandbox'], ...bus });
  await expectUnseen(application, 0);
  await application.perform({ type: 'press-close' });
  const { boxes, tray, windows } = await application.observed((seen) => seen.boxes.length > 0);
  expect(tray).toBeUndefined();
  expect(windows).toHaveLength(1);
  expect(boxes[0]?.message).toBe('This desktop shows no tray icons');
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
