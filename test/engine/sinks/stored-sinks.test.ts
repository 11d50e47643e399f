import { expect, test } from 'vitest';
import { createStoredSinks } from '../../../main/engine/sinks/stored-sinks.ts';
import type { SecretStore } from '../../../main/engine/storage/index.ts';
import type { SinkTarget } from '../../../preload/contract/index.ts';
import { memoryStore } from '../../support/memory-store.ts';

/** Stores what it is given as it is. */
const secretStore: Pick<SecretStore, 'encrypt' | 'decrypt'> = {
  encrypt: async (secrets) => ({ ...secrets }),
  decrypt: async (secrets) => ({ secrets: { ...secrets }, lost: [] }),
};

const mail = { kind: 'email', from: 'a@example.org', to: ['b@example.org'], port: 25, username: 'a' } as const;
const targets: Readonly<Record<string, object>> = {
  open: { kind: 'webhook', format: 'json', url: 'http://192.0.2.7/hook', token: 'secret' },
  openTopic: { kind: 'ntfy', url: 'http://ntfy.example/topic', token: 'secret' },
  openMail: { ...mail, host: 'mail.example', security: 'none', password: 'secret' },
  encrypted: { kind: 'webhook', format: 'json', url: 'https://192.0.2.7/hook', token: 'secret' },
  here: { kind: 'webhook', format: 'json', url: 'http://127.0.0.1:1/hook', token: 'secret' },
  withoutToken: { kind: 'webhook', format: 'json', url: 'http://192.0.2.7/hook' },
  encryptedMail: { ...mail, host: 'mail.example', security: 'tls', password: 'secret' },
};

const sinksOf = (stored: readonly object[]) =>
  createStoredSinks(memoryStore(new Map([['notificationSinks', stored]])), secretStore, () => {});

test('stored tokens and passwords that leave this computer without encryption are found', async () => {
  const stored = Object.entries(targets).map(([name, target]) => ({
    ...{ id: name, name, enabled: true, target: 'shown' },
    ...{ kind: (target as SinkTarget).kind, encrypted: JSON.stringify(target) },
  }));
  const damaged = { ...stored[0], id: 'damaged', name: 'damaged', encrypted: '{}' };
  const found = await sinksOf([...stored, damaged]).unencrypted();
  expect(found.map(({ name }) => name)).toEqual(['open', 'openTopic', 'openMail']);
});

test.each(['open', 'openTopic', 'openMail'])('the target "%s" is not added', async (name) => {
  await expect(sinksOf([]).add(targets[name] as SinkTarget, undefined)).rejects.toMatchObject({
    code: 'invalid-input',
  });
});
