import { randomBytes } from 'node:crypto';
import { readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { storageMessages, translateMessage } from '../../main/engine/messages/index.ts';
import { openCipher } from '../../main/headless/cipher.ts';
import type { Keyring } from '../../main/headless/keyring.ts';
import { temporaryFolder, until } from '../support/temporary.ts';

/** A keyring in memory. */
function createKeyring(): Keyring & { text: string | null } {
  return {
    name: storageMessages.inDesktopKeyring(),
    text: null,
    async read() {
      return this.text;
    },
    async write(text) {
      this.text = text;
    },
  };
}

interface OpenOptions {
  readonly deadline?: number;
  readonly isKeyringUsed?: boolean;
  readonly signal?: AbortSignal;
  readonly warnings?: string[];
}

async function open(folder: string, keyring?: Keyring | Error, options: OpenOptions = {}) {
  const { deadline = 1000, isKeyringUsed = false, signal = new AbortController().signal, warnings = [] } = options;
  const openKeyring = async () => {
    if (keyring instanceof Error) throw keyring;
    return keyring as Keyring;
  };
  const cipher = await openCipher({
    folder,
    keyring: keyring && openKeyring,
    ...{ deadline, isKeyringUsed, signal, retryInterval: 5, now: Date.now },
    warn: ({ text }) => warnings.push(text),
    waiting: ({ text }) => warnings.push(text),
  });
  return { cipher, warnings };
}

test('with a keyring the key lives there, and no key file is made', async () => {
  const folder = await temporaryFolder();
  const keyring = createKeyring();
  const { cipher } = await open(folder, keyring);
  expect(cipher).toMatchObject({ name: 'the desktop keyring' });
  expect(cipher.caution).toBeUndefined();
  const encrypted = await cipher.encrypt('schlüssel');
  expect(encrypted).toMatch(/^keyring:/);
  expect(await readdir(folder)).toEqual([]);
  const { cipher: again } = await open(folder, keyring);
  expect(await again.decrypt(encrypted)).toBe('schlüssel');
});

test('without a keyring the key is a file for this user alone, which is said plainly', async () => {
  const folder = await temporaryFolder();
  const { cipher } = await open(folder, new Error('no such service'));
  expect(cipher.name).toBe('a key file in the data folder');
  expect(translateMessage('de', cipher.nameMessage, cipher.name)).toBe('eine Schlüsseldatei im Datenordner');
  expect(cipher.caution).toBe(
    'This system has no keyring that works. The key lies in a file beside the secrets, and only the file permissions protect it.',
  );
  const encrypted = await cipher.encrypt('secret');
  expect(encrypted).toMatch(/^file:/);
  expect(encrypted).not.toContain('secret');
  if (process.platform !== 'win32') expect((await stat(join(folder, 'key'))).mode & 0o777).toBe(0o600);
  const { cipher: again } = await open(folder);
  expect(again.caution).toContain('switched off');
  expect(await again.decrypt(encrypted)).toBe('secret');
});

test('a keyring that hangs is not waited for', async () => {
  const hanging: Keyring = {
    name: storageMessages.inMacKeychain(),
    read: () => new Promise(() => {}),
    write: () => new Promise(() => {}),
  };
  const { cipher } = await open(await temporaryFolder(), hanging, { deadline: 20 });
  expect(cipher.caution).toContain('did not answer in time');
});

test('a keyring that forgets what it is given is not trusted', async () => {
  const forgetful: Keyring = { name: storageMessages.inMacKeychain(), read: async () => null, write: async () => {} };
  const { cipher } = await open(await temporaryFolder(), forgetful);
  expect(await cipher.encrypt('x')).toMatch(/^file:/);
});

test('secrets encrypted under the key file are still read after a keyring came, and the other way round told apart', async () => {
  const folder = await temporaryFolder();
  const keyring = createKeyring();
  const inFile = await (await open(folder)).cipher.encrypt('from the file');
  const { cipher } = await open(folder, keyring);
  const inKeyring = await cipher.encrypt('from the keyring');
  expect(await cipher.decrypt(inFile)).toBe('from the file');
  const { cipher: without } = await open(folder);
  expect(await without.decrypt(inFile)).toBe('from the file');
  await expect(without.decrypt(inKeyring)).rejects.toMatchObject({
    code: 'conflict',
    message:
      'A stored secret was encrypted with a key in the keyring of the system and cannot be opened now. Enter it again.',
  });
});

test('altered text and text of another key are refused', async () => {
  const { cipher } = await open(await temporaryFolder());
  const { cipher: other } = await open(await temporaryFolder());
  const encrypted = await cipher.encrypt('secret');
  expect(await cipher.encrypt('secret')).not.toBe(encrypted);
  const [place, data = ''] = encrypted.split(':');
  const bytes = Buffer.from(data, 'base64');
  bytes[bytes.length - 1] = (bytes.at(-1) ?? 0) ^ 1;
  for (const wrong of [`${place}:${bytes.toString('base64')}`, `${place}:`, 'plain', '', `other:${data}`]) {
    await expect(cipher.decrypt(wrong)).rejects.toMatchObject({ code: 'conflict' });
  }
  await expect(other.decrypt(encrypted)).rejects.toMatchObject({ code: 'conflict' });
});

test('a damaged key file is set aside and told', async () => {
  const folder = await temporaryFolder();
  await writeFile(join(folder, 'key'), randomBytes(7).toString('base64'));
  const { cipher, warnings } = await open(folder);
  expect(await cipher.decrypt(await cipher.encrypt('works'))).toBe('works');
  expect(warnings.join()).toContain('The key file was damaged.');
  const aside = (await readdir(folder)).find((name) => name.startsWith('key.damaged'));
  expect((await readFile(join(folder, aside ?? ''), 'utf8')).length).toBe(12);
});

test('a locked keyring that holds the key is waited for, and neither it nor the folder gets another key', async () => {
  const folder = await temporaryFolder();
  const keyring = createKeyring();
  const encrypted = await (await open(folder, keyring)).cipher.encrypt('client secret');
  let locked = 4;
  const written: string[] = [];
  const warnings: string[] = [];
  const locking: Keyring = {
    name: keyring.name,
    async read() {
      locked -= 1;
      if (locked > 1) throw new Error('the prompt was dismissed');
      // At last it asks somebody, who takes a while.
      if (locked === 1) return new Promise(() => {});
      return keyring.text;
    },
    write: async (text) => void written.push(text),
  };
  const { cipher } = await open(folder, locking, { deadline: 20, isKeyringUsed: true, warnings });
  expect(await cipher.decrypt(encrypted)).toBe('client secret');
  expect(cipher.caution).toBeUndefined();
  expect(warnings).toEqual([expect.stringMatching(/^Unlock the keyring: it holds the key of the stored secrets\./)]);
  expect([written, await readdir(folder)]).toEqual([[], []]);
});

test('waiting for a locked keyring ends when the host is stopped', async () => {
  const stopping = new AbortController();
  const warnings: string[] = [];
  const keyring = new Error('locked');
  const opened = open(await temporaryFolder(), keyring, { isKeyringUsed: true, signal: stopping.signal, warnings });
  await until(() => warnings.length > 0);
  stopping.abort(new Error('stopped'));
  await expect(opened).rejects.toThrow('stopped');
});
