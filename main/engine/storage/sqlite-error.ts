/** SQLite's primary result codes. */
const codes = { busy: 5, locked: 6, ioError: 10, corrupt: 11, full: 13, notADatabase: 26 } as const;

/** Codes of a write that fails for its content: no SQLite error (0), statement, too large, constraint, type, range. */
const rejections: readonly number[] = [0, 1, 18, 19, 20, 25];

function codeOf(error: unknown): number {
  return error instanceof Error && 'errcode' in error ? Number(error.errcode) & 0xff : 0;
}

/** True where the file itself is broken. */
export function isDamage(error: unknown): boolean {
  return codeOf(error) === codes.corrupt || codeOf(error) === codes.notADatabase;
}

/** True where the disk has no room or refuses. */
export function isFull(error: unknown): boolean {
  return codeOf(error) === codes.full || codeOf(error) === codes.ioError;
}

/** True where another program has locked the file. */
export function isBusy(error: unknown): boolean {
  return codeOf(error) === codes.busy || codeOf(error) === codes.locked;
}

/** True where the write fails for what it holds; all others fail for the state of the store, which may pass. */
export function isRejection(error: unknown): boolean {
  return rejections.includes(codeOf(error));
}

/** An error that counts as damage, for checks that only return a verdict. */
export function createDamage(verdict: string): Error {
  return Object.assign(new Error(verdict), { errcode: codes.corrupt });
}
