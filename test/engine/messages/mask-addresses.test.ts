import { expect, test } from 'vitest';
import { createLog, mask } from '../../../main/engine/log.ts';
import { backupMessages, maskAddresses } from '../../../main/engine/messages/index.ts';
import { processorTime } from '../../support/processor-time.ts';

const key = 'f00dCafe0123456789abcdefABCDEF42';

test.each([
  [`https://files.example/owner.zip?key=${key}`, 'https://files.example/owner.zip?…'],
  [`https://user:${key}@files.example/owner.zip`, 'https://files.example/owner.zip'],
  [`https://files.example/${key}/owner.zip`, 'https://files.example/f00d…/owner.zip'],
  [`https://files.example/own er.zip?key=${key}`, 'https://files.example/own er.zip?key=…'],
  [`s3://bucket/a.zip?X-Amz-Signature=${key}&X-Amz-Date=1`, 's3://bucket/a.zip?…'],
  [`https://files.example/owner.zip;key=${key}/a`, 'https://files.example/owner.zip;key=…/a'],
  [`moved to "//user:${key}@files.example/a"`, 'moved to "//files.example/a"'],
  [`(https://files.example/a#token=${key}),`, '(https://files.example/a#…'],
  ['https://files.example/k/f00dCafe01/owner.zip', 'https://files.example/k/f00d…/owner.zip'],
  [`see ${encodeURIComponent(`https://a.example/a?x=1&sig=${key}`)}`, 'see https%3A%2F%2Fa.example%2Fa%3Fx%3D…'],
  [`HTTPS://FILES.example/a?sig=${key}`, 'HTTPS://FILES.example/a?…'],
  [
    `blob:https://files.example/a?se=2026&sig=${key} and http://b.example/c`,
    'blob:https://files.example/a?… and http://b.example/c',
  ],
])('of %s no key is shown', (text, shown) => {
  expect(maskAddresses(text)).toBe(shown);
});

test.each([
  'https://files.example/Project%20Files/tower-2026.rvt',
  'Is it over? Yes = 1',
  'text/html;charset=utf-8 // see me@files.example',
  'urn:adsk.wipprod:fs.folder:co.AAAAAAAAAAAAAAAAAAAAAA',
])('%s stays as it is', (text) => {
  expect(maskAddresses(text)).toBe(text);
});

test('a message and its parameters never carry the key of a link they quote', () => {
  const message = backupMessages.dataInsteadOfFile({ text: `https://files.example/own er.zip?key=${key}` });
  expect(JSON.stringify(message)).not.toContain(key);
});

test.each([
  `GET https://files.example/a?x=1&X-Amz-Signature=${key}`,
  `Cookie: session=${key}; other=${key}`,
  `"set-cookie": "a=${key}"`,
  `sig=${key}`,
  `failed at ftp://me:${key}@files.example/`,
  `failed at ftp://:${key}@files.example/`,
  `answered ${JSON.stringify(JSON.stringify({ password: key }))}`,
  `answered {"token":["${key}"]}`,
  `answered {"signature":"${key}"}`,
])('the log masks %s', (text) => {
  const lines: string[] = [];
  createLog(({ text: line }) => lines.push(line)).warn('test', text);
  expect(lines.join()).not.toContain(key);
  expect(mask(text)).not.toContain(key);
});

test('a hostile text takes no longer than its length', () => {
  const texts = [
    'a.'.repeat(100_000),
    'a://'.repeat(50_000),
    '?a='.repeat(70_000),
    '//a'.repeat(70_000),
    `a://b/${';a='.repeat(70_000)}`,
    `https://${'/'.repeat(200_000)}`,
  ];
  const time = processorTime(() => {
    for (const text of texts) maskAddresses(text);
  });
  expect(time).toBeLessThan(2000);
});
