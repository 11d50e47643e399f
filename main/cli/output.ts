import type { MessageReference } from '../../preload/contract/index.ts';
import { type Message, storedMessage } from '../engine/messages/index.ts';
import type { Say, Terminal } from './terminal.ts';
import { cutToWidth, padToWidth, textWidth } from './text-width.ts';

interface OutputOptions {
  /** One JSON document, or one object per line if a command streams. */
  readonly json: boolean;
  /** Prints only results: no notes, no progress. */
  readonly quiet: boolean;
}

type Row = readonly (Message | string)[];
export type Field = readonly [label: Message | string, text: Message | string];

type Style = 'bold' | 'dim' | 'green' | 'red' | 'yellow';

/** Prints results on standard output, and everything else on standard error. */
export interface Output extends OutputOptions {
  /** The result of a command: the value as JSON, or these lines. */
  result(value: unknown, lines: readonly string[]): void;
  /** The result as a table, whose columns are cut to fit the terminal. */
  table(value: unknown, headings: readonly Message[], rows: readonly Row[], empty: Message): void;
  /** The result as labelled lines. */
  fields(value: unknown, title: string | undefined, fields: readonly Field[]): void;
  /** One object of a stream. */
  record(value: unknown, line: string): void;
  /** Exactly these bytes. */
  raw(bytes: Uint8Array): void;
  /** A note on standard error; nothing with `quiet`. */
  note(text: Message | string): void;
  /** Replaces the progress line on a terminal; an empty text removes it. */
  progress(text: string): void;
  style(style: Style, text: string): string;
}

const codes: Readonly<Record<Style, readonly [number, number]>> = {
  bold: [1, 22],
  dim: [2, 22],
  green: [32, 39],
  red: [31, 39],
  yellow: [33, 39],
};

export function createOutput({ stdout, stderr, environment, say }: Terminal, options: OutputOptions): Output {
  const { json, quiet } = options;
  const colored = stdout.isTTY === true && !environment.NO_COLOR && environment.TERM !== 'dumb';
  const print = (line: string): void => void stdout.write(`${line}\n`);
  const showsProgress = stderr.isTTY === true && !quiet && !json;
  const style = (name: Style, text: string): string => {
    const [start, end] = codes[name];
    return colored ? `\u001b[${start}m${text}\u001b[${end}m` : text;
  };
  const result = (value: unknown, lines: readonly string[]): void => {
    if (json) print(toJson(value, 2));
    else for (const line of lines) print(line);
  };
  return {
    ...{ json, quiet, style, result },
    table(value, headings, rows, empty) {
      // Some terminals, such as serial consoles, report 0 columns if the width is unknown.
      const columns = (stdout.isTTY && stdout.columns) || undefined;
      if (json || rows.length > 0)
        result(
          value,
          formatTable(
            [headings, ...rows].map((row) => row.map(say)),
            columns,
            style,
          ),
        );
      else if (!quiet) stderr.write(`${say(empty)}\n`);
    },
    fields(value, title, fields) {
      const labels = fields.map(([label]) => say(label));
      const width = Math.max(...labels.map(textWidth));
      const lines = fields.map(([, text], index) => `${padToWidth(labels[index] ?? '', width)}  ${say(text)}`);
      result(value, title === undefined ? lines : [title, ...lines]);
    },
    record: (value, line) => print(json ? toJson(value) : line),
    raw: (bytes) => void stdout.write(bytes),
    note: (text) => void (quiet || stderr.write(`${say(text)}\n`)),
    progress(text) {
      // A line that is wider than the terminal could not be replaced as a whole.
      if (showsProgress) stderr.write(`\r\u001b[K${cutToWidth(text, (stderr.columns || Infinity) - 1)}`);
    },
  };
}

/** Untrusted text on one line, without the characters that a terminal would interpret. */
export function plain(text: string): string {
  return text.replace(/\p{Cc}|\p{Cf}/gu, ' ').trim();
}

/** A text from the host in the user's language, without control characters. */
export function hostText(say: Say, text: string, reference: MessageReference | undefined): string {
  return plain(say(storedMessage(text, reference)));
}

function toJson(value: unknown, indent?: number): string {
  // JSON does not escape these, and some terminals interpret them as control sequences.
  return JSON.stringify(value, undefined, indent).replace(
    /[\u007f-\u009f]/g,
    (character) => `\\u00${character.charCodeAt(0).toString(16)}`,
  );
}

/** The minimum width of a column, in terminal columns: enough to tell ids and names apart. */
const narrowest = 8;
const gap = '  ';

function formatTable(
  rows: readonly (readonly string[])[],
  columns: number | undefined,
  style: Output['style'],
): string[] {
  const cells = rows.map((row) => row.map(plain));
  const needed = (cells[0] ?? []).map((_, column) =>
    cells.reduce((widest, row) => Math.max(widest, textWidth(row[column] ?? '')), 0),
  );
  const widths = columns === undefined ? needed : fitWidths(needed, columns);
  return cells.map((row, index) => {
    const line = row
      .map((cell, column) => padToWidth(cutToWidth(cell, widths[column] ?? 0), widths[column] ?? 0))
      .join(gap);
    const fitting = cutToWidth(line.trimEnd(), columns ?? Infinity);
    return index === 0 ? style('bold', fitting) : fitting;
  });
}

/** Shrinks the last column first, then repeatedly the widest one. */
function fitWidths(needed: readonly number[], columns: number): readonly number[] {
  const widths = [...needed];
  const last = widths.length - 1;
  const sum = (): number => widths.reduce((total, width) => total + width, gap.length * last);
  for (let excess = sum() - columns; excess > 0; excess--) {
    const isLast = (widths[last] ?? 0) > narrowest;
    const column = isLast ? last : widths.indexOf(Math.max(...widths));
    if ((widths[column] ?? 0) <= narrowest) break;
    widths[column] = (widths[column] ?? 0) - 1;
  }
  return widths;
}
