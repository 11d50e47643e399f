import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createStoredSettings } from '../../../main/engine/storage/settings.ts';
import { openStore } from '../../../main/headless/store.ts';
import { defaultSettings, type Settings } from '../../../preload/contract/index.ts';
import { memoryStore } from '../../support/memory-store.ts';
import { temporaryFolder } from '../../support/temporary.ts';

/** Settings in which every optional member has a value. */
const everything: Settings = {
  ...defaultSettings,
  tunnel: { provider: 'localtunnel', host: 'https://tunnel.example.net', subdomain: 'bell-1942' },
  notifications: {
    ...defaultSettings.notifications,
    quietHours: { from: '22:00', to: '07:00', days: [1, 2] },
    failuresWhilePaused: true,
    digestAt: '08:30',
    tunnelAlertMinutes: 7,
  },
  retention: { days: 77, events: 5000, megabytes: 321 },
  backups: { ...defaultSettings.backups, reserveGigabytes: 12 },
  language: 'de',
  network: { proxy: { mode: 'none' } },
  updates: { enabled: false, channel: 'beta' },
};

test('every setting is there again after a restart, also one that has no default', () => {
  const values = new Map<string, unknown>();
  createStoredSettings(memoryStore(values), () => {}).set(everything);
  const stored = new Map([...values].map(([key, value]) => [key, JSON.parse(JSON.stringify(value))]));
  expect(createStoredSettings(memoryStore(stored), () => {}).value).toEqual(everything);
});

test('what only a later version knows is left out, in every part, and the rest stays', () => {
  const warnings: string[] = [];
  const later = {
    ...everything,
    retention: { ...everything.retention, weeks: 3 },
    updates: { ...everything.updates, mirror: 'https://mirror.example' },
    theme: 'green',
  };
  const store = memoryStore(new Map<string, unknown>([['settings', later]]));
  expect(createStoredSettings(store, (warning) => warnings.push(warning)).value).toEqual(everything);
  expect(warnings).toEqual([]);
});

test('what a later version stored is there again for it, after this version changed other settings', () => {
  const later = {
    ...everything,
    retention: { ...everything.retention, weeks: 3 },
    updates: { ...everything.updates, mirror: 'https://mirror.example' },
    theme: { name: 'green' },
  };
  const values = new Map<string, unknown>([['settings', later]]);
  const settings = createStoredSettings(memoryStore(values), () => {});
  settings.set(settings.after({ language: 'nl', retention: { days: 5 } }));
  expect(values.get('settings')).toEqual({
    ...later,
    language: 'nl',
    retention: { ...later.retention, days: 5 },
  });
  expect(createStoredSettings(memoryStore(values), () => {}).value).toMatchObject({ language: 'nl' });
});

test.each([
  ['language', 'fy', { language: undefined }],
  ['retention', { ...everything.retention, days: 'all' }, { retention: defaultSettings.retention }],
  ['updates', { enabled: 'weekly', channel: 'nightly' }, { updates: undefined }],
  ['tunnel', { provider: 'pigeon' }, { tunnel: defaultSettings.tunnel }],
] as const)('a value of %s that only a later version knows takes no other setting with it', (name, value, expected) => {
  const warnings: string[] = [];
  const later = { ...everything, [name]: value };
  const values = new Map<string, unknown>([['settings', later]]);
  const settings = createStoredSettings(memoryStore(values), (warning) => warnings.push(warning));
  expect(settings.value).toEqual({ ...everything, ...expected });
  expect(values.get('damaged-settings')).toEqual(later);
  expect(warnings).toHaveLength(1);
});

test.each([
  ['a tunnel', '"localtunnel"', '"locamtunnel"'],
  ['a proxy', '"mode": "none"', '"mode": "none\u007f"'],
  ['a number', '"days": 77', '"days": -7'],
  ['an update channel', '"channel": "beta"', '"channel": "bete"'],
  ['an address', '"host": "https://tunnel.example.net"', '"host": 7'],
  ['a part beside another', /"(localtunnel|beta)"/g, '"bell"'],
  ['the whole value', /"settings": \{.*?\n\t\}/s, '"settings": "garbage"'],
])('%s that cannot be read is as it was last stored, also after another restart', async (_, intact, damaged) => {
  const folder = await temporaryFolder();
  const file = join(folder, 'settings.json');
  createStoredSettings(openStore(folder, Date.now).store, () => {}).set(everything);
  const text = readFileSync(file, 'utf8');
  writeFileSync(file, text.replace(intact, damaged));
  expect(readFileSync(file, 'utf8')).not.toBe(text);
  const warnings: string[] = [];
  for (let start = 0; start < 3; start += 1) {
    const { store } = openStore(folder, Date.now);
    const settings = createStoredSettings(store, (warning) => warnings.push(warning));
    expect(settings.value).toEqual(everything);
    store.set('start', start);
  }
  expect(warnings).toEqual([expect.stringContaining('restored as last stored')]);
});

test('a part that the copy has not either gets its defaults, while another is restored', () => {
  const later = { ...everything, language: 'fy' };
  const values = new Map<string, unknown>([['settings', { ...later, tunnel: { provider: 'pigeon' } }]]);
  const store = { ...memoryStore(values), earlier: () => later };
  const { language: _, ...rest } = everything;
  expect(createStoredSettings(store, () => {}).value).toEqual(rest);
  expect(values.get('damaged-settings')).toMatchObject({ language: 'fy' });
});
