import { expect, test } from 'vitest';
import { type NetworkSettings, SettingsChange } from '../../preload/contract/index.ts';
import { isPasswordKept, proxyChange, startProxy } from '../../renderer/settings/network/proxy-draft.ts';

const manual: NetworkSettings = {
  proxy: {
    ...{ mode: 'manual', url: 'https://gate.corp.example:8443', username: 'DOMAIN\\mira', hasPassword: true },
    bypass: ['*.corp.example', '10.8.0.0/16', '<local>'],
  },
};

test.each<NetworkSettings>([{}, { proxy: { mode: 'none' } }, { proxy: { mode: 'system' } }])(
  'a choice without an address passes through the form: %j',
  (settings) => {
    expect(proxyChange(startProxy(settings))).toEqual({ proxy: settings.proxy ?? { mode: 'system' } });
  },
);

test('an entered proxy passes through the form, and its stored password is not part of it', () => {
  const draft = startProxy(manual);
  expect(draft.password).toBe('');
  const { hasPassword: _, ...sent } = manual.proxy as Extract<NetworkSettings['proxy'], { mode: 'manual' }>;
  expect(proxyChange(draft)).toEqual({ proxy: sent });
});

test('a password is sent as typed, and only together with a user name', () => {
  const draft = { ...startProxy(manual), password: ' p@ss:word ' };
  expect(proxyChange(draft).proxy).toMatchObject({ password: ' p@ss:word ' });
  expect(proxyChange({ ...draft, username: ' ' }).proxy).not.toHaveProperty('password');
});

test('the stored password stays only with the proxy and user name it was entered for', () => {
  const draft = startProxy(manual);
  expect(isPasswordKept(manual, draft)).toBe(true);
  expect(isPasswordKept(manual, { ...draft, bypass: '' })).toBe(true);
  expect(isPasswordKept(manual, { ...draft, username: 'noa' })).toBe(false);
  expect(isPasswordKept(manual, { ...draft, url: 'https://gate.corp.example:9443' })).toBe(false);
});

test.each([
  ['gate.corp.example:8080', 'http://gate.corp.example:8080'],
  [' https://gate.corp.example:8443/ ', 'https://gate.corp.example:8443'],
  ['[fd00::7]:3128', 'http://[fd00::7]:3128'],
])('the address %j is accepted', (typed, url) => {
  const network = proxyChange({ ...startProxy({}), mode: 'manual', url: typed });
  expect(SettingsChange.parse({ network })).toEqual({ network: { proxy: { mode: 'manual', url } } });
});
