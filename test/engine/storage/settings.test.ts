import { expect, test } from 'vitest';
import { createStoredSettings } from '../../../main/engine/storage/settings.ts';
import { defaultSettings, type Settings } from '../../../preload/contract/index.ts';
import { memoryStore } from '../../support/memory-store.ts';

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
