import { z } from 'zod';
import type { BrokerSession, BucketEntry } from '../../broker.ts';
import { RingbackError } from '../../errors.ts';
import { describe, type Log } from '../../log.ts';
import { teamMessages } from '../../messages/index.ts';
import { coalesce, createSerialQueue, days, minutes, RecentMap, seconds } from '../../timing/index.ts';
import { createId, decrypt, encrypt } from '../keys/index.ts';
import { leaseBucketOf } from '../subjects.ts';

/** After so many milliseconds without renewal the server deletes a lease, whatever the clocks of the computers say. */
const leaseAge = minutes(1);
const renewAfter = seconds(20);
/** Milliseconds after the server's last confirmation at which a lease counts as lost, before the server deletes it. */
const confirmedFor = seconds(45);
/** A lease not needed for so long is not renewed; receivers and members need theirs while connected. */
const unusedAfter = days(1);
const mostBytes = 16 * 1024 ** 2;
const mostSuperseded = 1000;
/** Attempts to take a lease that others write at the same time. */
const mostAttempts = 3;

/** The bucket that leases are in; only the receiver may create it. */
export const leaseBucket = (team: string) => ({ name: leaseBucketOf(team), age: leaseAge, bytes: mostBytes });

/** Who holds it publishes the receiver's events. */
export const receiverLease = 'receiver';

const memberPrefix = 'member.';
/** Who holds it takes the messages of this member: an invitation may have been used on two computers. */
export const memberLease = (member: string): string => `${memberPrefix}${member}`;

const Holder = z.object({ key: z.string(), holder: z.string(), computer: z.string(), process: z.string().optional() });
type Holder = z.infer<typeof Holder>;

type Grant =
  /** The token grows with each holder. */
  { readonly kind: 'held'; readonly token: number } | { readonly kind: 'taken'; readonly computer: string };

interface LeasesOptions {
  readonly team: string;
  /** AES-256 in base64. */
  readonly teamKey: string;
  /** Names this installation on this computer: a copy of its data elsewhere is another holder. */
  readonly holder: string;
  readonly computer: string;
  readonly log: Log;
  /** Another computer took over what was held here. */
  lost(key: string): void;
  /** The server confirmed again what was in doubt, or what it had not confirmed for too long. */
  regained(key: string): void;
  /** Undefined while there is no connection. */
  session(): BrokerSession | undefined;
}

interface AcquireOptions {
  /** Takes it from another computer, too, which is known to have no right to it any more. */
  readonly overrule?: boolean;
}

/** Leases for what only one computer of the team may do at a time. */
export interface Leases {
  /** Takes the lease, or confirms with the server that it is still held here. Rejects while the server cannot be asked. */
  acquire(key: string, options?: AcquireOptions): Promise<Grant>;
  /** Whether any computer holds the lease. Rejects while the server cannot be asked. */
  isHeld(key: string): Promise<boolean>;
  /** Whether the server confirmed within the last 45 s that it is held here, so that nobody else can hold it yet. */
  isConfirmed(key: string): boolean;
  /** After a possible sleep, earlier confirmations count no more; confirms again as soon as the server can be asked. */
  doubt(): void;
  /** When the lease was last renewed, by the clock of the server. */
  renewedAt(key: string): Promise<number | undefined>;
  /** Lets others take what is held under this token. Where the server cannot be asked, it ends by itself. */
  release(key: string, token: number): Promise<void>;
  /** Ends the renewals. What was held ends by itself, so that a short restart hands nothing over. */
  close(): Promise<void>;
}

interface Held {
  readonly token: number;
  readonly revision: number;
  /** When the write that the server confirmed was sent; undefined where that counts no more. */
  readonly confirmed: Moment | undefined;
  /** When somebody last asked for it, on the clock of this process. */
  readonly usedAt: number;
}

/** In milliseconds, by two clocks: one may stand still while the computer sleeps, the other may be set. */
interface Moment {
  readonly process: number;
  readonly wall: number;
}

const presentMoment = (): Moment => ({ process: performance.now(), wall: Date.now() });

function isWithin({ process, wall }: Moment, milliseconds: number): boolean {
  const now = presentMoment();
  return now.process - process < milliseconds && now.wall - wall < milliseconds;
}

interface LeasesState extends LeasesOptions {
  /** Tells two running copies of one computer apart, whose installation and machine are the same. */
  readonly process: string;
  /** Leases that such a copy, or a restart, took over from this process, which does not take them back. */
  readonly superseded: RecentMap<string, true>;
}

