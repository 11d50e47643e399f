import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { BrokerSession } from '../../broker.ts';
import { RingbackError } from '../../errors.ts';
import { describe, type Log } from '../../log.ts';
import { teamMessages } from '../../messages/index.ts';
import { coalesce, days, seconds } from '../../timing/index.ts';
import { standbyBucketOf } from '../subjects.ts';
import { decryptSigned, encryptSigned, type StandbyKeys } from './signed-value.ts';
import { markForgotten, readStandbys, Standby } from './standbys.ts';

/** The bucket of what standbys need. Its values stay: a receiver may be away for any time. */
export const standbyBucket = (team: string) => ({
  name: standbyBucketOf(team),
  age: days(36_500),
  bytes: 64 * 1024 ** 2,
});

const key = 'copy';

const CopiedTeam = z.object({
  /** Members and keys of the team, as its receiver stores them; secrets are plain. */
  team: z.unknown(),
  /** Connections, hooks and what belongs to them; secrets are plain. */
  records: z.unknown(),
});
type CopiedTeam = z.infer<typeof CopiedTeam>;

const Copy = CopiedTeam.extend({
  /** Under which term it was written: what an earlier receiver writes does not count. */
  term: z.int(),
  /** Grows with each copy. */
  number: z.int(),
  /** Milliseconds since 1970, for people. */
  at: z.number(),
  /** The standbys that the receiver knows of. */
  standbys: z.array(Standby),
});
type Copy = z.infer<typeof Copy>;
export type NewestCopy = Copy;

/** The newest copy; undefined before the first. Rejects where somebody else wrote there. */
export async function readCopy(keys: StandbyKeys, session: BrokerSession): Promise<Copy | undefined> {
  const entry = await session.readKey(standbyBucketOf(keys.team), key);
  return entry && Copy.parse(await decryptSigned(entry.data, key, keys));
}

interface CopyingOptions {
  readonly keys: StandbyKeys;
  readonly log: Log;
  now(): number;
  collect(): Promise<CopiedTeam>;
  /** The standbys at the server. Those that take over by themselves are stored before they learn that they may. */
  found(standbys: readonly Standby[]): void;
  /** The standbys that the newest copy names: others take nothing over by themselves. */
  named(standbys: readonly Standby[]): void;
  /** Whether this one does not count any more. */
  isForgotten(standby: Standby): boolean;
}

/** Writes what the standbys of this receiver need, as long as it has any. */
export interface Copying {
  /** This computer receives, under that term. */
  use(session: BrokerSession, term: number): void;
  pause(): void;
  /** Something may have changed. Never throws. */
  request(): void;
  /** Resolves once a copy of all that is there now is at the server. Rejects where that fails. */
  flush(): Promise<void>;
  close(): Promise<void>;
}

/** Milliseconds between two looks for standbys, and after a change. */
const interval = seconds(20);
const changeDelay = seconds(1);
/** Bytes of a message beside its data. */
const headerRoom = 1024;

export function createCopying(options: CopyingOptions): Copying {
  let use: { readonly session: BrokerSession; readonly term: number } | undefined;
  let written: string | undefined;
  let changeTimer: NodeJS.Timeout | undefined;
  let running: Promise<void> | undefined;
  const write = coalesce(async () => {
    const current = use;
    if (!current) throw new RingbackError('offline', teamMessages.notConnected());
    written = await writeCopy(options, current, written);
  });
  const attempt = (): void => {
    if (!use) return;
    running = write().catch((error) => {
      if (use) options.log.warn('team', `The standby of the team does not get what changed yet: ${describe(error)}`);
    });
  };
  const timer = setInterval(attempt, interval).unref();
  return {
    use(session, term) {
      use = { session, term };
      written = undefined;
      attempt();
    },
    pause() {
      use = undefined;
    },
    request() {
      changeTimer ??= setTimeout(() => {
        changeTimer = undefined;
        attempt();
      }, changeDelay).unref();
    },
    flush: write,
    async close() {
      use = undefined;
      clearInterval(timer);
      clearTimeout(changeTimer);
      await running;
    },
  };
}

/** Gives what was written, by which a later copy of the same content is recognized. */
async function writeCopy(
  { keys, collect, found, named, isForgotten, now }: CopyingOptions,
  { session, term }: { readonly session: BrokerSession; readonly term: number },
  written: string | undefined,
): Promise<string> {
  const listed = await readStandbys(keys, session);
  const standbys = listed.filter((standby) => !standby.forgotten && !isForgotten(standby));
  found(standbys);
  const copied = standbys.length === 0 ? { team: null, records: null } : await collect();
  const content = { ...copied, term, standbys };
  const hash = createHash('sha256').update(JSON.stringify(content)).digest('hex');
  if (hash !== written) {
    const { revision, number } = await readRevision(keys, session, term);
    // The last standby learns that it is none any more; where there never was one, nothing is written.
    if (standbys.length > 0 || revision > 0) {
      const copy: Copy = { ...content, standbys: [...standbys], number: number + 1, at: now() };
      const data = await encryptSigned(copy, key, keys);
      if (data.length + headerRoom > session.largest) throw new RingbackError('conflict', teamMessages.copyTooLarge());
      if ((await session.writeKey(standbyBucketOf(keys.team), key, data, revision)) === undefined)
        throw new RingbackError('offline', teamMessages.leaseContended());
    }
  }
  named(standbys);
  if (listed.some((standby) => !standby.forgotten && isForgotten(standby)))
    await markForgotten(keys, session, isForgotten);
  return hash;
}

/** Throws where a later receiver wrote. What cannot be read is replaced. */
async function readRevision(keys: StandbyKeys, session: BrokerSession, term: number) {
  const entry = await session.readKey(standbyBucketOf(keys.team), key);
  if (!entry) return { revision: 0, number: 0 };
  const copy = await decryptSigned(entry.data, key, keys)
    .then((value) => Copy.parse(value))
    .catch(() => undefined);
  if (copy && copy.term > term) throw new Error('another computer receives for the team');
  return { revision: entry.revision, number: copy?.number ?? 0 };
}
