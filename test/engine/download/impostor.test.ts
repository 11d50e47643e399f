import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import type { Answer } from '../../../main/engine/download/answer.ts';
import { impostorReason } from '../../../main/engine/download/impostor.ts';
import { judge } from '../../../main/engine/download/judge.ts';

test.each([
  '{}',
  '{"success":false,"message":"Session expired"}',
  '{"retry":5000}',
  '{"message":"Not today"}',
  '{"successCode":500}',
  '{"error":"no"}',
  '"{\\"error\\":\\"no\\"}"',
])('the JSON %s is an error, not a backup', (text) => {
  expect(impostorReason(Buffer.from(text), true, 'application/json')).toMatch(/^The server sent an error/);
});

test.each(['{"customers":[{"name":"x"}]}', '[1,2]', 'id;name\n1;x\n'])('%j may be a backup', (text) => {
  expect(impostorReason(Buffer.from(text), true, 'application/octet-stream')).toBeUndefined();
});

test('a web page that is packed for the way is seen through', () => {
  const head = gzipSync('<!doctype html><html><body>Sign in</body></html>');
  const headers = new Headers({ 'content-encoding': 'gzip', 'content-type': 'application/octet-stream' });
  const verdict = judge({ status: 200, headers, head, complete: true } as unknown as Answer);
  expect(verdict).toMatchObject({ error: { failure: 'not-a-backup' } });
});
