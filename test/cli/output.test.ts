import { Readable, Writable } from 'node:stream';
import { expect, test } from 'vitest';
import { createOutput } from '../../main/cli/output.ts';
import { padToWidth, textWidth } from '../../main/cli/text-width.ts';
import type { Message } from '../../main/engine/messages/index.ts';

// Defined ones would be missing in the languages, which a test of the same worker checks.
const message = (code: string, text: string): Message => ({ code: `test.${code}`, params: {}, text });
const [id, event, title] = [message('id', 'ID'), message('event', 'EVENT'), message('title', 'TITLE')];
const none = message('none', 'Nothing.');
const row = ['7a5a5d9e-bbac-413c-9ff5-bf8336fa8252', 'dm.version.added', 'Tower.rvt: version 7 added'];

/** The lines of a table on a terminal of this many columns; in a pipe without them. */
function tableOn(columns: number | undefined, rows: readonly (readonly string[])[] = [row]): string[] {
  let printed = '';
  const stdout = new Writable({
    write(chunk, _encoding, done) {
      printed += String(chunk);
      done();
    },
  });
  const output = createOutput(
    {
      stdin: Readable.from([]),
      stdout: columns === undefined ? stdout : Object.assign(stdout, { isTTY: true, columns }),
      stderr: new Writable(),
      environment: { NO_COLOR: '1' },
      platform: 'linux',
      signal: new AbortController().signal,
      say: (message) => (typeof message === 'string' ? message : message.text),
    },
    { json: false, quiet: false },
  );
  output.table([], [id, event, title], rows, none);
  return printed.trimEnd().split('\n');
}

test('in a pipe, on a wide terminal and on one that does not know its width nothing is cut', () => {
  for (const columns of [undefined, 200, 0]) expect(tableOn(columns)[1]).toBe(row.join('  '));
});

test('where space is short, the last column gives way, and then the widest; all columns remain', () => {
  expect(tableOn(80)[1]).toBe(`${row[0]}  ${row[1]}  Tower.rvt: version 7 ad…`);
  for (const columns of [72, 60, 40, 30, 20, 5]) {
    const lines = tableOn(columns);
    for (const line of lines) expect(line.length).toBeLessThanOrEqual(columns);
  }
  expect(tableOn(40)[1]).toMatch(/^7a5a5d9\S*… {2}dm\.v\S*… {2}Tower\.r…$/);
});

test('a list of 150,000 rows is printed', () => {
  expect(
    tableOn(
      undefined,
      Array.from({ length: 150_000 }, (_, index) => [`${index}`, 'rang', '']),
    ).at(-1),
  ).toBe('149999  rang');
});

test.each([
  ['Chinese', '塔楼模型：已添加第七版', 22],
  ['Japanese with half-width letters', 'ﾀﾜｰ タワー', 10],
  ['Korean syllables in one and in several characters', '탑 탑', 5],
  ['emoji of one and of several characters', '🏗️🚧👩‍🔧🇳🇱1️⃣', 10],
  ['letters with marks', 'Zu\u0308rich a\u0301', 8],
  ['Devanagari', 'नमस्ते', 4],
  ['nothing', '', 0],
])('%s takes the columns that a terminal shows', (_, text, width) => {
  expect(textWidth(text)).toBe(width);
  expect(textWidth(padToWidth(text, 30))).toBe(30);
});

test('columns with wide characters stand below each other, and are cut between whole characters', () => {
  const rows = [
    ['7a5a5d9e', '版本添加', '塔楼模型.rvt: 👩‍🔧 已添加第七版'],
    ['9ff5bf83', 'added', 'Tower.rvt: version 7 added'],
  ];
  const [heading = '', wide = '', narrow = ''] = tableOn(undefined, rows);
  expect(textWidth(wide.slice(0, wide.indexOf('塔')))).toBe(narrow.indexOf('Tower'));
  expect(heading.indexOf('TITLE')).toBe(narrow.indexOf('Tower'));
  for (let columns = 30; columns <= 60; columns++)
    for (const line of tableOn(columns, rows)) {
      expect(textWidth(line)).toBeLessThanOrEqual(columns);
      expect(line).not.toMatch(/\u200d…|[\ud800-\udbff](?![\udc00-\udfff])/);
    }
});

test('a line of progress never fills the terminal, so that the next one replaces all of it', () => {
  let printed = '';
  const stderr = Object.assign(
    new Writable({
      write(chunk, _encoding, done) {
        printed += String(chunk);
        done();
      },
    }),
    { isTTY: true, columns: 20 },
  );
  const output = createOutput(
    {
      ...{ stdin: Readable.from([]), stdout: new Writable(), stderr, environment: {}, platform: 'linux' },
      ...{ signal: new AbortController().signal, say: String },
    },
    { json: false, quiet: false },
  );
  output.progress('Downloading: 45% of 1.8 GB');
  expect(printed).toBe('\r\u001b[KDownloading: 45% o…');
});
