import crypto, { createHmac } from 'node:crypto';
import { syncBuiltinESMExports } from 'node:module';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { RingbackError } from '../../../main/engine/errors.ts';
import type { ImportStep } from '../../../preload/contract/index.ts';
import { openBackupScene } from '../../support/backup-connector.ts';
import { openBellHost } from '../../support/bell-host.ts';
import { mirrorCipher } from '../../support/memory-store.ts';
import { until } from '../../support/temporary.ts';
import { createBell } from '../../support/test-connector.ts';
import { openTestHost, type TestHost } from '../../support/test-host.ts';

const passphrase = 'a long passphrase';
const sign = (body: Uint8Array, secret: string) => ({
  'x-bell-signature': createHmac('sha256', secret).update(body).digest('hex'),
});
const states = (steps: readonly ImportStep[]) => steps.map(({ kind, name, state }) => `${kind} ${name} ${state}`);

const { scrypt } = crypto;
/** Keys by what they are derived from: each takes half a second of a processor, and many tests open the same file. */
const derived = new Map<string, Promise<Buffer<ArrayBuffer>>>();

/** Derives each key once. */
function scryptOnce(...[password, salt, length, cost, callback]: Parameters<typeof scrypt>): void {
  const from = JSON.stringify([password, salt, length, cost]);
  const derive = (resolve: (key: Buffer<ArrayBuffer>) => void, reject: (error: Error) => void): void =>
    scrypt(password, salt, length, cost, (error, key) => (error ? reject(error) : resolve(key)));
  const key = derived.get(from) ?? new Promise(derive);
  derived.set(from, key);
  key.then(
    (value) => callback(null, value),
    (error) => callback(error, Buffer.alloc(0)),
  );
}

function replaceScrypt(by: (...given: Parameters<typeof scrypt>) => void): void {
  Object.assign(crypto, { scrypt: by });
  syncBuiltinESMExports();
}

beforeAll(() => replaceScrypt(scryptOnce));
afterAll(() => replaceScrypt(scrypt));

/** Files that were exported, by their passphrase: encrypting one takes most of the time of a test. */
const exported = new Map<string | undefined, Promise<string>>();

/** The file of a computer with one connection, two hooks and two rules. */
function exportFile(given?: string): Promise<string> {
  const file = exported.get(given) ?? exportNew(given);
  exported.set(given, file);
  return file;
}

/** Exports a new one; that computer is closed. */
async function exportNew(given: string | undefined): Promise<string> {
  const { host } = await openBellHost({ hooks: 2, connector: { sign } });
  const [first, second] = await host.ask('hooks.list', {});
  const url = 'http://localhost:3000/callback';
  const forward = { url, enabled: true, secret: 'handler secret', order: 'parallel' } as const;
  await host.ask('hooks.update', { id: first?.id ?? '', forward });
  const { id: connection } = (await host.ask('connections.list', {}))[0] ?? { id: '' };
  await host.ask('notifications.setRules', {
    rules: [
      { hook: second?.id, mode: 'silent' },
      { connection, outcome: 'info', mode: 'off' },
    ],
  });
  await host.ask('settings.set', { retention: { days: 77, events: 5000 } });
  const text = await textOf(host, given);
  await host.engine.close();
  return text;
}

/** As the command line asks for it. */
async function textOf({ engine }: TestHost, given?: string): Promise<string> {
  const answer = await engine.ask('transfer.text', given === undefined ? {} : { passphrase: given }, 'shell');
  if (!answer.ok) throw new Error(answer.problem.message);
  return (answer.value as { text: string }).text;
}

async function otherComputer(): Promise<TestHost> {
  const bell = createBell();
  const host = await openTestHost({ connectors: [{ ...bell.connector, sign }] });
  await host.connect();
  return host;
}

