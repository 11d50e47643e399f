import { createHash, randomBytes } from 'node:crypto';

/** Where ids, tokens and secrets of the simulators come from. */
export interface Random {
  bytes(count: number): Buffer;
  uuid(): string;
  /** A source that goes on for itself, so that what one part draws changes nothing for another. */
  fork(name: string): Random;
}

/** The same values in the same order for the same seed; unpredictable ones without a seed. */
export function createRandom(seed?: string): Random {
  let drawn = 0;
  const seeded = (count: number): Buffer => {
    const blocks = Array.from({ length: Math.ceil(count / 32) }, () =>
      createHash('sha256').update(`${seed}\n${drawn++}`).digest(),
    );
    return Buffer.concat(blocks).subarray(0, count);
  };
  const bytes = seed === undefined ? randomBytes : seeded;
  return {
    bytes,
    uuid: () => uuidOf(bytes(16)),
    fork: (name) => createRandom(seed === undefined ? undefined : `${seed}/${name}`),
  };
}

/** A UUID of version 4. */
function uuidOf(bytes: Buffer): string {
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}
