import { expect, test } from 'vitest';
import { cyclesOf, folderSizes, functionsOf, percentile, unusedExports } from '../../build/measure.ts';
import { readSources } from '../../build/source.ts';

const files = readSources(['main', 'preload', 'renderer', 'build', ':(glob)*.ts']);
const tests = readSources(['test']);
const functions = functionsOf(files);

test('no function is longer than 100 lines, and at most ten are longer than 60', () => {
  expect(functions.length).toBeGreaterThan(1000);
  const longerThan = (limit: number) =>
    functions.filter(({ lines }) => lines > limit).map(({ place, lines }) => `${place} (${lines})`);
  expect(longerThan(100)).toEqual([]);
  expect(longerThan(60).length, longerThan(60).join('\n')).toBeLessThanOrEqual(10);
});

test('half of the functions have at most 3 lines, and nine in ten at most 17', () => {
  const lengths = functions.map(({ lines }) => lines);
  expect(
    [percentile(lengths, 0.5), percentile(lengths, 0.9)].map((value, index) => value <= (index === 0 ? 3 : 17)),
  ).toEqual([true, true]);
});

test('no files import each other in a circle, types included', () => {
  expect(cyclesOf([...files, ...tests])).toEqual([]);
});

test('no folder has more than 25 files, and the engine at most 10 loose ones', () => {
  const folders = folderSizes([...files, ...tests]);
  expect(folders.filter((folder) => folder.files > 25)).toEqual([]);
  expect(folders.find(({ folder }) => folder === 'main/engine')?.files).toBeLessThanOrEqual(10);
});

test('what is exported is imported somewhere', () => {
  expect(unusedExports(files, tests)).toEqual([]);
});
