/** A piece of a pattern: a group, a class or a character, with the quantifier behind it. */
interface Piece {
  readonly text: string;
  /** The alternatives of a group. */
  readonly alternatives?: readonly (readonly Piece[])[];
  readonly unbounded: boolean;
}

/**
 * The repeated groups of a pattern that can match a text in many ways, and so take exponential time to fail: a
 * repetition within a repetition that no fixed character outside its own class separates from the next round, or
 * alternatives that begin alike.
 */
export function ambiguities(pattern: string): readonly string[] {
  return everyGroup(parse(pattern))
    .filter(isAmbiguous)
    .map(({ text }) => text);
}

function everyGroup(alternatives: readonly (readonly Piece[])[]): readonly Piece[] {
  return alternatives.flat().flatMap((piece) => (piece.alternatives ? [piece, ...everyGroup(piece.alternatives)] : []));
}

function isAmbiguous({ unbounded, alternatives = [] }: Piece): boolean {
  if (!unbounded) return false;
  return alternatives.some((sequence) => repeatsOpenly(sequence)) || beginAlike(alternatives);
}

/** Whether a round can end or begin with a repetition whose characters may belong to the next round as well. */
function repeatsOpenly(sequence: readonly Piece[]): boolean {
  const inner = sequence.filter((piece) => piece.unbounded || piece.alternatives?.some(repeatsOpenly));
  if (inner.length === 0) return false;
  const fixed = sequence.filter((piece) => !piece.unbounded && !piece.alternatives && !piece.text.endsWith('?'));
  return !fixed.some(({ text }) => inner.length === 1 && inner.every((piece) => !mayMatch(piece, text)));
}

/** Whether the class of a repetition may contain this fixed character. */
function mayMatch({ text, alternatives }: Piece, fixed: string): boolean {
  if (alternatives) return true;
  const character = fixed.replace(/^\\/, '');
  const unit = text.replace(/(?:[*+]|\{\d*,\d*\})\??$/, '');
  return /^(?:\\[^dDwWsSpPbB]|[^\\[.])$/.test(fixed) ? new RegExp(`^${unit}$`, 'su').test(character) : true;
}

function beginAlike(alternatives: readonly (readonly Piece[])[]): boolean {
  const first = alternatives.map(([piece]) => piece?.text.replace(/[*+?]+$/, ''));
  return new Set(first).size < first.length;
}

/** The alternatives of a pattern. */
function parse(pattern: string): readonly (readonly Piece[])[] {
  return parseAt(pattern, 0).alternatives;
}

function parseAt(pattern: string, from: number): { readonly alternatives: Piece[][]; readonly end: number } {
  const alternatives: Piece[][] = [[]];
  let at = from;
  while (at < pattern.length && pattern[at] !== ')') {
    if (pattern[at] === '|') {
      alternatives.push([]);
      at += 1;
      continue;
    }
    const { piece, end } = pieceAt(pattern, at);
    alternatives.at(-1)?.push(piece);
    at = end;
  }
  return { alternatives, end: at };
}

function pieceAt(pattern: string, at: number): { readonly piece: Piece; readonly end: number } {
  const group = /^\((?:\?(?:[:=!]|<[=!]|<\w+>))?/.exec(pattern.slice(at))?.[0];
  const inner = group === undefined ? undefined : parseAt(pattern, at + group.length);
  const unit =
    inner === undefined
      ? (/^(?:\\[pP]\{[^}]*\}|\\u\{[^}]*\}|\\u[\da-f]{4}|\\x[\da-f]{2}|\\.|\[(?:\\.|[^\]\\])*\]|.)/isu.exec(
          pattern.slice(at),
        )?.[0] ?? '')
      : pattern.slice(at, inner.end + 1);
  const quantifier = /^(?:[*+?]|\{\d*,?\d*\})\??/.exec(pattern.slice(at + unit.length))?.[0] ?? '';
  const end = at + unit.length + quantifier.length;
  const unbounded = /^[*+]|,\}/.test(quantifier);
  const text = pattern.slice(at, end);
  return { piece: { text, unbounded, ...(inner ? { alternatives: inner.alternatives } : {}) }, end };
}
