import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';

const root = resolve(import.meta.dirname, '../..');
/** What must work with any provider; provider knowledge belongs into main/connectors. */
const neutral = ['main/engine', 'renderer', 'preload'];

/** Names of providers, their products, events and identifiers. */
const providerWords = [
  /autodesk/i,
  /autoflex/i,
  /\baps\b/i,
  /\bacc\b/i,
  /\bbim ?360\b/i,
  /\bfusion\b/i,
  /\brevit\b/i,
  /\btandem\b/i,
  /\bupchain\b/i,
  /\bbuildingconnected\b/i,
  /\bmodel derivative\b/i,
  /\badsk\b/i,
  /\bservoy\b/i,
  /milestone/i,
  /\bsvf2?\b/i,
  // Among other file extensions it is one of them.
  /(?<!\|)\brvt\b/i,
  /\bdm\.\w/,
  /\bextraction\./,
  /\bmodel\.(sync|publish)\b/,
];

/** The language of a provider's texts, except where Ringback itself speaks it. */
const providerLanguage = /\bdutch\b/i;
const speaksLanguages = /^(preload|renderer)\/languages?[/.]/;

const sources = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard', ...neutral], {
  cwd: root,
  encoding: 'utf8',
})
  .split('\n')
  .filter((file) => /\.tsx?$/.test(file) && existsSync(join(root, file)))
  // What connectors say, in other languages.
  .filter((file) => !/^preload\/languages\/\w+\/connectors\//.test(file));

const wordsFor = (file: string) => (speaksLanguages.test(file) ? providerWords : [...providerWords, providerLanguage]);

test('engine, contract and window name no provider', () => {
  const found = sources.flatMap((file) =>
    readFileSync(join(root, file), 'utf8')
      .split('\n')
      .flatMap((line, index) =>
        wordsFor(file).some((word) => word.test(line)) ? [`${file}:${index + 1}: ${line.trim()}`] : [],
      ),
  );
  expect(found).toEqual([]);
});

test('the words are found in the connectors, so that the search can fail', () => {
  const connectors = execFileSync('git', ['grep', '-lE', 'autodesk|autoflex', '--', 'main/connectors'], {
    cwd: root,
    encoding: 'utf8',
  });
  expect(connectors.split('\n').length).toBeGreaterThan(5);
  expect(sources.length).toBeGreaterThan(200);
});
