import type { Settings, TunnelStatus } from '../../../preload/contract.ts';
import type { Connections } from '../connections/index.ts';
import type { BackupResult, BackupSupport, Context } from '../connector/index.ts';
import { DownloadError } from '../download/index.ts';
import { certificateFault, RingbackError, toProblem } from '../errors.ts';
import { describe, type Log } from '../log.ts';
import type { NotificationRow, SecretStore } from '../storage/index.ts';
import type { BackupFetch } from './fetch.ts';
import { failedNotice, finishedNotice, timeoutAdvice } from './messages.ts';
import type { BackupRecord } from './record.ts';
import type { BackupRecords } from './records.ts';
import type { Step } from './runner.ts';

export interface BackupStepsOptions {
  readonly records: BackupRecords;
  readonly connections: Connections;
  readonly secretStore: SecretStore;
  readonly fetch: BackupFetch;
  settings(): Settings['backups'];
  tunnel(): TunnelStatus;
  /** Whether the way from outside is open this moment: then the network is there, too. */
  isReachable(): Promise<boolean>;
  /** True while the user wants to see no notifications. */
  silent(): boolean;
  now(): number;
  readonly log: Log;
  /** It came to its end, good or bad, and whatever is to be shown of it is queued. */
  ended(record: BackupRecord): void;
}

export interface BackupSteps {
  readonly step: Step;
  recover(record: BackupRecord, error: unknown, failures: number): Promise<number>;
}

const hour = 3600_000;
/** How long a request is tried to be made: the user may be waiting for it. */
const requestPatience = hour / 4;
/** In characters. */
const longestResult = 200_000;
const longestExcerpt = 300;
const retryFirst = 2_000;
const retryMost = 120_000;

/** What is done in each state of a backup. Every transition is on disk before the next step begins. */
export function createBackupSteps(options: BackupStepsOptions): BackupSteps {
  const { records, connections, secretStore, settings, tunnel, now, log } = options;

  /** Changes it unless something else moved it on meanwhile. */
  const moveOn = (
    { id, state }: BackupRecord,
    changes: Partial<BackupRecord>,
    noticeOf?: (record: BackupRecord, account: string, at: number) => NotificationRow,
  ): Promise<BackupRecord | undefined> =>
    records.change(
      id,
      (record) => (record.state === state ? changes : undefined),
      (record) =>
        noticeOf && !options.silent() ? { notice: noticeOf(record, accountOf(connections, record), now()) } : {},
    );
  const finish = async (...change: Parameters<typeof moveOn>): Promise<void> => {
    const record = await moveOn(...change);
    if (record && record.state === change[1].state) options.ended(record);
  };

  /** The provider, and what it is handed; ends with the work on this backup. */
  const open = ({ connection }: BackupRecord, signal: AbortSignal): { support: BackupSupport; context: Context } => {
    const { connector, context } = connections.open(connection);
    if (!connector.backups) throw new RingbackError('conflict', `${connector.title} makes no backups.`);
    return { support: connector.backups, context: { ...context, signal: AbortSignal.any([context.signal, signal]) } };
  };

  /** What is no file: the end of a request that may give such, the failure of one that is to give files. */
  const show = async (record: BackupRecord, data: unknown, givesData: boolean, said: Partial<BackupRecord>) => {
    const result = shorten(JSON.stringify(data, undefined, 2) ?? 'null', longestResult);
    if (givesData) {
      await finish(record, { ...said, state: 'done', result, doneAt: now(), problem: null }, finishedNotice);
      return;
    }
    const words = typeof data === 'string' ? data : JSON.stringify(data);
    const problem = `The provider gave no file, but this: ${shorten(words, longestExcerpt)}`;
    const advice = 'Go on to ask for the file once more, or request a new backup.';
    await finish(record, { ...said, state: 'failed', result, problem, advice }, failedNotice);
  };

  const take = async (
    record: BackupRecord,
    result: BackupResult,
    { requests }: BackupSupport,
    said: Partial<BackupRecord>,
  ): Promise<void> => {
    if (result.kind === 'data') {
      const givesData = requests.find(({ id }) => id === record.request)?.givesData === true;
      return show(record, result.data, givesData, said);
    }
    if (result.urls.length === 0) throw new RingbackError('provider', 'The provider named no file. Request it again.');
    const { urls } = await secretStore.encrypt({ urls: JSON.stringify(result.urls) });
    await moveOn(record, { ...said, state: 'resolved', urls: urls ?? null, problem: null });
  };

  const request: Step = async (record, signal) => {
    // The last process ended, or the connection, before an answer came: the provider may be at it all the same.
    if (record.postedAt !== null) {
      const problem = 'Ringback ended before the request was answered. The callback is waited for all the same.';
      await moveOn(record, { state: 'requested', problem });
      return 0;
    }
    const { support, context } = open(record, signal);
    const base = wayIn(tunnel());
    await moveOn(record, { base, postedAt: now(), problem: null });
    try {
      const result = await support.request(context, record.request, `${base}/in/${record.key}`);
      if (result) await take(record, result, support, { answered: true });
      else await moveOn(record, { state: 'requested', answered: true });
    } catch (error) {
      if (signal.aborted) throw error;
      if (!(error instanceof RingbackError) || error.code !== 'offline' || neverArrived(error)) {
        await moveOn(record, { postedAt: null });
        throw error;
      }
      const problem = `No answer came to the request: ${error.message} The callback is waited for all the same.`;
      await moveOn(record, { state: 'requested', problem });
    }
    return 0;
  };

  const wait: Step = async (record) => {
    // A clock that ran ahead must not make it wait for years.
    if ((record.postedAt ?? record.createdAt) > now()) await moveOn(record, { postedAt: now() });
    const left = (record.postedAt ?? record.createdAt) + settings().patienceHours * hour - now();
    if (left > 0) return left;
    const problem = `No callback came within ${hours(settings().patienceHours)}.`;
    const advice = timeoutAdvice(record, tunnel());
    await finish(record, { state: 'timed-out', problem, advice }, failedNotice);
    return 0;
  };

  const resolve: Step = async (record, signal) => {
    const { support, context } = open(record, signal);
    await take(record, await support.resolve(context, await unsealed(secretStore, record.handle)), support, {});
    return 0;
  };

  const place: Step = async (record) => {
    await moveOn(record, { state: 'downloading', folder: await options.fetch.folderFor(record) });
    return 0;
  };

  const fetch: Step = async (record, signal) => {
    const { support, context } = open(record, signal);
    await options.fetch.run(record, { support, context, signal });
    await finish(record, { state: 'done', doneAt: now(), problem: null, advice: null }, finishedNotice);
    return 0;
  };

  const steps: Partial<Record<BackupRecord['state'], Step>> = {
    created: request,
    requested: wait,
    'called-back': resolve,
    resolved: place,
    downloading: fetch,
  };

  /** A download that broke off again and again although the network is there has met a server that cannot do better. */
  const isPassing = async (error: unknown): Promise<boolean> => {
    if (!(error instanceof RingbackError) || error.code !== 'offline') return false;
    return !(error instanceof DownloadError) || !(await options.isReachable());
  };

  return {
    step: async (record, signal) => (await steps[record.state]?.(record, signal)) ?? 0,

    async recover(record, error, failures) {
      const patience = record.state === 'created' ? requestPatience : settings().patienceHours * hour;
      const mayPass = now() < record.since + patience && (await isPassing(error));
      if (error instanceof RingbackError && mayPass) {
        if (error.message !== record.problem) await moveOn(record, { problem: error.message });
        return Math.min(retryMost, retryFirst * 2 ** (failures - 1));
      }
      if (!(error instanceof RingbackError)) log.warn('backups', `Backup ${record.id}: ${describe(error)}`);
      const advice = isKept(error) ? 'What was fetched is kept: go on with it under Backups.' : null;
      await finish(record, { state: 'failed', problem: toProblem(error).message, advice }, failedNotice);
      return 0;
    },
  };
}

