import { readFileSync } from 'node:fs';

/** As settings are written, each of them begins in a line of its own. */
const start = /^\t"([^"\\\r\n]{1,200})": ?/gm;

/** A JSON object of the settings that are whole in a file of which others are damaged; undefined where there are none. */
export function salvage(file: string): string | undefined {
  const text = readFileSync(file, 'utf8');
  const starts = [...text.matchAll(start)];
  const whole = starts.flatMap(({ 0: found, 1: name = '', index }, number) => {
    const value = valueIn(text.slice(index + found.length, starts[number + 1]?.index));
    return value === undefined ? [] : [[name, value] as const];
  });
  return whole.length === 0 ? undefined : `${JSON.stringify(Object.fromEntries(whole), undefined, '\t')}\n`;
}

/** The value before the comma or the brace behind it; undefined where it is not whole. */
function valueIn(text: string): unknown {
  const ended = /^([\s\S]*)(?:,|\n\})[\s\0]*$/.exec(text)?.[1];
  if (ended === undefined || ended.includes('\ufffd')) return undefined;
  try {
    return JSON.parse(ended);
  } catch {
    return undefined;
  }
}