test('with a passphrase everything goes to another computer, and importing it again changes nothing', async () => {
  const text = await exportFile(passphrase);
  expect(text).not.toMatch(/correct|handler secret/);
  const host = await otherComputer();
  const preview = await host.ask('transfer.import', { text, passphrase, dryRun: true });
  expect(states(preview.steps)).toEqual([
    'settings  new',
    'connection me new',
    'hook ring.0 new',
    'hook ring.1 new',
    'rules  new',
  ]);
  expect([await host.ask('connections.list', {}), await host.ask('hooks.list', {})]).toEqual([[], []]);

  const result = await host.ask('transfer.import', { text, passphrase });
  expect(result).toMatchObject({ encrypted: true, decrypted: true });
  expect(states(result.steps)).toEqual([
    'settings  done',
    'connection me done',
    'hook ring.0 done',
    'hook ring.1 done',
    'rules  done',
  ]);
  expect((await host.ask('settings.get', {})).retention).toMatchObject({ days: 77, events: 5000 });
  const [connection] = await host.ask('connections.list', {});
  const hooks = await host.ask('hooks.list', {});
  const [forwarding, other] = ['ring.0', 'ring.1'].map((name) => hooks.find(({ event }) => event === name));
  expect(forwarding?.forward).toEqual({
    ...{ url: 'http://localhost:3000/callback', enabled: true, signed: true, order: 'parallel' },
  });
  expect((await host.ask('notifications.rules', {})).rules).toEqual([
    { hook: other?.id, mode: 'silent' },
    { connection: connection?.id, outcome: 'info', mode: 'off' },
  ]);

  const again = await host.ask('transfer.import', { text, passphrase });
  expect(states(again.steps)).toEqual([
    'settings  present',
    'connection me present',
    'hook ring.0 present',
    'hook ring.1 present',
    'rules  present',
  ]);
  expect(await host.ask('hooks.list', {})).toHaveLength(2);
});

test('without credentials a connection waits for them, and its hooks are imported afterwards', async () => {
  const text = await exportFile();
  expect(text).not.toContain('correct');
  const host = await otherComputer();
  const first = await host.ask('transfer.import', { text });
  expect(first).toMatchObject({ encrypted: false, decrypted: false });
  expect(states(first.steps)).toEqual([
    'settings  done',
    'connection me incomplete',
    'hook ring.0 waiting',
    'hook ring.1 waiting',
    'rules  waiting',
  ]);
  const [connection] = await host.ask('connections.list', {});
  expect(connection).toMatchObject({ name: 'me', incomplete: true });
  await expect(host.ask('connections.check', { id: connection?.id ?? '' })).rejects.toThrow('were not entered');
  await expect(host.ask('connections.update', { id: connection?.id ?? '', settings: {} })).rejects.toThrow('missing');
  await host.ask('connections.update', { id: connection?.id ?? '', secrets: { password: 'correct' } });
  await host.ask('settings.set', { retention: { days: 5, events: 500 } });
  expect((await host.ask('connections.list', {}))[0]?.incomplete).toBeUndefined();
  expect(states((await host.ask('transfer.import', { text })).steps)).toEqual([
    'settings  present',
    'connection me present',
    'hook ring.0 done',
    'hook ring.1 done',
    'rules  done',
  ]);
  expect((await host.ask('settings.get', {})).retention).toMatchObject({ days: 5, events: 500 });
  // Its events would reach the handler unsigned.
  const [forwarding] = (await host.ask('hooks.list', {})).filter(({ forward }) => forward);
  expect(forwarding?.forward).toMatchObject({ enabled: false, signed: false });
});

test('credentials that the file has complete a connection, and a paused hook stays paused', async () => {
  const { host: old } = await openBellHost();
  const [hook] = await old.ask('hooks.list', {});
  await old.ask('hooks.update', { id: hook?.id ?? '', status: 'inactive' });
  const [plain, encrypted] = [await textOf(old), await textOf(old, passphrase)];
  await old.engine.close();
  const host = await otherComputer();
  await host.ask('transfer.import', { text: plain });
  const { steps } = await host.ask('transfer.import', { text: encrypted, passphrase });
  expect(states(steps)).toEqual(['settings  present', 'connection me done', 'hook ring.0 done']);
  expect((await host.ask('hooks.list', {}))[0]?.paused).toBe(true);
});

