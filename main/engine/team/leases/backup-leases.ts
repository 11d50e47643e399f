import { z } from 'zod';
import type { BrokerSession } from '../../broker.ts';
import { describe, type Log } from '../../log.ts';
import { days } from '../../timing/index.ts';
import { decrypt, encrypt } from '../keys/index.ts';
import { accountKey, backupBucketOf } from '../subjects.ts';
import type { Leases } from './leases.ts';

const mostBytes = 16 * 1024 ** 2;

/** The bucket of the latest backups; only the receiver may create it. */
export const backupBucket = (team: string) => ({ name: backupBucketOf(team), age: days(400), bytes: mostBytes });

const result = {
  computer: z.string(),
  bytes: z.number(),
  /** Whether its files were verified completely. */
  verified: z.boolean(),
  /** Where it is on that computer. */
  file: z.string(),
};
const StoredBackup = z.object({ key: z.string(), installation: z.string(), token: z.number(), ...result });
type StoredBackup = z.infer<typeof StoredBackup>;

/** A backup that another computer of the team made. */
interface MadeBackup extends Pick<StoredBackup, 'computer' | 'bytes' | 'verified' | 'file'> {
  /** Milliseconds since it was reported, by the clock of the server. */
  readonly age: number;
}

interface Claim {
  readonly account: string;
  /** Milliseconds between the backups of the schedule. */
  readonly period: number;
  /** That of the lease under which the backup was started; absent for a new one. */
  readonly token?: number | undefined;
}

export type ClaimResult =
  /** The server cannot be asked. */
  | { readonly kind: 'unknown' }
  | { readonly kind: 'held'; readonly token: number }
  | { readonly kind: 'taken'; readonly computer: string }
  | { readonly kind: 'made'; readonly backup: MadeBackup };

type Report = { readonly account: string; readonly token: number } & Omit<MadeBackup, 'age' | 'computer'>;

/** Which computer of the team makes the planned backup of an account that several of them have. */
export interface BackupLeases {
  /** Takes or confirms the account's lease: to be done before anything that only one computer may do. */
  claim(claim: Claim): Promise<ClaimResult>;
  /** Tells the others that it is made, and lets the lease go. False while the server cannot be asked. */
  report(report: Report): Promise<boolean>;
  release(account: string, token: number): Promise<void>;
}

interface BackupLeasesOptions {
  readonly team: string;
  readonly teamKey: string;
  readonly installation: string;
  readonly computer: string;
  readonly leases: Leases;
  readonly log: Log;
  session(): BrokerSession | undefined;
}

export function createBackupLeases(options: BackupLeasesOptions): BackupLeases {
  const { leases, log, session, teamKey } = options;
  const keyOf = (account: string): string => accountKey(teamKey, account);
  return {
    async claim(claim) {
      const current = session();
      if (!current) return { kind: 'unknown' };
      try {
        return await decide(options, current, keyOf(claim.account), claim);
      } catch (error) {
        log.warn('team', `Whether another computer makes the backup is not known: ${describe(error)}`);
        return { kind: 'unknown' };
      }
    },
    async report(report) {
      const current = session();
      const key = keyOf(report.account);
      try {
        if (!current || !(await store(options, current, key, report))) return false;
        await leases.release(leaseOf(key), report.token);
        return true;
      } catch (error) {
        log.warn('team', `The backup is not reported to the team and is tried again: ${describe(error)}`);
        return false;
      }
    },
    release: (account, token) => leases.release(leaseOf(keyOf(account)), token),
  };
}

const leaseOf = (key: string): string => `backup.${key}`;

async function decide(
  options: BackupLeasesOptions,
  session: BrokerSession,
  key: string,
  { period, token }: Claim,
): Promise<ClaimResult> {
  const { leases, installation } = options;
  const grant = await leases.acquire(leaseOf(key));
  if (grant.kind === 'taken') return grant;
  const latest = await readLatest(options, session, key);
  if (!latest || latest.installation === installation) return grant;
  const age = ((await leases.renewedAt(leaseOf(key))) ?? latest.at) - latest.at;
  // A new backup is due where the latest is older than half a period; one that was started, where no later one was made.
  if (token === undefined ? age >= period / 2 : latest.token <= token) return grant;
  await leases.release(leaseOf(key), grant.token);
  const { computer, bytes, verified, file } = latest;
  return { kind: 'made', backup: { computer, bytes, verified, file, age } };
}

/** False where others write at the same time. What is older than the latest is not stored. */
async function store(
  options: BackupLeasesOptions,
  session: BrokerSession,
  key: string,
  { account: _, ...report }: Report,
): Promise<boolean> {
  const { team, teamKey, installation, computer } = options;
  const latest = await readLatest(options, session, key);
  if (latest && latest.token > report.token) return true;
  const backup: StoredBackup = { key, installation, computer, ...report };
  const data = encrypt(Buffer.from(JSON.stringify(backup)), teamKey);
  return (await session.writeKey(backupBucketOf(team), key, data, latest?.revision ?? 0)) !== undefined;
}

/** What cannot be read counts as older than everything. */
async function readLatest({ team, teamKey }: BackupLeasesOptions, session: BrokerSession, key: string) {
  const entry = await session.readKey(backupBucketOf(team), key);
  if (!entry) return undefined;
  const { revision, at } = entry;
  const backup = parseBackup(entry.data, teamKey);
  const usable = backup?.key === key ? backup : undefined;
  const none = { installation: '', token: 0, computer: '', bytes: 0, verified: false, file: '' };
  return { ...(usable ?? none), revision, at: usable ? at : Number.NEGATIVE_INFINITY };
}

function parseBackup(data: Uint8Array, teamKey: string): StoredBackup | undefined {
  try {
    return StoredBackup.parse(JSON.parse(decrypt(data, teamKey).toString()));
  } catch {
    return undefined;
  }
}
