import { Argument, type Command } from 'commander';
import type { Status } from '../../../preload/contract/index.ts';
import type { Message } from '../../engine/messages/index.ts';
import { statusMessages } from '../messages/index.ts';
import { act, type Session } from '../session.ts';
import type { Terminal } from '../terminal.ts';

export function addInstallationCommands(program: Command, terminal: Terminal): void {
  const { say } = terminal;
  program
    .command('installation')
    .description(say(statusMessages.installation()))
    .command('choose')
    .description(say(statusMessages.installationChoose()))
    .addArgument(new Argument('<choice>').choices(['take-over', 'new']))
    .action(act(terminal, choose));
}

async function choose({ output, ask, say }: Session, _options: object, word: string): Promise<void> {
  const choice = word === 'new' ? 'new' : 'take-over';
  await ask('installation.choose', { choice });
  output.result({ choice }, [say(choice === 'new' ? statusMessages.becameNew() : statusMessages.tookOver())]);
}

/** The question about a data folder that was copied or is in use twice; undefined if there is nothing to choose. */
export function describeChoice({ copied, duplicate }: Status): Message | undefined {
  if (copied) return statusMessages.copied();
  return duplicate === undefined ? undefined : statusMessages.duplicate({ place: duplicate });
}
