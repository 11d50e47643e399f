import { Argument, type Command } from 'commander';
import type { Status } from '../../../preload/contract/index.ts';
import { plain } from '../output.ts';
import { act, type Session } from '../session.ts';
import type { Terminal } from '../terminal.ts';

export function addInstallationCommands(program: Command, terminal: Terminal): void {
  program
    .command('installation')
    .description('What this computer is, where another one has the same data')
    .command('choose')
    .description('Go on with the hooks of the other computer, or leave them to it and become a new installation')
    .addArgument(new Argument('<choice>').choices(['take-over', 'new']))
    .action(act(terminal, choose));
}

async function choose({ output, ask }: Session, _options: object, word: string): Promise<void> {
  const choice = word === 'new' ? 'new' : 'take-over';
  await ask('installation.choose', { choice });
  const done =
    choice === 'new'
      ? 'This computer is a new installation. The hooks stay with the other computer.'
      : 'This computer goes on with the hooks. Run "ringback installation choose new" on the other one.';
  output.result({ choice }, [done]);
}

/** What is to be chosen; undefined where nothing is. */
export function describeChoice({ copied, duplicate }: Status): string | undefined {
  if (!copied && duplicate === undefined) return undefined;
  const what = copied
    ? 'this data folder comes from another computer; hooks and tunnel are left alone'
    : `another computer, at ${plain(duplicate ?? '')}, uses the same data; hooks are left alone`;
  return `${what} until you choose: ringback installation choose take-over, or new`;
}
