import { expect, test } from 'vitest';
import { cyclesOf, functionsOf, percentile, unusedExports } from '../../build/measure.ts';
import { parseSource } from '../../build/source.ts';

test('a function is measured from its first line to its last, whatever its form', () => {
  const text = 'export function one() {\n  return () => 1;\n}\nconst two = {\n  method() {\n    return 2;\n  },\n};\n';
  const measured = functionsOf([parseSource('main/a.ts', text)]);
  expect(measured).toEqual([
    { place: 'main/a.ts:1', lines: 3 },
    { place: 'main/a.ts:2', lines: 1 },
    { place: 'main/a.ts:5', lines: 3 },
  ]);
});

test('an export counts as used when it is imported by name, passed on and imported, or imported with all others', () => {
  const used = [
    parseSource('main/a.ts', 'export const named = 1;\nexport type Unused = string;\n'),
    parseSource('main/b.ts', 'export const passedOn = 1;\nexport const unused = 2;\n'),
    parseSource('main/c.ts', 'export const all = 1;\n'),
    parseSource('main/index.ts', "export * from './b.ts';\n"),
  ];
  const importer = parseSource(
    'test/a.test.ts',
    "import { named } from '../main/a.ts';\nimport { passedOn } from '../main/index.ts';\nimport * as c from '../main/c.ts';\n",
  );
  expect(unusedExports(used, [importer])).toEqual(['main/a.ts Unused', 'main/b.ts unused']);
});

test('files that import each other are found as one cycle, also where only types go one way', () => {
  const circle = [
    parseSource('main/a.ts', "import { b } from './b.ts';\nexport type A = typeof b;\n"),
    parseSource('main/b.ts', "import type { A } from './a.ts';\nexport const b = 1;\n"),
    parseSource('main/c.ts', "import { b } from './b.ts';\n"),
  ];
  expect(cyclesOf(circle)).toEqual([['main/a.ts', 'main/b.ts']]);
});

test('the 90th percentile lies above nine of ten values', () => {
  expect(percentile([10, 9, 8, 7, 6, 5, 4, 3, 2, 1], 0.9)).toBe(9);
  expect(percentile([3, 1, 2], 0.5)).toBe(2);
});
