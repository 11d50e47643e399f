/** What an extended header of pax says of the size of a file. */
interface PaxSize {
  /** Undefined where it gives none. */
  readonly size: number | undefined;
  /** False where it is not made of records "<length> <key>=<value>\n", or gives a size that is none. */
  readonly isValid: boolean;
}

export function paxSize(text: Buffer): PaxSize {
  let size: number | undefined;
  for (let at = 0; at < text.length; ) {
    const digits = /^\d{1,10}(?= )/.exec(text.toString('latin1', at, at + 11))?.[0] ?? '';
    const end = at + Number(digits);
    if (end <= at + digits.length || end > text.length || text[end - 1] !== newline) return { size, isValid: false };
    const [key, value = ''] = text
      .toString('latin1', at + digits.length + 1, Math.min(end - 1, at + longestRecord))
      .split('=', 2);
    if (key === 'size') {
      if (!/^\d{1,20}$/.test(value) || !Number.isSafeInteger(Number(value))) return { size, isValid: false };
      size = Number(value);
    }
    at = end;
  }
  return { size, isValid: true };
}

const newline = 0x0a;
/** Most bytes of a record with a size. */
const longestRecord = 64;
