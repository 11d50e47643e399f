import { randomBytes } from 'node:crypto';
import { z } from 'zod';

/** Encrypts content for the team since a rotation. */
const TeamKey = z.object({
  /** 16 hex digits, in front of each message that it encrypts. */
  id: z.string().regex(/^[0-9a-f]{16}$/),
  /** AES-256 in base64. */
  key: z.base64().length(44),
});
export type TeamKey = z.infer<typeof TeamKey>;
const TeamKeys = z.array(TeamKey);

/** Older ones are forgotten: in the seven days of the stream, nobody changes them as often. */
const mostKeys = 1000;

/** The keys that content of the team is, or was, encrypted under; none before the first rotation. */
export interface KeyRing {
  readonly newest: TeamKey | undefined;
  /** The oldest first. */
  readonly all: readonly TeamKey[];
  find(id: string): TeamKey | undefined;
  /** Whether there was one that is new here. */
  add(keys: readonly TeamKey[]): boolean;
  /** Adds those that are new here before all others. */
  addOlder(keys: readonly TeamKey[]): void;
}

export function createKeyRing(text?: string): KeyRing {
  let all = text === undefined ? [] : parseTeamKeys(text);
  const find = (id: string): TeamKey | undefined => all.find((one) => one.id === id);
  return {
    find,
    get newest() {
      return all.at(-1);
    },
    get all() {
      return all;
    },
    add(keys) {
      const added = keys.filter(({ id }) => !find(id));
      all = [...all, ...added].slice(-mostKeys);
      return added.length > 0;
    },
    addOlder(keys) {
      all = [...keys.filter(({ id }) => !find(id)), ...all].slice(-mostKeys);
    },
  };
}

export function createContentKey(): TeamKey {
  return { id: randomBytes(8).toString('hex'), key: randomBytes(32).toString('base64') };
}

export const formatTeamKeys = (keys: readonly TeamKey[]): string => JSON.stringify(keys);

export const parseTeamKeys = (text: string): TeamKey[] => TeamKeys.parse(JSON.parse(text));