test('a connection that waits for its credentials waits for them after a restart, too', async () => {
  const text = await exportFile();
  const first = await otherComputer();
  await first.ask('transfer.import', { text });
  await first.engine.close();
  const { connector } = createBell();
  const second = await openTestHost({ connectors: [connector], folder: first.folder, values: first.values });
  const [connection] = await second.ask('connections.list', {});
  expect(connection?.incomplete).toBe(true);
  await expect(second.ask('connections.check', { id: connection?.id ?? '' })).rejects.toThrow('were not entered');
});

test('what the provider refuses is reported, and stops nothing else', async () => {
  const text = await exportFile(passphrase);
  const bell = createBell();
  const check = bell.connector.check;
  const host = await openTestHost({
    connectors: [{ ...bell.connector, check: (context) => check({ ...context, secrets: { password: 'changed' } }) }],
  });
  await host.connect();
  const { steps } = await host.ask('transfer.import', { text, passphrase });
  expect(steps.slice(1)).toEqual([
    { kind: 'connection', name: 'me', state: 'failed', problem: 'Bell refused the password.' },
    { kind: 'hook', name: 'ring.0', state: 'waiting' },
    { kind: 'hook', name: 'ring.1', state: 'waiting' },
    { kind: 'rules', name: '', state: 'waiting' },
  ]);
});

test('the plan of backups is taken over with its connection', async () => {
  const scene = await openBackupScene();
  const schedule = { every: 'day', at: '03:00' } as const;
  await scene.host.ask('backups.plan', { connection: scene.connection, schedule, overdueHours: 50 });
  const text = await textOf(scene.host, passphrase);
  await scene.host.engine.close();
  const host = await openTestHost({ connectors: [scene.depot.connector] });
  const { steps } = await host.ask('transfer.import', { text, passphrase });
  expect(states(steps)).toContain('plan Garage done');
  expect((await host.ask('backups.accounts', {}))[0]?.plan).toMatchObject({ schedule, overdueHours: 50 });
});

test('a wrong passphrase imports nothing, and none imports all but the credentials', async () => {
  const text = await exportFile(passphrase);
  const host = await otherComputer();
  await expect(host.ask('transfer.import', { text, passphrase: 'another passphrase' })).rejects.toThrow(
    'not the one with which the file was exported',
  );
  expect(await host.ask('connections.list', {})).toEqual([]);
  const result = await host.ask('transfer.import', { text });
  expect(result).toMatchObject({ encrypted: true, decrypted: false });
  expect(states(result.steps)).toContain('connection me incomplete');
});

const broken: readonly (readonly [string, (text: string) => string, string])[] = [
  ['another text', () => 'a list of things to buy', 'not a file that Ringback exported'],
  ['another JSON file', () => '[{"ringback":true}]', 'not a file that Ringback exported'],
  ['a file of a newer Ringback', (text) => text.replace('"version": 1', '"version": 2'), 'Update Ringback'],
  ['a file that ends early', (text) => text.slice(0, -20), 'not a file that Ringback exported'],
  ['an altered file', (text) => text.replace('"connector": "bell"', '"connector": 5'), 'connections.0.connector'],
];

test.each(broken)('%s is refused in a sentence, and nothing is imported', async (_kind, damage, sentence) => {
  const { host } = await openBellHost();
  const { text = '' } = await host.ask('transfer.export', {});
  const before = await host.ask('connections.list', {});
  await expect(host.ask('transfer.import', { text: damage(text) })).rejects.toThrow(sentence);
  expect(await host.ask('connections.list', {})).toEqual(before);
});

