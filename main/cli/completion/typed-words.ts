import { homedir } from 'node:os';
import { join } from 'node:path';

/** Within double quotes, a backslash stands for itself before any other character. */
const escapable = '"\\$`\n';

/** The text of a word that was typed in a POSIX shell, without its quotes and backslashes; a quote may be open still. */
export function unquote(word: string): string {
  let text = '';
  let quote = '';
  for (let at = 0; at < word.length; at++) {
    const character = word.charAt(at);
    const next = word.charAt(at + 1);
    if (character === quote) quote = '';
    else if (quote === '' && (character === '"' || character === "'")) quote = character;
    else if (character === '\\' && quote !== "'" && (quote === '' || escapable.includes(next))) {
      text += next;
      at++;
    } else text += character;
  }
  return text;
}

/** A folder that was typed with ~ for the user's own. */
export function expandHome(folder: string): string {
  return /^~(?=$|[\\/])/.test(folder) ? join(homedir(), folder.slice(1)) : folder;
}
