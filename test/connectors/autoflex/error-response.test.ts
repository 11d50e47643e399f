import { expect, test } from 'vitest';
import { rejectionOf } from '../../../main/connectors/autoflex/error-response.ts';
import type { Context } from '../../../main/engine/connector/index.ts';

const now = Date.parse('2026-11-29T12:00:00Z');
const context = { secrets: {}, settings: {}, now: () => now } as unknown as Context;

test.each([
  ['7200', '120 minutes'],
  ['Sun, 29 Nov 2026 14:00:00 GMT', '120 minutes'],
  ['Sun, 29 Nov 2026 11:00:00 GMT', 'a minute'],
  ['soon', 'a minute'],
])('a limit of requests with Retry-After "%s" is told with the wait', (value, wait) => {
  const headers = new Headers({ 'retry-after': value });
  const { message } = rejectionOf({ status: 429, statusName: 'HTTP 429', body: {}, headers }, context);
  expect(message).toBe(`Autoflex10 limits the number of requests. Try again in ${wait}.`);
});
