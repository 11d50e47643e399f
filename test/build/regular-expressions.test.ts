import { expect, test } from 'vitest';
import { readSources, type SyntaxNode } from '../../build/source.ts';
import { ambiguities } from '../support/regular-expression.ts';

const files = readSources(['main', 'preload', 'renderer', 'build']);

/** Every regular expression of the sources, with its file. */
const expressions = files.flatMap(({ path, program }) => expressionsIn(program).map((pattern) => ({ path, pattern })));

function expressionsIn(node: unknown): string[] {
  if (Array.isArray(node)) return node.flatMap(expressionsIn);
  if (typeof node !== 'object' || node === null) return [];
  const { type, regex } = node as SyntaxNode & { readonly regex?: { readonly pattern: string } };
  if (type === 'Literal' && regex) return [regex.pattern];
  return Object.values(node).flatMap(expressionsIn);
}

test('no regular expression can take exponential time: what repeats does not repeat within a repetition', () => {
  expect(expressions.length).toBeGreaterThan(200);
  expect(expressions.flatMap(({ path, pattern }) => ambiguities(pattern).map((part) => `${path}: ${part}`))).toEqual(
    [],
  );
});

test.each([
  ['(a+)+$', ['(a+)+']],
  ['^(?:\\s*<!--(?:[^-]|-[^-])*-->)*$', ['(?:\\s*<!--(?:[^-]|-[^-])*-->)*']],
  ['(?:[\\w.]*)*x', ['(?:[\\w.]*)*']],
  ['(\\d+|\\w)*', ['(\\d+|\\w)*']],
  ['(a|a)*b', ['(a|a)*']],
  ['(?:[a-z0-9-]+\\.)*example', []],
  ['-\\d+(\\.\\d+)*$', []],
  ['^[^+]+\\+[)]$', []],
  ['(ab|cd)*e{2,5}', []],
  ['(?:[a-z]{1,8}){1,3}', []],
])('of %s it is known that these parts are ambiguous: %j', (pattern, parts) => {
  expect(ambiguities(pattern)).toEqual(parts);
});
