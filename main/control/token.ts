import { randomBytes } from 'node:crypto';
import { chmodSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { writePrivately } from './private-file.ts';

/** The token for the API of a data folder: it stays the same until it is replaced or its file is deleted. */
export interface AccessToken {
  readonly value: string;
  /** Replaces the token, first on disk, and rejects the previous one from then on. Throws if it cannot be written. */
  rotate(): void;
  /** Calls the listener after each replacement. */
  onRotation(listener: () => void): void;
}

const fileName = 'control.token';

/** Reads the token of this data folder; creates a new one where there is none or it cannot be read. */
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
