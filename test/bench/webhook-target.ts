import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Target } from './load.ts';

/** The program `webhook` of adnanh, where it is installed: it verifies the same digest under its own prefix and runs /bin/true. */
export async function startWebhook(): Promise<Target | undefined> {
  if (spawnSync('webhook', ['-version']).status !== 0) return undefined;
  const folder = mkdtempSync(join(tmpdir(), 'ringback-webhook-'));
  const secret = 'a'.repeat(64);
  const rule = {
    match: { type: 'payload-hmac-sha1', secret, parameter: { source: 'header', name: 'X-Hub-Signature' } },
  };
  const file = join(folder, 'hooks.json');
  writeFileSync(file, JSON.stringify([{ id: 'x', 'execute-command': '/bin/true', 'trigger-rule': rule }]));
  const port = await freePort();
  const child = spawn('webhook', ['-hooks', file, '-ip', '127.0.0.1', '-port', String(port)], { stdio: 'ignore' });
  const url = `http://127.0.0.1:${port}/hooks/x`;
  await answering(url, child);
  return {
    name: 'adnanh/webhook',
    url,
    secret,
    header: (digest) => ['x-hub-signature', `sha1=${digest}`],
    stop() {
      child.kill('SIGKILL');
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const address = server.address();
  server.close();
  return typeof address === 'object' && address ? address.port : 0;
}

async function answering(url: string, child: ChildProcess): Promise<void> {
  for (const deadline = Date.now() + 5000; Date.now() < deadline && child.exitCode === null; ) {
    const answered = await fetch(url).then(
      () => true,
      () => false,
    );
    if (answered) return;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw new Error('webhook did not start');
}