/** Throws "offline" while a callback could not come in. */
function wayIn({ provider, state, url, problem }: TunnelStatus): string {
  // An own address counts even while our echo does not return: some routers let nobody call home from inside.
  if (url !== undefined && (state === 'up' || (provider === 'fixed' && state === 'down'))) return url;
  if (provider === 'off') {
    throw new RingbackError('conflict', 'A backup is announced by a callback, and no tunnel is set. Choose one first.');
  }
  throw new RingbackError('offline', `The public address is not up yet. ${problem ?? 'It is being connected.'}`);
}

const neverArrivedCodes = ['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'ENETUNREACH', 'EHOSTUNREACH', 'ENETDOWN'];

/** Whether it is certain that the request did not reach the provider. */
function neverArrived(error: unknown): boolean {
  if (certificateFault(error) !== undefined) return true;
  for (let at = error; at instanceof Error; at = at.cause) {
    if ('code' in at && neverArrivedCodes.includes(String(at.code))) return true;
  }
  return false;
}

function isKept(error: unknown): boolean {
  return error instanceof DownloadError && ['interrupted', 'unverifiable', 'disk-full', 'disk'].includes(error.failure);
}

async function unsealed(secretStore: SecretStore, sealed: string | null): Promise<string> {
  const { text } = sealed === null ? {} : (await secretStore.decrypt({ text: sealed })).secrets;
  if (text !== undefined) return text;
  throw new RingbackError(
    'conflict',
    'What was called back can no longer be read (the key store changed). Request it again.',
  );
}

function accountOf(connections: Connections, { connection, title }: BackupRecord): string {
  return connections.list().find(({ id }) => id === connection)?.name ?? title;
}

/** It is shown, and told at every change. */
function shorten(text: string, longest: number): string {
  return text.length <= longest ? text : `${text.slice(0, longest)}…`;
}

function hours(count: number): string {
  return count === 1 ? 'an hour' : `${count} hours`;
}
