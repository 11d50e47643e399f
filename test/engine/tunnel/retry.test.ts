import { expect, test } from 'vitest';
import { RingbackError } from '../../../main/engine/errors.ts';
import { tunnelMessages } from '../../../main/engine/messages/index.ts';
import { CooldownError } from '../../../main/engine/tunnel/providers/index.ts';
import { classifyFailure, retryDelay } from '../../../main/engine/tunnel/retry.ts';

const timings = {
  minRetryDelay: 1_000,
  maxRetryDelay: 60_000,
  maxRetryDelayOffline: 8_000,
  unauthorizedRetryDelay: 300_000,
};
const message = tunnelMessages.sshConnectionClosed({ host: 'server.example' });
const localtunnel = { provider: 'localtunnel', wasOpen: false } as const;

test.for([
  ['a server that responds with a failure is retried up to the longest delay', 'provider', localtunnel, 60_000, 0],
  ['an unreachable server is retried more often', 'offline', localtunnel, 8_000, 0],
  [
    'a relay that assigned a URL without responding to it is not',
    'offline',
    { ...localtunnel, wasOpen: true },
    60_000,
    0,
  ],
  ['other providers that were open are', 'offline', { provider: 'fixed', wasOpen: true }, 8_000, 0],
  ['a rejected sign-in is retried late', 'unauthorized', localtunnel, 60_000, 300_000],
] as const)('%s', ([, code, attempt, maxDelay, minDelay]) => {
  const failure = classifyFailure(new RingbackError(code, message), timings, attempt);
  expect(failure).toMatchObject({ maxDelay, minDelay, isCooldown: false });
  expect(failure.problem).toEqual({
    problem: 'server.example closed the SSH connection.',
    reason: { code: 'tunnel.sshConnectionClosed', params: { host: 'server.example' } },
  });
});

test('a cooldown cannot be ended early', () => {
  const failure = classifyFailure(new CooldownError(message, 600_000), timings, localtunnel);
  expect(failure).toMatchObject({ minDelay: 600_000, isCooldown: true });
});

test('an unexpected error is reported without its details', () => {
  const { problem } = classifyFailure(new Error('secret detail'), timings, localtunnel);
  expect(problem).toMatchObject({ reason: { code: 'tunnel.internal', params: {} } });
  expect(problem.problem).not.toContain('secret');
});

test('the delay grows from the shortest to the longest, and varies by a quarter at most', () => {
  const delays = [0, 1, 5, 20, 100].map((attempts) => retryDelay(attempts, 60_000, timings));
  for (const [index, longest] of [1_000, 1_600, 10_486, 60_000, 60_000].entries()) {
    expect(delays[index]).toBeLessThanOrEqual(longest);
    expect(delays[index]).toBeGreaterThanOrEqual(Math.max(1_000, longest * 0.75 - 1));
  }
});
