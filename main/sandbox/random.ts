import { createHash, randomBytes } from 'node:crypto';

/** The source of ids, tokens and secrets of the simulators. */
export interface Random {
  bytes(count: number): Buffer;
  uuid(): string;
  /** An independent source, which the values drawn by other parts do not affect. */
  fork(name: string): Random;
}

/** A source of reproducible values where a seed is given, otherwise of unpredictable ones. */
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
