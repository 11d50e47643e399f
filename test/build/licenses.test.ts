import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import { readThirdParties } from '../../build/licenses.ts';

const thirdParties = readThirdParties(resolve(import.meta.dirname, '../..'));
const names = new Set(thirdParties.map(({ name }) => name));

test('the packages of the main process and of the window are named, with what these depend on', () => {
  for (const name of [
    'nodemailer',
    '@napi-rs/keyring',
    'localtunnel',
    'express',
    'body-parser',
    'electron-updater',
    'js-yaml',
    'react',
    '@mantine/core',
    'clsx',
  ])
    expect(names).toContain(name);
});

test('tools that are not delivered are not named', () => {
  for (const name of ['vitest', 'typescript', '@biomejs/biome', 'electron', 'electron-builder'])
    expect(names).not.toContain(name);
});

test('each has a license, and nearly all bring its text', () => {
  expect(thirdParties.filter(({ license, text }) => license === 'see its text' && text === '')).toEqual([]);
  expect(thirdParties.filter(({ text }) => text.length > 100).length).toBeGreaterThan(thirdParties.length * 0.8);
});
