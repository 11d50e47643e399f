import { createInterface } from 'node:readline';
import { CommandFailure, exitCodes, usageFailure } from './exit.ts';
import { programMessages } from './messages/index.ts';
import type { Terminal } from './terminal.ts';

/**
 * Reads the secrets that `--secret field` or `--secret field=VARIABLE` names from the environment, a hidden prompt or
 * the next line of standard input; never from an argument, which other programs on this computer can read.
 */
export async function readSecrets(names: readonly string[], terminal: Terminal): Promise<Record<string, string>> {
  const secrets: Record<string, string> = {};
  const lines = terminal.stdin.isTTY ? undefined : createInterface(terminal.stdin)[Symbol.asyncIterator]();
  for (const name of names) {
    const [field = '', variable] = name.split('=', 2);
    secrets[field] =
      variable !== undefined
        ? fromEnvironment(field, variable, terminal)
        : lines === undefined
          ? await prompt(`${field}: `, terminal)
          : await nextLine(field, lines);
  }
  return secrets;
}

function fromEnvironment(field: string, variable: string, { environment }: Terminal): string {
  const value = environment[variable];
  if (value) return value;
  // The message does not repeat the name: it may be the secret itself, typed by mistake.
  throw usageFailure(programMessages.variableUnset({ field }));
}

async function nextLine(field: string, lines: AsyncIterator<string>): Promise<string> {
  const { value, done } = await lines.next();
  if (!done && value !== '') return value;
  throw usageFailure(programMessages.noLine({ field }));
}

/** The characters that a terminal sends for Enter, Ctrl+C, Ctrl+D and Backspace. */
const ends = '\r\n\u0003\u0004';
const erases = '\u007f\b';

/** Reads one line from the terminal without showing it. */
function prompt(label: string, { stdin, stderr }: Terminal): Promise<string> {
  stderr.write(label);
  stdin.setRawMode?.(true);
  return new Promise((resolve, reject) => {
    let typed = '';
    const end = (): void => {
      stdin.off('data', read);
      stdin.setRawMode?.(false);
      stdin.pause();
      stderr.write('\n');
    };
    const read = (chunk: Buffer): void => {
      for (const character of chunk.toString()) {
        if (ends.includes(character)) {
          end();
          if (character === '\r' || character === '\n') resolve(typed);
          else reject(new CommandFailure(exitCodes.interrupted, ''));
          return;
        }
        typed = erases.includes(character) ? typed.slice(0, -1) : typed + character;
      }
    };
    stdin.on('data', read);
    stdin.resume();
  });
}