export function createLeases(given: LeasesOptions): Leases {
  const options: LeasesState = { ...given, process: createId(), superseded: new RecentMap(mostSuperseded) };
  const held = new Map<string, Held>();
  const queue = createSerialQueue();
  const isConfirmed = (key: string): boolean => {
    const confirmed = held.get(key)?.confirmed;
    return confirmed !== undefined && isWithin(confirmed, confirmedFor);
  };
  const renew = async (key: string): Promise<void> => {
    const { usedAt } = held.get(key) ?? {};
    if (usedAt === undefined) return;
    if (!isLasting(key) && performance.now() - usedAt > unusedAfter) held.delete(key);
    else {
      const wasConfirmed = isConfirmed(key);
      const { kind } = await acquire(options, held, key, usedAt);
      if (kind === 'taken') options.lost(key);
      else if (!wasConfirmed && isConfirmed(key)) options.regained(key);
    }
  };
  const renewAll = coalesce(async () => {
    for (const key of inOrder(held))
      await queue(() => renew(key)).catch((error) =>
        options.log.warn('team', `A lease is not renewed and is tried again: ${describe(error)}`),
      );
  });
  const renewWhereConnected = (): void => {
    if (options.session()) void renewAll();
  };
  const timer = setInterval(renewWhereConnected, renewAfter).unref();
  return {
    acquire: (key, { overrule = false } = {}) => queue(() => acquire(options, held, key, performance.now(), overrule)),
    async isHeld(key) {
      // A released lease is empty.
      return ((await readLease(options, key))?.data.length ?? 0) > 0;
    },
    isConfirmed,
    doubt() {
      for (const [key, lease] of held) held.set(key, { ...lease, confirmed: undefined });
      renewWhereConnected();
    },
    async renewedAt(key) {
      return (await readLease(options, key))?.at;
    },
    release: (key, token) => queue(() => release(options, held, key, token)),
    async close() {
      clearInterval(timer);
      await queue(async () => {});
    },
  };
}

const isLasting = (key: string): boolean => key === receiverLease || key.startsWith(memberPrefix);

/** The held keys, that of the receiver first: hooks are repaired only while its lease is confirmed. */
function inOrder(held: ReadonlyMap<string, Held>): string[] {
  return [...held.keys()].sort((one, other) => Number(other === receiverLease) - Number(one === receiverLease));
}

async function readLease(options: LeasesOptions, key: string): Promise<BucketEntry | undefined> {
  return sessionOf(options).readKey(leaseBucketOf(options.team), key);
}

/** Throws offline. */
function sessionOf({ session }: LeasesOptions): BrokerSession {
  const current = session();
  if (!current) throw new RingbackError('offline', teamMessages.notConnected());
  return current;
}

async function acquire(
  options: LeasesState,
  held: Map<string, Held>,
  key: string,
  usedAt: number,
  overrule = false,
): Promise<Grant> {
  const session = sessionOf(options);
  const bucket = leaseBucketOf(options.team);
  const write = async (expected: number): Promise<number | undefined> =>
    session.writeKey(bucket, key, formatHolder(options, key), expected);
  const own = held.get(key);
  let confirmed = presentMoment();
  const renewed = own && (await write(own.revision));
  if (own && renewed !== undefined) return hold(held, key, { token: own.token, revision: renewed, usedAt, confirmed });
  for (let attempt = 0; attempt < mostAttempts; attempt += 1) {
    const entry = await session.readKey(bucket, key);
    const holder = entry && readHolder(options, key, entry.data);
    const isForeign = overrule && holder?.holder !== options.holder;
    if (holder && !isForeign && !isOwn(options, holder, own !== undefined || options.superseded.has(key))) {
      if (own) options.superseded.set(key, true);
      held.delete(key);
      return { kind: 'taken', computer: holder.computer };
    }
    confirmed = presentMoment();
    const revision = await write(entry?.revision ?? 0);
    // A renewal whose confirmation was lost goes on; whoever held it before a pause or a restart is another holder.
    if (revision === undefined) continue;
    options.superseded.delete(key);
    return hold(held, key, { token: own && holder ? own.token : revision, revision, usedAt, confirmed });
  }
  throw new RingbackError('offline', teamMessages.leaseContended());
}

/** A process that never held it takes it over from an earlier one of this computer. */
function isOwn({ holder, process }: LeasesState, found: Omit<Holder, 'key'>, hasHeld: boolean): boolean {
  return found.holder === holder && (!hasHeld || found.process === process);
}

function hold(held: Map<string, Held>, key: string, lease: Held): Grant {
  held.set(key, lease);
  return { kind: 'held', token: lease.token };
}

async function release(options: LeasesOptions, held: Map<string, Held>, key: string, token: number): Promise<void> {
  const own = held.get(key);
  if (own?.token !== token) return;
  held.delete(key);
  const session = options.session();
  if (!session) return;
  await session
    .writeKey(leaseBucketOf(options.team), key, new Uint8Array(), own.revision)
    .catch((error) => options.log.info('team', `A lease ends by itself: ${describe(error)}`));
}

function formatHolder({ holder, computer, teamKey, process }: LeasesState, key: string): Uint8Array {
  return encrypt(Buffer.from(JSON.stringify({ key, holder, computer, process } satisfies Holder)), teamKey);
}

/** Undefined for a lease that was released. What cannot be read is of somebody else. */
function readHolder({ teamKey }: LeasesOptions, key: string, data: Uint8Array): Omit<Holder, 'key'> | undefined {
  if (data.length === 0) return undefined;
  try {
    const holder = Holder.parse(JSON.parse(decrypt(data, teamKey).toString()));
    if (holder.key === key) return holder;
  } catch {
    // It is treated below like one of another key.
  }
  return { holder: '', computer: '?' };
}
