import type { Readable } from 'node:stream';
import { stripVTControlCharacters } from 'node:util';

/** Characters; the rest of a longer line is dropped as it arrives. */
export const maxLineLength = 1_000;

/** Calls for each line of a program's output, without colours; an output without line breaks takes no memory. */
export function followLines(output: Readable, onLine: (text: string) => void): void {
  let line = '';
  const finish = (): void => {
    const text = stripVTControlCharacters(line).trimEnd();
    line = '';
    onLine(text);
  };
  output.setEncoding('utf8');
  output.on('data', (chunk: string) => {
    const [first = '', ...others] = chunk.split('\n');
    line += first.slice(0, maxLineLength - line.length);
    for (const next of others) {
      finish();
      line = next.slice(0, maxLineLength);
    }
  });
  output.on('end', () => {
    if (line !== '') finish();
  });
}
