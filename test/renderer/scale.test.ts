import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const root = join(import.meta.dirname, '../..');

/** Every declaration of the window's style sheets, with its file. */
const declarations = globSync('renderer/**/*.css', { cwd: root }).flatMap((file) =>
  [...readFileSync(join(root, file), 'utf8').matchAll(/^\s*([a-z-]+):\s*([^;{}]+);/gm)].map(
    ([, property = '', value = '']) => ({ file, property, value }),
  ),
);

const found = (fits: RegExp, isWrong: (value: string) => boolean): string[] =>
  declarations
    .filter(({ property, value }) => fits.test(property) && isWrong(value))
    .map(({ file, property, value }) => `${file}: ${property}: ${value}`);

test('text has one of five sizes', () => {
  expect(found(/^font-size$/, (value) => !/^(var\(--text-[1-5]\)|inherit)$/.test(value))).toEqual([]);
});

test('distances are those of the scale; only hairlines are narrower', () => {
  const pixels = (value: string) => [...value.matchAll(/(\d+)px/g)].map(([, number]) => Number(number));
  expect(found(/^((row|column)-)?gap$|^(padding|margin)/, (value) => pixels(value).some((each) => each > 2))).toEqual(
    [],
  );
});
