import { PassThrough } from 'node:stream';
import { finished } from 'node:stream/promises';
import { expect, test } from 'vitest';
import { followLines, maxLineLength } from '../../../../main/engine/tunnel/providers/lines.ts';

async function linesOf(chunks: readonly (string | Buffer)[]): Promise<string[]> {
  const output = new PassThrough();
  const lines: string[] = [];
  followLines(output, (line) => lines.push(line));
  for (const chunk of chunks) output.write(chunk);
  output.end();
  await finished(output);
  return lines;
}

test('lines are put together from their parts, with any line break, and without colours', async () => {
  expect(await linesOf(['one\r\nt', 'w', 'o\n\n\u001b[32mthree\u001b[0m'])).toEqual(['one', 'two', '', 'three']);
});

test('a letter that is split between two parts stays whole', async () => {
  const bytes = Buffer.from('Zürich\n');
  expect(await linesOf([bytes.subarray(0, 2), bytes.subarray(2)])).toEqual(['Zürich']);
});

test('of a line without end only the beginning is held, and the next line is read as usual', async () => {
  const part = '.'.repeat(64 * 1024);
  const lines = await linesOf([...Array.from({ length: 50 }, () => part), '\nready\n']);
  expect(lines).toEqual(['.'.repeat(maxLineLength), 'ready']);
});
