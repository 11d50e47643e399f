import { randomBytes } from 'node:crypto';
import { chmodSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { writePrivately } from './private-file.ts';

/** What grants access to the API of a data folder: the same at every start, until it is replaced or its file is deleted. */
export interface AccessToken {
  readonly value: string;
  /** Replaces it, on disk first; the previous one is refused from then on. Throws where the file cannot be written. */
  rotate(): void;
  /** To be called after each replacement. */
  onRotation(listener: () => void): void;
}

const fileName = 'control.token';

/** The token of this data folder; a new one where there is none that can be read. */
export function openAccessToken(folder: string): AccessToken {
  const file = join(folder, fileName);
  const listeners: (() => void)[] = [];
  let value = readToken(file) ?? createToken(file);
  return {
    get value() {
      return value;
    },
    rotate() {
      value = createToken(file);
      for (const listener of listeners) listener();
    },
    onRotation: (listener) => void listeners.push(listener),
  };
}

function readToken(file: string): string | undefined {
  try {
    const token = readFileSync(file, 'utf8').trim();
    chmodSync(file, 0o600);
    return /^[0-9a-f]{64}$/.test(token) ? token : undefined;
  } catch {
    return undefined;
  }
}

function createToken(file: string): string {
  const token = randomBytes(32).toString('hex');
  writePrivately(file, `${token}\n`);
  return token;
}
