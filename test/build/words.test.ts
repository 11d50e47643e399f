import { expect, test } from 'vitest';
import { parseSource, readSources } from '../../build/source.ts';
import { findBannedWords } from '../../build/word-check.ts';

const lists = ['build/words.ts', 'test/build/words.test.ts'];

test('no identifier, string or comment contains a banned word', () => {
  const files = readSources(['main', 'preload', 'renderer', 'build', 'test']);
  const found = files.filter(({ path }) => !lists.includes(path)).flatMap(findBannedWords);
  expect(found.map(({ place, word, use }) => `${place}: "${word}", write: ${use}`)).toEqual([]);
});

test.each([
  ['an identifier', 'export const createTwinList = 1;', 'twin'],
  ['a comment', '/** Heals the hook. */\nexport const a = 1;', 'heals'],
  ['a string', "export const a = 'begun anew';", 'anew'],
  ['a template', 'export const a = `a vault`;', 'vault'],
  ['a sentence in capitals', "export const a = 'PROVEN';", 'proven'],
])('a banned word in %s is found', (_, text, word) => {
  expect(findBannedWords(parseSource('main/a.ts', text)).map((found) => found.word)).toContain(word);
});

test.each([
  ['a part of a longer word', "export const theater = 'detour, unhealthy';"],
  ['a name that others rely on', "export const a = { lastProven: 'backups.tidy' };"],
])('%s is no banned word', (_, text) => {
  expect(findBannedWords(parseSource('main/a.ts', text))).toEqual([]);
});
