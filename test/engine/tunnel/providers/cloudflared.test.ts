import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { eventually, temporaryFolder, until } from '../../../support/temporary.ts';
import { descendantsOf, writeProgram } from '../ssh-server.ts';
import { reachable, serve } from '../tunnel-host.ts';

/** A script in place of `cloudflared`; its parameters are recorded in `calls`. */
async function cloudflared(script: string) {
  const bin = await temporaryFolder();
  const calls = join(bin, 'calls');
  await writeProgram(join(bin, 'cloudflared'), `echo "$@" >> '${calls}'\n${script}`);
  return {
    environment: { ...process.env, PATH: `${bin}:${process.env.PATH}` },
    calls: () => readFileSync(calls, 'utf8').trim().split('\n'),
  };
}

/** What it prints when a quick tunnel is connected. */
function quick(url: string): string {
  return [
    `echo '2026-11-01T09:00:00Z INF Thank you for trying Cloudflare Tunnel. See https://developers.cloudflare.com/cloudflare-one/' >&2`,
    `echo '2026-11-01T09:00:01Z INF |  Your quick Tunnel has been created! Visit it at (it may take some time to be reachable):  |' >&2`,
    `echo '2026-11-01T09:00:01Z INF |  ${url}                                     |' >&2`,
    `echo '2026-11-01T09:00:02Z INF Registered tunnel connection connIndex=0 location=fra01 protocol=quic' >&2`,
  ].join('\n');
}

/** Cloudflare's side: passes requests on to the receiver unless it is broken. */
async function edge() {
  const state = { broken: false, port: 0, requests: 0 };
  const server = await serve(async (request, response) => {
    state.requests += 1;
    if (state.broken) return void response.writeHead(530).end('error code: 1033');
    const body: Buffer[] = [];
    for await (const chunk of request) body.push(chunk as Buffer);
    const answer = await fetch(`http://127.0.0.1:${state.port}${request.url}`, {
      method: 'POST',
      body: Buffer.concat(body),
    });
    response.writeHead(answer.status).end(await answer.text());
  });
  return { url: server.url, state };
}

test('a quick tunnel is up with the URL it prints', async () => {
  const { url, state: far } = await edge();
  const program = await cloudflared(`${quick(url)}\nexec sleep 600`);
  const { receiver, state } = await reachable({ provider: 'cloudflared' }, program);
  far.port = receiver.port;
  expect(await state('up')).toEqual({ provider: 'cloudflared', state: 'up', url });
  const [call] = program.calls();
  expect(call).toContain(`--url http://127.0.0.1:${receiver.port}`);
  expect(call).not.toContain('run');
});

test('a named tunnel is up with its configured URL', async () => {
  const { url, state: far } = await edge();
  const program = await cloudflared(`echo 'INF Registered tunnel connection connIndex=0' >&2\nexec sleep 600`);
  const { receiver, state } = await reachable({ provider: 'cloudflared', tunnel: 'bell', url }, program);
  far.port = receiver.port;
  expect((await state('up')).url).toBe(url);
  expect(program.calls()[0]).toMatch(/^tunnel .* run bell$/);
});

test('failed echoes of a new quick tunnel are no failure during its startup grace', async () => {
  const { url, state: far } = await edge();
  far.broken = true;
  const program = await cloudflared(`${quick(url)}\nexec sleep 600`);
  const { receiver, reported, state } = await reachable({ provider: 'cloudflared' }, program);
  far.port = receiver.port;
  await until(() => far.requests > 3);
  expect(reported).toEqual([]);
  far.broken = false;
  await state('up');
  expect(program.calls()).toHaveLength(1);
});

test('a quick tunnel whose echo fails keeps its URL and gets time to reconnect by itself', async () => {
  const { url, state: far } = await edge();
  const program = await cloudflared(`${quick(url)}\nexec sleep 600`);
  const { tunnel, receiver, state } = await reachable({ provider: 'cloudflared' }, program);
  far.port = receiver.port;
  await state('up');
  far.broken = true;
  tunnel.wake();
  await state('down');
  expect(tunnel.url).toBe(url);
  far.broken = false;
  expect((await state('up')).url).toBe(url);
  expect(program.calls()).toHaveLength(1);
});

test('a rate limit is explained, and not even a requested check retries soon', async () => {
  const program = await cloudflared(
    `echo '2026-11-01T09:00:01Z ERR Error unmarshaling QuickTunnel response: error code: 1015 status_code="429 Too Many Requests"' >&2\nexit 1`,
  );
  const { tunnel, state } = await reachable({ provider: 'cloudflared' }, program);
  expect((await state('down')).problem).toContain('status 429');
  tunnel.wake();
  expect((await tunnel.check()).state).toBe('down');
  expect(program.calls()).toHaveLength(1);
});

test('a quick tunnel that ends is not opened again in a loop', async () => {
  const { url, state: far } = await edge();
  const program = await cloudflared(
    `${quick(url)}\nsleep 0.3\necho '2026-11-01T09:00:03Z ERR Connection terminated' >&2`,
  );
  const { tunnel, receiver, state } = await reachable({ provider: 'cloudflared' }, program);
  far.port = receiver.port;
  expect((await state('down')).problem).toBe('The quick tunnel of cloudflared ended (output: Connection terminated).');
  await tunnel.check();
  expect(program.calls()).toHaveLength(1);
});

test('an unknown named tunnel is reported with what to do', async () => {
  const program = await cloudflared(`echo '2026-11-01T09:00:01Z ERR tunnel credentials file not found' >&2\nexit 1`);
  const settings = { provider: 'cloudflared', tunnel: 'bell', url: 'https://bell.example.com' } as const;
  const { state } = await reachable(settings, program);
  expect((await state('down')).problem).toBe(
    'cloudflared cannot open the tunnel bell (output: tunnel credentials file not found). Run "cloudflared tunnel login" and "cloudflared tunnel list" in a terminal, and enter the name shown there.',
  );
});

test('closing ends the program, even one that ignores the signal', async () => {
  const { url, state: far } = await edge();
  const program = await cloudflared(`trap '' TERM\n${quick(url)}\nwhile :; do sleep 0.05; done`);
  const before = descendantsOf(process.pid).length;
  const { tunnel, receiver, state } = await reachable({ provider: 'cloudflared' }, program);
  far.port = receiver.port;
  await state('up');
  expect(descendantsOf(process.pid).length).toBeGreaterThan(before);
  await tunnel.close();
  await eventually(() => expect(descendantsOf(process.pid).length).toBeLessThanOrEqual(before));
});

test.skipIf(process.platform === 'win32')('a program ends although Ringback is killed', async () => {
  const folder = await temporaryFolder();
  const module = new URL('../../../../main/engine/tunnel/providers/child-process.ts', import.meta.url).href;
  const script = join(folder, 'carrier.mjs');
  const { writeFile } = await import('node:fs/promises');
  await writeFile(
    script,
    `import { startProgram } from '${module}';
     startProgram('/bin/sh', ['-c', 'echo $$; exec sleep 600'], { environment: process.env, onLine: (text) => console.log(text) });`,
  );
  const carrier = spawn(process.execPath, [script], { stdio: ['ignore', 'pipe', 'inherit'] });
  const pid = Number(await new Promise((resolve) => carrier.stdout.once('data', resolve)));
  expect(isAlive(pid)).toBe(true);
  carrier.kill('SIGKILL');
  await until(() => !isAlive(pid));
});

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
