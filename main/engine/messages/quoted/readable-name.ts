/** Extensions of models, drawings and documents. No others count: a token may have a dot before its last letters, too. */
const extensions = [
  '3dm|3ds|7z|asm|bak|bmp|bz2|catpart|csv|db|dgn|docx?|dwf|dwfx|dwg|dxf|f3d|f3z|fbx|gif|gz|html?|iam|idw|ifc|ifczip|iges|igs',
  'ini|ipn|ipt|jpe?g|json|jt|log|max|md|mp4|nwc|nwd|nwf|obj|pdf|png|pptx?|prt|rar|rfa|rte|rvt|sat|skp|sldasm|sldprt|sql|step',
  'stl|stp|svg|tar|tgz|tiff?|txt|xlsx?|xml|xz|ya?ml|zip',
].join('|');
const extension = new RegExp(`\\.(?:${extensions})$`, 'i');

export const hasExtension = (text: string): boolean => extension.test(text);

/** Pieces of a part between separators: words (each but the first with a capital), abbreviations, and short numbers. */
const following = '[A-Z][a-z]{2,}|[A-Z]{2,}(?![a-z])|[A-Z](?=\\d|$)|\\d{1,4}(?!\\d)';
const firstPiece = new RegExp(`^(?:[a-z]{3,}|${following})`);
const nextPiece = new RegExp(`^(?:${following})`);
const most = { numbers: 2, abbreviations: 2 } as const;
const longWord = 4;

/**
 * Whether it consists of words and short numbers, as "FloorPlan2024" or "LevelB2" do: each word has a vowel, and words
 * of four letters or more are half of the text. Random letters and digits hardly ever do.
 */
export function isReadable(text: string): boolean {
  if (!/^[A-Za-z0-9_.-]{1,200}$/.test(text)) return false;
  const pieces = text.split(/[-_.]+/).map(piecesOf);
  if (pieces.includes(undefined)) return false;
  const all = pieces.flatMap((found) => found ?? []);
  const words = all.filter((piece) => /[a-z]/.test(piece));
  const numbers = all.filter((piece) => /\d/.test(piece)).length;
  const letters = words.filter(({ length }) => length >= longWord).join('').length;
  const isShort = numbers <= most.numbers && all.length - words.length - numbers <= most.abbreviations;
  return isShort && words.every((word) => /[aeiouy]/i.test(word)) && 2 * letters >= text.length;
}

/** The pieces of a part; undefined where it consists of anything else. */
function piecesOf(part: string): string[] | undefined {
  const pieces: string[] = [];
  for (let rest = part; rest !== ''; ) {
    const [piece] = (pieces.length === 0 ? firstPiece : nextPiece).exec(rest) ?? [];
    if (piece === undefined) return undefined;
    pieces.push(piece);
    rest = rest.slice(piece.length);
  }
  return pieces;
}

/** As rooms, axes and machines are numbered: "A320". */
const code = /^[A-Z]{1,4}-?\d{1,4}$/;
/** A long one has capitals at its beginning only, or consists of them; others are keys of letters. */
const word = /^(?:\p{L}{1,8}|\p{L}[^\P{L}\p{Lu}]*|\p{Lu}+)$/u;
/** Digits of a date; longer numbers may be keys. */
const mostDigits = 8;

/** Whether a person would call something so. */
export function isName(text: string): boolean {
  const bare = text.replace(/[.,!?)]{1,3}$/, '');
  return word.test(bare) || code.test(bare) || hasExtension(bare) || isReadable(bare);
}

const schemes = /^(?:apikey|aws4?|basic|bearer|digest|dpop|hawk|hmac|mutual|negotiate|ntlm|oauth|token)\b/i;

/** Whether it is a sentence, and not the value of a header that authorizes. */
export function isSentence(text: string): boolean {
  const words = text.trim().split(/\s+/);
  return !schemes.test(text) && !text.includes('=') && words.every(isWordLike);
}

function isWordLike(text: string): boolean {
  if (!/[A-Za-z]/.test(text)) return text.replace(/\D/g, '').length <= mostDigits;
  const bare = text.replace(/^[("'“„]+|[)"'”“.,:;!?]+$/g, '');
  return isName(bare) || bare.split(/['’-]/).every((part) => part === '' || word.test(part));
}
