import { createServer } from 'node:http';
import { expect, onTestFinished, test } from 'vitest';
import { openSignInListener, type SignInListener } from '../../../main/engine/connections/sign-in-listener.ts';
import { RingbackError } from '../../../main/engine/errors.ts';
import { freePort, hasIpv6 } from '../../support/free-port.ts';

const ended = new RingbackError('conflict', 'The test is over.');

async function open(ports: readonly number[], timeout = 60_000): Promise<SignInListener> {
  const listener = await openSignInListener({
    ports,
    path: '/callback',
    state: 'right-state',
    provider: 'Bell',
    timeout,
  });
  onTestFinished(() => listener.close(ended));
  return listener;
}

async function block(port: number, host: string): Promise<void> {
  const server = createServer().listen(port, host);
  await new Promise((resolve) => server.once('listening', resolve));
  onTestFinished(() => new Promise<void>((resolve) => void server.close(() => resolve())));
}

const get = (url: string) => fetch(url).then((response) => response.status);

test('the redirect is delivered, the browser shows a page without it, and the port is free again', async () => {
  const port = await freePort();
  const { redirectUri, answer } = await open([port]);
  expect(redirectUri).toBe(`http://localhost:${port}/callback`);
  const response = await fetch(`http://127.0.0.1:${port}/callback?code=secret-code&state=right-state`);
  expect(response.status).toBe(200);
  expect(await response.text()).not.toContain('secret-code');
  expect(response.headers.get('content-security-policy')).toContain("default-src 'none'");
  expect(response.headers.get('cache-control')).toBe('no-store');
  expect(Object.fromEntries(await answer)).toEqual({ code: 'secret-code', state: 'right-state' });
  await expect(get(redirectUri)).rejects.toThrow();
  await open([port]);
});

test.runIf(hasIpv6)('the redirect is accepted on the other loopback address too', async () => {
  const port = await freePort();
  const { answer } = await open([port]);
  expect(await get(`http://[::1]:${port}/callback?code=c&state=right-state`)).toBe(200);
  expect((await answer).get('code')).toBe('c');
});

test.each([
  ['another path', '/other?state=right-state', 404],
  ['no state', '/callback?code=c', 400],
  ['another state', '/callback?code=c&state=wrong-state', 400],
  ['a longer state', '/callback?code=c&state=right-state-and-more', 400],
  ['two states', '/callback?code=c&state=right-state&state=right-state', 400],
])('%s is rejected', async (_, path, status) => {
  const port = await freePort();
  const { answer, redirectUri } = await open([port]);
  expect(await get(`http://localhost:${port}${path}`)).toBe(status);
  expect(await get(`${redirectUri}?code=true&state=right-state`)).toBe(200);
  expect((await answer).get('code')).toBe('true');
});

test('the wait ends at the timeout, and the error names the address to register', async () => {
  const port = await freePort();
  const { answer, redirectUri } = await open([port], 20);
  await expect(answer).rejects.toThrow(`register exactly ${redirectUri}`);
  await expect(get(redirectUri)).rejects.toThrow();
});

test.runIf(hasIpv6)('the next port is used where one of the two addresses is in use', async () => {
  const [first, second] = [await freePort(), await freePort()];
  await block(first, '::1');
  const { redirectUri } = await open([first, second]);
  expect(redirectUri).toBe(`http://localhost:${second}/callback`);
  // Nothing stays bound on the port that was given up.
  await block(first, '127.0.0.1');
});

test('where every port is in use, the error names them', async () => {
  const [first, second] = [await freePort(), await freePort()];
  await block(first, '127.0.0.1');
  await block(second, '127.0.0.1');
  await expect(open([first, second])).rejects.toThrow(`Other programs use the ports ${first}, ${second}`);
});

test('closing rejects the wait with the reason', async () => {
  const { answer, close } = await open([await freePort()]);
  await close(ended);
  await expect(answer).rejects.toBe(ended);
});
