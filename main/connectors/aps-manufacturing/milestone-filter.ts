import { RingbackError } from '../../engine/errors.ts';
import type { Message } from '../../engine/messages/index.ts';
import { manufacturingMessages } from './messages.ts';

const longestPattern = 200;
/** Limit of characters of a name that are matched; the rest is ignored. */
const longestName = 200;

/**
 * Compiles a filter for milestone names: an exact name, a name with * for any characters, or a /regular expression/.
 * Throws invalid-input.
 */
export function milestoneFilter(pattern: string): (name: string) => boolean {
  const trimmed = pattern.trim();
  if (trimmed === '' || trimmed.length > longestPattern) {
    throw invalid(manufacturingMessages.milestoneLength({ most: longestPattern }));
  }
  const [, source, flags = ''] = /^\/(.+)\/(i?)$/s.exec(trimmed) ?? [];
  const fits = source === undefined ? wildcard(trimmed.split('*')) : expression(source, flags);
  return (name) => fits(name.trim().slice(0, longestName));
}

/** Whether a name starts with the first part, ends with the last, and has the others in order between them. */
function wildcard(parts: readonly string[]): (name: string) => boolean {
  const [first = '', ...rest] = parts;
  const last = rest.pop();
  if (last === undefined) return (name) => name === first;
  return (name) => {
    if (!name.startsWith(first)) return false;
    let at = first.length;
    for (const part of rest) {
      const found = name.indexOf(part, at);
      if (found === -1) return false;
      at = found + part.length;
    }
    return name.length - last.length >= at && name.endsWith(last);
  };
}

function expression(source: string, flags: string): (name: string) => boolean {
  try {
    const compiled = new RegExp(source, `${flags}u`);
    return (name) => compiled.test(name);
  } catch (cause) {
    throw invalid(manufacturingMessages.noExpression({ expression: source }), cause);
  }
}

function invalid(message: Message, cause?: unknown): RingbackError {
  return new RingbackError('invalid-input', message, { cause });
}
