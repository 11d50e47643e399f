import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';
import { describe, expect, inject, onTestFinished, test } from 'vitest';
import { completionScripts, expandHome, unquote } from '../../main/cli/completion/index.ts';
import { openBellHost } from '../support/bell-host.ts';
import { openControl, runCommand, startCommand } from '../support/command.ts';
import { temporaryFolder } from '../support/temporary.ts';

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
  [['nonsense'], '', []],
  [['hooks', 'nonsense'], '', []],
  [['hooks', 'rm', 'x'], '', []],
  [['hooks', 'rm', '--'], '--', []],
  [['events', 'ls', '--text=tower'], '--unt', ['--until']],
  [['events', 'ls'], '--outcome=', ['--outcome=success', '--outcome=failed', '--outcome=info']],
  [['events', 'ls', '--outcome'], 'fa', ['failed']],
  [['events', 'export'], '--format=c', ['--format=csv']],
  [['events', 'ls'], '--refresh=', []],
  [['hooks', 'forward', 'x', '--secret'], '--or', ['--order']],
  [['hooks', 'forward', 'x', '--secret', '--order'], 'p', ['parallel']],
  [['notify', 'add', '--name'], '', []],
  [['notify', 'add'], 'em', ['email']],
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
  expect(await wordsAfter([`--data-dir=${folder}`, 'events', 'ls'], '--hook=')).toEqual([`--hook=${id}`]);
});

test('words are understood as they were typed, with quotes, backslashes and ~', async () => {
  const { host } = await openBellHost();
  const folder = await openControl(host);
  const [hook] = await host.ask('hooks.list', {});
  const id = hook?.id ?? '';
  const typed = async (...[current = '', ...words]: readonly string[]): Promise<string[]> => {
    const { out } = await runCommand(['complete-word', '--typed', `--current=${current}`, '--', ...words]);
    return out.split('\n').flatMap((line) => line.split('\t')[0] || []);
  };
  const escaped = folder.replace(/^(.{3})/, '$1\\');
  for (const written of [`"${folder}"`, `'${folder}'`, escaped])
    expect(await typed(`"${id.slice(0, 2)}`, `--data-dir=${written}`, 'hooks', 'rm')).toEqual([id]);
  expect(unquote(`a' "b\\'\\ "c\\d\\""`)).toBe(`a "b\\ c\\d"`);
  expect(unquote('"open \'')).toBe("open '");
  expect(expandHome('~/data')).toBe(join(homedir(), 'data'));
  expect(expandHome('/a/~b')).toBe('/a/~b');
});

test('a host that does not answer is waited for two seconds at most', async () => {
  const folder = await temporaryFolder();
  const address = join(folder, 'control.sock');
  const server = createServer(() => {}).listen(address);
  onTestFinished(() => void server.close());
  await once(server, 'listening');
  const description = { address, token: 'x', pid: process.pid, version: '1', desktop: false };
  writeFileSync(join(folder, 'control.json'), JSON.stringify(description));
  const { code, out } = await startCommand(['complete-word', '--', 'hooks', 'rm'], { folder }).ended;
  expect({ code, out }).toEqual({ code: 0, out: '' });
});

const printed: Readonly<Record<string, string>> = {
  bash: `COMP_LINE='ringback hooks repair'; COMP_POINT=17; COMP_WORDS=(ringback hooks repair); COMP_CWORD=2
_ringback; printf "%s\\n" "\${COMPREPLY[@]}"`,
  zsh: 'words=(ringback hooks re); CURRENT=3; PREFIX=re; _ringback',
  fish: "complete -C 'ringback hooks re' | string split -f1 \\t",
};
/** What zsh has in a terminal alone, in a simple form. */
const before: Readonly<Record<string, string>> = {
  zsh: `compdef() { :; }; _files() { :; }
_describe() { local -a list; list=("\${(@P)\${@[-1]}}"); print -rl -- "\${list[@]%%:*}"; }
`,
};

