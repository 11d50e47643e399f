import { expect, test } from 'vitest';
import { readSources } from '../../build/source.ts';

/** What users read of the engine, its connectors and both hosts. */
const folders = ['main/connectors', 'main/control', 'main/desktop', 'main/engine', 'main/headless'];
/** The figures for Prometheus, which programs read. */
const exempt = ['main/engine/metrics/metrics.ts'];

const text = String.raw`['"\x60]`;
/** An error with a text of its own instead of a message. */
const errors = new RegExp(
  String.raw`(?:new RingbackError\(\s*'[a-z-]+',|\b(?:refused|invalid|unavailable)\()\s*${text}`,
  'g',
);
/** A member that users read, written as a sentence or a label. */
const members = new RegExp(
  String.raw`\b(?:advice|body|detail|help|label|message|problem|reason): ${text}[A-Z][a-z]+ [\w ]`,
  'g',
);

function literalsIn(source: string): string[] {
  return [errors, members].flatMap((pattern) => source.match(pattern) ?? []);
}

test('what users read is a message of a catalogue, not a text beside it', () => {
  const found = readSources(folders)
    .filter(({ path }) => !exempt.includes(path) && !/messages/.test(path))
    .flatMap(({ path, text: source }) => literalsIn(source).map((literal) => `${path}: ${literal}`));
  expect(found).toEqual([]);
});

test.each([
  ['an error', "throw new RingbackError('provider', 'Autodesk refused it.');"],
  ['an error over several lines', "throw new RingbackError(\n  'conflict',\n  `It is there already.`,\n);"],
  ['a rejection', "return refused('Try again later.');"],
  ['a help text', "const field = { help: 'Leave it as it is.' };"],
])('%s with a text of its own is found', (_, source) => {
  expect(literalsIn(source)).toHaveLength(1);
});

test('a message of a catalogue is none', () => {
  expect(literalsIn("throw new RingbackError('conflict', hookMessages.closing());")).toEqual([]);
});
