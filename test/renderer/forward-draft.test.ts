import { expect, test } from 'vitest';
import {
  forwardDraftOf,
  forwardRequestOf,
  isWebUrl,
  leavesUnencrypted,
  secretStaysWith,
} from '../../renderer/hooks/forward/forward-draft.ts';

const stored = { url: 'https://handler.example.com/a', enabled: false, signed: true };

test('what is stored is saved again without naming a secret, so that the stored one stays', () => {
  expect(forwardRequestOf(forwardDraftOf(stored), stored)).toEqual({ url: stored.url, enabled: false });
});

test('an entered secret is sent, and an empty one where it is to be removed', () => {
  const draft = { ...forwardDraftOf(undefined), url: ' http://localhost:3000 ', secret: 'new' };
  expect(forwardRequestOf(draft, undefined)).toEqual({ url: 'http://localhost:3000', enabled: true, secret: 'new' });
  const removing = { ...draft, url: stored.url, removeSecret: true };
  expect(forwardRequestOf(removing, stored).secret).toBe('');
  expect(forwardRequestOf({ ...removing, url: 'http://localhost:3000' }, stored).secret).toBe('new');
});

test('the order is sent where it differs from what is stored', () => {
  const draft = { ...forwardDraftOf(stored), parallel: true };
  expect(forwardRequestOf(draft, stored).order).toBe('parallel');
  expect(forwardRequestOf(draft, { ...stored, order: 'parallel' }).order).toBeUndefined();
  expect(forwardRequestOf({ ...draft, parallel: false }, { ...stored, order: 'parallel' }).order).toBe('ordered');
});

test('a stored secret stays with other paths of its origin only', () => {
  expect(secretStaysWith(stored, 'https://handler.example.com/b')).toBe(true);
  expect(secretStaysWith(stored, 'http://handler.example.com/a')).toBe(false);
  expect(secretStaysWith(stored, 'handler')).toBe(false);
  expect(secretStaysWith({ ...stored, signed: false }, stored.url)).toBe(false);
});

test('only http and https URLs are accepted', () => {
  expect(['http://localhost:1', 'https://a.example', 'ftp://a.example', 'a.example', ''].map(isWebUrl)).toEqual([
    true,
    true,
    false,
    false,
    false,
  ]);
});

test.each([
  ['http://handler.example.com/a', true],
  [' http://192.168.1.7:3000', true],
  ['http://localhost.example.com', true],
  ['https://handler.example.com', false],
  ['http://localhost:3000', false],
  ['http://127.0.0.1:3000', false],
  ['http://[::1]:3000', false],
  ['http://', false],
  ['handler', false],
])('sending to %s is unencrypted: %s', (url, expected) => {
  expect(leavesUnencrypted(url)).toBe(expected);
});