/** bash parts words at the equals sign, and replaces what follows it. */
const printedAfterEquals: Readonly<Record<string, string>> = {
  bash: `COMP_LINE="ringback events ls --text='a b' --outcome=fa"; COMP_POINT=\${#COMP_LINE}
COMP_WORDS=(ringback events ls --text = "'a b'" --outcome = fa); COMP_CWORD=8
_ringback; printf "%s\\n" "\${COMPREPLY[@]}"`,
  zsh: `words=(ringback events ls "--text='a b'" --outcome=fa); CURRENT=5; PREFIX=--outcome=fa; _ringback`,
  fish: `complete -C "ringback events ls --text='a b' --outcome=fa" | string split -f1 \\t`,
};

/** What follows "ringback trigger" and this word; bash and zsh say how they put it into the line. */
const inserted: Readonly<Record<string, (word: string) => string>> = {
  bash: (word) => `COMP_LINE='ringback trigger '${word}; COMP_POINT=\${#COMP_LINE}; COMP_CWORD=2
COMP_WORDS=(ringback trigger ${word}); _ringback; printf "%s\\n" "\${COMPREPLY[@]}"`,
  zsh: (word) => `words=(ringback trigger ${word}); CURRENT=3; PREFIX=${word}
_describe() { local -a list; list=("\${(@P)\${@[-1]}}"); print -rl -- "\${list[@]}"; }; _ringback`,
};

const runsRingback = () => `exec "${process.execPath}" "${inject('programs').command}" "$@"`;

/** Runs the completion script of a shell, and then this line. */
async function runIn(shell: string, line: string, command = runsRingback()) {
  const folder = await temporaryFolder();
  const program = join(folder, 'ringback');
  writeFileSync(program, `#!/bin/sh\n${command}\n`);
  chmodSync(program, 0o755);
  const script = join(folder, 'script');
  writeFileSync(script, `${before[shell] ?? ''}${completionScripts[shell]}\n${line}\n`);
  const env = { ...process.env, PATH: `${folder}${delimiter}${process.env.PATH}`, RINGBACK_DATA_DIR: folder };
  return spawnSync(shell, [script], { env, encoding: 'utf8' });
}

describe.each(Object.keys(printed))('in %s', (shell) => {
  const hasShell = spawnSync(shell, ['-c', 'exit 0']).status === 0;

  test.skipIf(!hasShell)('the key completes the word before the cursor', async () => {
    const { stdout, stderr } = await runIn(shell, printed[shell] ?? '');
    expect(stdout.trim().split('\n').sort(), stderr).toEqual(['repair', 'resume']);
  });

  test.skipIf(!hasShell)('the value of an option is completed after its equals sign', async () => {
    const { stdout, stderr } = await runIn(shell, printedAfterEquals[shell] ?? '');
    const value = shell === 'bash' ? 'failed' : '--outcome=failed';
    expect(stdout.trim(), stderr).toBe(value);
  });
});

/** A host may have this for an event's name: it stands for nothing but itself. */
const hostile = ['ring.$(echo ran) `x` \\d:e!\'"&', 'ring.plain:e'] as const;
const printHostile = `printf '%s\\t-\\n' ${hostile.map((value) => `'${value.replaceAll("'", "'\\''")}'`).join(' ')}`;

test.skipIf(spawnSync('bash', ['-c', 'exit 0']).status !== 0)(
  'bash takes a name for one word, whatever characters it has, and leaves those out that an open quote lets run',
  async () => {
    const { stdout, stderr } = await runIn('bash', inserted.bash?.('ring.') ?? '', printHostile);
    const evaluated = spawnSync('bash', ['-c', `printf '%s\\n' ${stdout.trim().split('\n').join(' ')}`]);
    expect(String(evaluated.stdout).trim().split('\n'), stderr).toEqual(hostile);
    for (const quote of ['"', "'"]) {
      const line = inserted.bash?.(`\\${quote}ring.`) ?? '';
      expect((await runIn('bash', line, printHostile)).stdout.trim()).toBe(hostile[1]);
    }
  },
);

test.skipIf(spawnSync('zsh', ['-c', 'exit 0']).status !== 0)(
  'zsh is told which colons and backslashes belong to a name',
  async () => {
    const { stdout, stderr } = await runIn('zsh', inserted.zsh?.('ring.') ?? '', printHostile);
    const described = hostile.map((value) => `${value.replace(/[\\:]/g, '\\$&')}:-`);
    expect(stdout.trim().split('\n'), stderr).toEqual(described);
  },
);
