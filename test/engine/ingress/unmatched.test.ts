import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createUnmatchedRecorder, findMisroute } from '../../../main/engine/ingress/unmatched.ts';
import { readUnreadable } from '../../../main/engine/ingress/unreadable-request.ts';
import { trials } from '../../endurance/extent.ts';
import { processorTime } from '../../support/processor-time.ts';

const key = '0123456789abcdef0123456789abcdef';
const isOurs = (one: string): boolean => one === key;

test.for([
  [`/hooks/in/${key}`, { kind: 'prefix', added: '/hooks' }],
  [`/a/b/in/${key}/`, { kind: 'prefix', added: '/a/b' }],
  [`//hooks//in/${key}`, { kind: 'prefix', added: '/hooks' }],
  [`//in/${key}`, { kind: 'double-slash', added: '' }],
  [`/in//${key}`, { kind: 'double-slash', added: '' }],
  [`/in/${key}//`, { kind: 'double-slash', added: '' }],
  [`/in/${key}/callback`, { kind: 'suffix', added: 'callback' }],
  [`/in/${key}.json`, { kind: 'suffix', added: '.json' }],
  [`/hooks/in/${key.replace('0', 'f')}`, undefined],
  [`/hooks/in/${key}0`, undefined],
  [`/hooks/${key}`, undefined],
  ['/', undefined],
] as const)('%s is recognised', ([path, misroute]) => {
  expect(findMisroute(path, isOurs)).toEqual(misroute);
});

const encoded = [...key].map((digit) => `%${digit.charCodeAt(0).toString(16)}`).join('');

test.for([
  [`/${key}`, '/…'],
  [`/in${key}`, '/…'],
  [`/in/${key.toUpperCase()}`, '/in/…'],
  [`/IN/${key}`, '/IN/…'],
  [`/%69n/${key}`, '/%69n/…'],
  [`/in%2F${key}`, '/…'],
  [`/in%252f${key}`, '/…'],
  [`/in/${encoded}`, '/in/…'],
  [`/index.php?path=in/${key}&x=1`, '/index.php?path=in/…&x=...'],
  [`/hook?password=hunter2&key=${key}&sig=t0p.secret`, '/hook?password=...&key=…&sig=...'],
  [`/hook?k=${encoded}&token=abc`, '/hook?k=…&token=...'],
] as const)('%s is a rewritten path, and shown as %s', ([target, added]) => {
  const recorder = createUnmatchedRecorder(
    () => 1,
    () => {},
  );
  recorder.record({ method: 'POST', target }, isOurs);
  expect(recorder.misroute).toEqual({ kind: 'rewritten', added, at: 1 });
  expect(recorder.requests?.lastPath).not.toMatch(/[0-9a-f]{24}|(%3\d){24}/i);
});

test.for([`/in/${key}`, `/in/${key}?x=${key}`, `/other/${key.replace('0', 'f')}`, `/in/${key}0`])(
  '%s is not rewritten',
  (target) => {
    const recorder = createUnmatchedRecorder(Date.now, () => {});
    recorder.record({ method: 'GET', target }, isOurs);
    expect(recorder.misroute).toBeUndefined();
  },
);

test.for([
  ['TLS', Buffer.from('16030100f5010000f10303', 'hex')],
  ['PROXY protocol', Buffer.from('PROXY TCP6 ::1 ::1 5 6\r\nPOST / HTTP/1.1\r\n')],
  ['PROXY protocol', Buffer.from('PROXY UNKNOWN\r\n')],
  ['PROXY protocol', Buffer.from('0d0a0d0a000d0a515549540a2111000c7f000001', 'hex')],
  ['HTTP/2', Buffer.from('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n')],
  [undefined, Buffer.from('PROXY /in/x HTTP/1.1\r\n')],
  [undefined, Buffer.from('POST / HTTP/1.1\r\n')],
  [undefined, Buffer.alloc(0)],
] as const)('%s is recognised by its first bytes', ([protocol, bytes]) => {
  expect(readUnreadable(bytes).protocol).toBe(protocol);
});

test.for(['Bearer s3cr.et', 'Password hunter2', 'GET hunter2', 'Cookie /hunter2; x=1', 'POST /hunter2\r\n'])(
  'where the parser gives up later, what it read is not taken for a request line: %s',
  (text) => {
    expect(readUnreadable(Buffer.from(text))).toEqual({ method: '', target: '' });
  },
);

test.for([
  ['GET /in/x HTTP/1.1\r\nHost: a', 'GET', '/in/x'],
  ['POST http://host/in/x?y=1 HTTP/1.1\r\n', 'POST', 'http://host/in/x?y=1'],
] as const)('a request line is read: %s', ([text, method, target]) => {
  expect(readUnreadable(Buffer.from(text))).toEqual({ method, target });
});

test('what is recorded never holds a key, a query or anything unprintable, and is short', () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 300 }), fc.string(), (path, method) => {
      const recorder = createUnmatchedRecorder(Date.now, () => {});
      recorder.record({ method, target: `/hooks/${path}/in/${key}?secret=1` }, isOurs);
      const { lastPath = '', lastMethod = '' } = recorder.requests ?? {};
      expect(lastPath).toMatch(/^[\x21-\x7e·…]{0,121}$/);
      expect(lastPath).not.toContain(key);
      expect(lastPath).not.toContain('secret=1');
      expect(lastMethod.length).toBeLessThanOrEqual(20);
    }),
    trials(),
  );
});

test('requests are counted since the first, and a request at the right path ends the misroute', () => {
  let time = 1_000;
  const recorder = createUnmatchedRecorder(
    () => time,
    () => {},
  );
  recorder.record({ method: 'GET', target: '/favicon.ico' }, isOurs);
  time = 2_000;
  recorder.record({ method: 'POST', target: `/hooks/in/${key}` }, isOurs);
  expect(recorder.requests).toEqual({
    ...{ count: 2, since: 1_000, lastAt: 2_000 },
    ...{ lastMethod: 'POST', lastPath: '/hooks/in/…' },
  });
  expect(recorder.misroute).toEqual({ kind: 'prefix', added: '/hooks', at: 2_000 });
  recorder.matched();
  expect(recorder.misroute).toBeUndefined();
});

test('a long path is examined in a moment', () => {
  const paths = ['/in/'.repeat(200_000), `${'/'.repeat(500_000)}in/`, `/${'a'.repeat(500_000)}`];
  const time = processorTime(() => {
    for (const path of paths) findMisroute(path, isOurs);
  });
  expect(time).toBeLessThan(500);
});
