import type { Command } from 'commander';
import { usageFailure } from '../exit.ts';
import type { Terminal } from '../terminal.ts';

const shells: Readonly<Record<string, (words: WordLists) => string>> = { bash, zsh, fish, powershell };

/** The words that may follow: each command, and its own commands. */
type WordLists = readonly (readonly [command: string, words: readonly string[]])[];

export function addCompletionCommand(program: Command, { stdout }: Terminal): void {
  program
    .command('completion')
    .description('Print the completion script of a shell')
    .argument('<shell>', Object.keys(shells).join(', '))
    .addHelpText('after', '\nExample: ringback completion bash > /etc/bash_completion.d/ringback')
    .action((shell: string) => {
      const write = Object.hasOwn(shells, shell) ? shells[shell] : undefined;
      if (!write)
        throw usageFailure(`There is no completion for "${shell}". Choose one of: ${Object.keys(shells).join(', ')}`);
      stdout.write(write(wordsOf(program)));
    });
}

function wordsOf(program: Command): WordLists {
  return program.commands.map((command) => {
    const options = command.options.flatMap(({ long }) => long ?? []);
    return [command.name(), [...command.commands.map((one) => one.name()), ...options]] as const;
  });
}

function namesOf(lists: WordLists): string {
  return lists.map(([name]) => name).join(' ');
}

function bash(lists: WordLists): string {
  const cases = lists.map(([name, words]) => `    ${name}) words="${words.join(' ')}" ;;`).join('\n');
  return `_ringback() {
  local words="${namesOf(lists)}"
  if [ "$COMP_CWORD" -gt 1 ]; then
    case "\${COMP_WORDS[1]}" in
${cases}
    *) words="" ;;
    esac
  fi
  COMPREPLY=($(compgen -W "$words --json --data-dir --quiet --help" -- "\${COMP_WORDS[COMP_CWORD]}"))
}
complete -F _ringback ringback
`;
}

function zsh(lists: WordLists): string {
  return `#compdef ringback
autoload -U +X bashcompinit && bashcompinit
${bash(lists)}`;
}

function fish(lists: WordLists): string {
  const nested = lists
    .filter(([, words]) => words.length > 0)
    .map(([name, words]) => `complete -c ringback -f -n '__fish_seen_subcommand_from ${name}' -a '${words.join(' ')}'`);
  return `complete -c ringback -f -n '__fish_use_subcommand' -a '${namesOf(lists)}'
${nested.join('\n')}
`;
}

function powershell(lists: WordLists): string {
  const entries = lists.map(([name, words]) => `    '${name}' = @(${words.map((word) => `'${word}'`).join(', ')})`);
  return `Register-ArgumentCompleter -Native -CommandName ringback -ScriptBlock {
  param($wordToComplete, $commandAst)
  $commands = @{
${entries.join('\n')}
  }
  $elements = @($commandAst.CommandElements | ForEach-Object { "$_" })
  $second = if ($elements.Count -gt 1) { $elements[1] } else { '' }
  $words = if ($second -ne $wordToComplete -and $commands.ContainsKey($second)) { $commands[$second] } else { $commands.Keys }
  $words | Sort-Object | Where-Object { $_ -like "$wordToComplete*" }
}
`;
}
