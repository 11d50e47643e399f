import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';
import { runCommand, startCommand } from '../support/command.ts';
import { temporaryFolder, until } from '../support/temporary.ts';

const root = resolve(import.meta.dirname, '../..');
const packagesFolder = process.platform === 'win32' ? 'node_modules' : 'lib/node_modules';

function npm(words: readonly string[]): void {
  const { status, stderr } = spawnSync('npm', words, {
    cwd: root,
    encoding: 'utf8',
    shell: process.platform === 'win32',
  });
  if (status !== 0) throw new Error(`npm ${words.join(' ')}: ${stderr}`);
}

test('the command installed from the packed tarball shows its help, starts a host with its window, and finds it', async () => {
  const folder = await temporaryFolder();
  npm(['pack', '--pack-destination', folder]);
  const [tarball = ''] = readdirSync(folder).filter((name) => name.endsWith('.tgz'));
  npm([
    'install',
    '--global',
    '--prefix',
    folder,
    '--prefer-offline',
    '--no-audit',
    '--no-fund',
    join(folder, tarball),
  ]);
  // What it needs is in its own files, but for the compiled module of the keyring.
  const installed = readdirSync(join(folder, packagesFolder), { recursive: true, encoding: 'utf8' });
  const names = installed.flatMap(
    (path) => /node_modules[\\/]((?:@[^\\/]+[\\/])?[^\\/@]+)[\\/]package\.json$/.exec(path)?.[1] ?? [],
  );
  expect(names.filter((name) => !/^@napi-rs[\\/]keyring/.test(name))).toEqual([]);
  const program = [join(folder, process.platform === 'win32' ? 'ringback.cmd' : 'bin/ringback')] as const;
  expect(await runCommand(['--help'], { program })).toMatchObject({ code: 0, error: '' });

  const sandbox = startCommand(['sandbox', '--json'], { program });
  const { aps } = JSON.parse(await until(() => /^(.+)\n/.exec(sandbox.printed.out)?.[1]));
  expect((await fetch(`${aps.url}/project/v1/hubs`)).status).toBe(401);
  const script = join(folder, packagesFolder, 'example.mjs');
  await writeFile(
    script,
    "import { startSandboxService } from 'ringback/sandbox'; const s = await startSandboxService({ seed: 'a' });" +
      'console.log((await s.reset()).aps.project.hubId); await s.stop();',
  );
  const imported = await runCommand([], { program: [process.execPath, script] });
  expect(imported).toMatchObject({ code: 0, out: expect.stringMatching(/^b\.[0-9a-f-]{36}\n$/) });

  const data = join(folder, 'data');
  const host = startCommand(['up'], { program, folder: data });
  const address = await until(() => /Ringback is ready at (\S+)\n/.exec(host.printed.out)?.[1]);
  expect(await (await fetch(address)).text()).toContain('<title>Ringback');
  const status = await runCommand(['status', '--json'], { program, folder: data });
  expect(status.json()).toMatchObject({ pid: host.process.pid, status: { desktop: false } });
  host.process.kill('SIGTERM');
  expect((await host.ended).code).toBe(0);
}, 300_000);
