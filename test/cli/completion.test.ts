import { spawnSync } from 'node:child_process';
import { chmodSync, writeFileSync } from 'node:fs';
import { delimiter, join, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { completionScripts } from '../../main/cli/completion/index.ts';
import { openBellHost } from '../support/bell-host.ts';
import { openControl, runCommand } from '../support/command.ts';
import { temporaryFolder } from '../support/temporary.ts';

const entry = resolve(import.meta.dirname, '../../main/cli/index.ts');

async function wordsAfter(words: readonly string[], current = '', folder?: string): Promise<string[]> {
  const { out, code } = await runCommand(
    ['complete-word', `--current=${current}`, '--', ...words],
    folder ? { folder } : {},
  );
  expect(code).toBe(0);
  return out.split('\n').flatMap((line) => line.split('\t')[0] || []);
}

test.each<[words: string[], current: string, expected: string[]]>([
  [[], 'con', ['connections']],
  [['--json'], 'even', ['events']],
  [['--data-dir', 'events'], 'ho', ['hooks']],
  [['hooks'], 're', ['resume', 'repair']],
  [['hooks', 'repair'], '--d', ['--dry-run', '--data-dir']],
  [['backups'], 'v', ['verify']],
  [['completion'], 'f', ['fish']],
  [['events', 'ls', '--text', 'hooks'], '--unt', ['--until']],
  [['events', 'ls', '--text'], '', []],
  [['nonsense'], 'x', []],
  [['events', 'ls', '--text', '=', 'tower'], '--unt', ['--until']],
  [['hooks', 'rm', '--'], '--', []],
])('after %j, “%s” may become %j', async (words, current, expected) => {
  expect(await wordsAfter(words, current)).toEqual(expected);
});

test('every command that may be typed is offered, and its options with it', async () => {
  const commands = await wordsAfter([]);
  expect(commands).toEqual(expect.arrayContaining(['up', 'status', 'hooks', 'team', 'completion']));
  expect(commands).not.toContain('complete-word');
  for (const command of commands) expect(await wordsAfter([command], '--he')).toEqual(['--help']);
});

test('what the running host has is offered by its id', async () => {
  const { host } = await openBellHost();
  const folder = await openControl(host);
  const [hook] = await host.ask('hooks.list', {});
  const id = hook?.id ?? '';
  for (const words of [
    ['hooks', 'rm'],
    ['events', 'ls', '--hook'],
    ['hooks', 'forward'],
  ])
    expect(await wordsAfter(words, id.slice(0, 3), folder)).toEqual([id]);
  const [connection] = await host.ask('connections.list', {});
  expect(await wordsAfter(['backup', 'now'], '', folder)).toContain(connection?.id);
  expect(await wordsAfter(['trigger'], '', folder)).toContain(hook?.event);
  expect(await wordsAfter(['--data-dir', folder, 'hooks', 'pause'])).toEqual([id]);
});

const printed: Readonly<Record<string, string>> = {
  bash: `COMP_WORDS=(ringback hooks re); COMP_CWORD=2; _ringback; printf "%s\\n" "\${COMPREPLY[@]}"`,
  zsh: 'words=(ringback hooks re); CURRENT=3; _ringback',
  fish: "complete -C 'ringback hooks re' | string split -f1 \\t",
};
/** What zsh has in a terminal alone, in a simple form. */
const before: Readonly<Record<string, string>> = {
  zsh: `compdef() { :; }; _files() { :; }
_describe() { local -a list; list=("\${(@P)\${@[-1]}}"); print -rl -- "\${list[@]%%:*}"; }
`,
};

describe.each(Object.keys(printed))('in %s', (shell) => {
  const hasShell = spawnSync(shell, ['-c', 'exit 0']).status === 0;

  test.skipIf(!hasShell)('the key completes the word', async () => {
    const folder = await temporaryFolder();
    const program = join(folder, 'ringback');
    writeFileSync(program, `#!/bin/sh\nexec "${process.execPath}" "${entry}" "$@"\n`);
    chmodSync(program, 0o755);
    const script = join(folder, 'script');
    writeFileSync(script, `${before[shell] ?? ''}${completionScripts[shell]}\n${printed[shell]}\n`);
    const env = { ...process.env, PATH: `${folder}${delimiter}${process.env.PATH}`, RINGBACK_DATA_DIR: folder };
    const { stdout, stderr } = spawnSync(shell, [script], { env, encoding: 'utf8' });
    expect(stdout.trim().split('\n').sort(), stderr).toEqual(['repair', 'resume']);
  });
});
