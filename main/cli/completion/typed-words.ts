import { homedir } from 'node:os';
import { join } from 'node:path';

/** Within double quotes, a backslash escapes only these characters. */
const escapable = '"\\$`\n';

/** The text of a word typed in a POSIX shell, with quotes and backslashes resolved; the last quote may still be open. */
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

/** The path of a typed folder, with a leading ~ replaced by the user's home. */
export function expandHome(folder: string): string {
  return /^~(?=$|[\\/])/.test(folder) ? join(homedir(), folder.slice(1)) : folder;
}
