import { expect, test } from 'vitest';
import { createBell } from '../../support/test-connector.ts';
import { openTestHost } from '../../support/test-host.ts';

/** Values that must never leave this computer. */
const canaries = {
  signingSecret: 'canary-signing-secret',
  proxyPassword: 'canary-proxy-password',
  proxyUser: 'canary-proxy-user',
  token: 'canary-access-token',
  loggedSecret: 'canary-signing-secret in a sentence',
} as const;

const log = [
  `2026-03-01T08:00:00Z warn hooks: authorization: Bearer ${canaries.token}`,
  `2026-03-01T08:00:01Z info ingress: POST /in/0123456789abcdef0123456789abcdef from 127.0.0.1`,
  `2026-03-01T08:00:02Z warn connections: the provider said: ${canaries.loggedSecret}`,
].join('\n');

async function openSupported(saveText?: (name: string, text: string) => Promise<string | undefined>) {
  const bell = createBell();
  const host = await openTestHost({
    connectors: [bell.connector],
    ports: {
      readLog: async () => log,
      now: () => Date.parse('2026-03-01T08:00:03Z'),
      ...(saveText ? { saveText } : {}),
    },
  });
  await host.connect();
  const { id: connection } = await host.ask('connections.add', {
    connector: 'bell',
    name: 'My house',
    settings: { account: 'me', address: 'https://example.org' },
    secrets: { password: 'correct', signingSecret: canaries.signingSecret },
  });
  const { callbackUrl } = await host.ask('hooks.create', { connection, event: 'ring', scope: { door: 'front' } });
  await host.ask('settings.set', {
    network: {
      proxy: {
        mode: 'manual',
        url: 'http://127.0.0.1:9',
        username: canaries.proxyUser,
        password: canaries.proxyPassword,
      },
    },
  });
  const [hook] = [...bell.hooks.values()];
  return { host, secrets: [...Object.values(canaries), hook?.secret ?? '', callbackUrl.split('/').at(-1) ?? ''] };
}

test('a support file holds what helps and none of the secrets', async () => {
  let saved = { name: '', text: '' };
  const { host, secrets } = await openSupported(async (name, text) => {
    saved = { name, text };
    return `/home/kim/${name}`;
  });
  expect(await host.ask('support.save', {})).toEqual({
    saved: true,
    file: '/home/kim/ringback-support-2026-03-01.txt',
  });
  expect(saved.name).toBe('ringback-support-2026-03-01.txt');
  for (const section of ['System', 'Status', 'Settings', 'Connections', 'Hooks', 'Diagnosis', 'Log'])
    expect(saved.text).toContain(`\n## ${section}\n`);
  expect(saved.text).toContain('"event": "ring"');
  expect(saved.text).toContain('info ingress: POST /in/0123…');
  expect(secrets.filter((secret) => secret.length < 8 || saved.text.includes(secret))).toEqual([]);
  expect(saved.text).not.toContain('canary');
});

test('secrets of every kind are removed in every form in which a log may hold them', async () => {
  const secrets = {
    password: 'correct',
    first: 'canary one/+"quoted"',
    second: 'canary two & ümlaut',
    forward: 'canary-forward==%20',
    proxy: 'canary\\proxy?',
  };
  const forms = (secret: string): string[] => [
    secret,
    encodeURIComponent(secret),
    new URLSearchParams({ q: secret }).toString(),
    JSON.stringify({ note: secret }),
    Buffer.from(secret).toString('base64'),
    Buffer.from(secret).toString('base64url'),
  ];
  const canaries = [secrets.first, secrets.second, secrets.forward, secrets.proxy];
  const bell = createBell();
  const host = await openTestHost({
    connectors: [bell.connector],
    ports: { readLog: async () => canaries.flatMap(forms).join('\n') },
  });
  await host.connect();
  const { id: connection } = await host.ask('connections.add', {
    ...{ connector: 'bell', settings: { account: 'me' } },
    secrets: { password: secrets.password, signingSecret: secrets.first },
  });
  await host.ask('connections.update', { id: connection, secrets: { signingSecret: secrets.second } });
  const { id } = await host.ask('hooks.create', { connection, event: 'ring', scope: { door: 'front' } });
  const forward = { url: 'http://localhost:9/', enabled: false, secret: secrets.forward };
  await host.ask('hooks.update', { id, forward });
  const proxy = { mode: 'manual', url: 'http://127.0.0.1:9', username: 'kim', password: secrets.proxy } as const;
  await host.ask('settings.set', { network: { proxy } });
  const { text = '' } = await host.ask('support.save', {});
  expect(text).toContain('## Log');
  expect(canaries.flatMap(forms).filter((form) => text.includes(form.replace(/=+$/, '')))).toEqual([]);
  for (const { secret } of bell.hooks.values()) expect(text).not.toContain(secret);
});

test('where the user changes their mind nothing is saved', async () => {
  const { host } = await openSupported(async () => undefined);
  expect(await host.ask('support.save', {})).toEqual({ saved: false });
});

test('a host that saves no files gives the text', async () => {
  const { host } = await openSupported();
  const { saved, text } = await host.ask('support.save', {});
  expect(saved).toBe(false);
  expect(text).toContain('# Ringback support file, 2026-03-01T08:00:03.000Z');
});