test.each([
  ['the address of a connection', (text: string) => text.replace('"account": "me"', '"account": "you"')],
  ['the handler of a hook', (text: string) => text.replace('localhost:3000', 'localhost:4000')],
])('under a passphrase a change of %s is noticed', async (_place, change) => {
  const text = await exportFile(passphrase);
  const host = await otherComputer();
  expect(change(text)).not.toBe(text);
  await expect(host.ask('transfer.import', { text: change(text), passphrase })).rejects.toThrow('changed since');
  const reformatted = JSON.stringify(JSON.parse(text));
  const { decrypted } = await host.ask('transfer.import', { text: reformatted, passphrase, dryRun: true });
  expect(decrypted).toBe(true);
});

test('a byte order mark does no harm, and credentials that were altered are refused', async () => {
  const text = await exportFile(passphrase);
  const host = await otherComputer();
  const marked = await host.ask('transfer.import', { text: `\uFEFF${text}`, passphrase, dryRun: true });
  expect(marked.decrypted).toBe(true);
  const altered = text.replace(/"data": "(.)/, (_whole, first) => `"data": "${first === 'A' ? 'B' : 'A'}`);
  await expect(host.ask('transfer.import', { text: altered, passphrase })).rejects.toThrow('passphrase is not the one');
});

test('credentials reach the window in no form', async () => {
  const { host } = await openBellHost();
  await expect(host.ask('transfer.export', { passphrase })).rejects.toThrow('ringback export FILE --passphrase');
  await expect(host.ask('transfer.text', { passphrase })).rejects.toThrow('not-found');
  const { text = '' } = await host.ask('transfer.export', {});
  expect(JSON.parse(text)).not.toHaveProperty('secrets');
});

test('where the host can save a file, it is saved there', async () => {
  const saved: [string, string][] = [];
  const saveText = async (name: string, text: string) => {
    saved.push([name, text]);
    return `/home/me/${name}`;
  };
  const { host } = await openBellHost({ ports: { saveText, now: () => Date.UTC(2026, 10, 28) } });
  expect(await host.ask('transfer.export', {})).toEqual({
    saved: true,
    file: '/home/me/ringback-export-2026-11-28.json',
  });
  await until(() => saved.length === 1);
  expect(JSON.parse(saved[0]?.[1] ?? '')).toMatchObject({ ringback: 'export', version: 1 });
});

test('a paused hook that cannot be paused again is not left active, and the next import creates it', async () => {
  const first = await openBellHost();
  const [hook] = await first.host.ask('hooks.list', {});
  await first.host.ask('hooks.update', { id: hook?.id ?? '', status: 'inactive' });
  const text = await textOf(first.host, passphrase);
  await first.host.engine.close();
  const bell = createBell();
  const hooks = bell.connector.hooks as NonNullable<typeof bell.connector.hooks>;
  let fails = true;
  const update: typeof hooks.update = async (...input) => {
    if (fails) throw new RingbackError('provider', 'Bell cannot pause now.');
    return hooks.update(...input);
  };
  const host = await openTestHost({ connectors: [{ ...bell.connector, hooks: { ...hooks, update } }] });
  await host.connect();
  const failed = await host.ask('transfer.import', { text, passphrase });
  expect(failed.steps.at(-1)).toMatchObject({ kind: 'hook', state: 'failed', problem: 'Bell cannot pause now.' });
  expect(await host.ask('hooks.list', {})).toEqual([]);
  expect(bell.hooks.size).toBe(0);
  fails = false;
  await host.ask('transfer.import', { text, passphrase });
  expect(await host.ask('hooks.list', {})).toMatchObject([{ status: 'inactive', paused: true }]);
});

test('credentials that cannot be decrypted are named, and the rest is exported', async () => {
  const values = new Map<string, unknown>();
  const first = await openBellHost({ values, connector: { sign } });
  const [hook] = await first.host.ask('hooks.list', {});
  const forward = { url: 'http://localhost:3000/callback', enabled: true, secret: 'handler secret' };
  await first.host.ask('hooks.update', { id: hook?.id ?? '', forward });
  await first.host.engine.close();
  const decrypt = async () => Promise.reject(new Error('another key store'));
  const host = await openTestHost({
    connectors: [{ ...createBell().connector, sign }],
    values,
    ports: { cipher: { ...mirrorCipher, decrypt } },
  });
  const answer = await host.engine.ask('transfer.text', { passphrase }, 'shell');
  expect(answer).toMatchObject({ ok: true, value: { undecryptable: ['me', 'ring.0'] } });
  const plain = await host.engine.ask('transfer.text', {}, 'shell');
  expect(plain).toMatchObject({ ok: true, value: { text: expect.stringContaining('"me"') } });
  expect(JSON.stringify(plain)).not.toContain('undecryptable');
});

test('rules that do not fit are counted, and a preview knows those that are here', async () => {
  const text = await exportFile(passphrase);
  const host = await otherComputer();
  await host.ask('transfer.import', { text, passphrase });
  const preview = await host.ask('transfer.import', { text, passphrase, dryRun: true });
  expect(new Set(preview.steps.map(({ state }) => state))).toEqual(new Set(['present']));
  const others = Array.from({ length: 199 }, (_, index) => ({ event: `other.${index}`, mode: 'off' as const }));
  await host.ask('notifications.setRules', { rules: others });
  const full = await host.ask('transfer.import', { text, passphrase });
  expect(full.steps.at(-1)).toMatchObject({ kind: 'rules', state: 'failed' });
  expect(full.steps.at(-1)?.problem).toContain('1 rules were not imported: there can be 200');
  expect((await host.ask('notifications.rules', {})).rules).toHaveLength(200);
});

test('saved views go along with the settings, beside those of the other computer', async () => {
  const { host } = await openBellHost();
  const failed = { name: 'Failed', query: 'outcome:failed' };
  await host.ask('settings.set', { views: [failed, { name: 'Tower', query: 'name~tower' }] });
  const text = await textOf(host);
  await host.engine.close();
  const other = await otherComputer();
  const own = { name: 'tower', query: 'name~tower since:7d' };
  await other.ask('settings.set', { views: [own] });
  const { steps } = await other.ask('transfer.import', { text });
  expect(steps.slice(0, 2)).toMatchObject([
    { kind: 'settings', state: 'done' },
    { kind: 'views', state: 'done' },
  ]);
  expect((await other.ask('settings.get', {})).views).toEqual([own, failed]);
});

test('saved views that do not fit are counted, and imported once there is room', async () => {
  const { host } = await openBellHost();
  const views = [{ name: 'Failed', query: 'outcome:failed' }];
  await host.ask('settings.set', { views: [...views, { name: 'Tower', query: 'name~tower' }] });
  const text = await textOf(host);
  await host.engine.close();
  const other = await otherComputer();
  const own = Array.from({ length: 49 }, (_, index) => ({ name: `View ${index}`, query: 'outcome:failed' }));
  await other.ask('settings.set', { views: own });
  const { steps } = await other.ask('transfer.import', { text });
  expect(steps[1]).toMatchObject({
    kind: 'views',
    state: 'failed',
    problem: expect.stringContaining('1 saved views were not imported: there can be 50'),
    problemMessage: { code: 'transfer.tooManyViews', params: { left: 1, most: 50 } },
  });
  expect((await other.ask('settings.get', {})).views).toEqual([...own, ...views]);
  await other.ask('settings.set', { views });
  expect((await other.ask('transfer.import', { text })).steps[1]).toMatchObject({ kind: 'views', state: 'done' });
  expect((await other.ask('settings.get', {})).views).toHaveLength(2);
});
