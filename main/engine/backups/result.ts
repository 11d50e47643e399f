import type { BackupResult, BackupSupport } from '../connector/index.ts';
import { RingbackError } from '../errors.ts';
import { backupMessages, maskAddresses } from '../messages/index.ts';
import type { SecretStore } from '../storage/index.ts';
import { failedNotification, finishedNotification } from './notifications.ts';
import { adviceFields, type BackupRecord, problemFields, type Transitions, withoutProblem } from './records/index.ts';

/** In characters. */
const longestResult = 200_000;
const longestExcerpt = 300;

export interface ResultOptions {
  readonly transitions: Transitions;
  readonly secretStore: SecretStore;
  now(): number;
}

/** Moves a backup on by what the provider returned: the addresses of its files, or data; `also` is stored with it. */
export async function takeResult(
  record: BackupRecord,
  result: BackupResult,
  { requests }: Pick<BackupSupport, 'requests'>,
  { transitions, secretStore, now }: ResultOptions,
  also: Partial<BackupRecord> = {},
): Promise<void> {
  if (result.kind === 'data') {
    const expected = requests.find(({ id }) => id === record.request)?.givesData === true;
    const text = shorten(maskAddresses(JSON.stringify(result.data, undefined, 2) ?? 'null'), longestResult);
    const changes = { ...also, result: text };
    return expected
      ? transitions.finish(
          record,
          { ...changes, state: 'done', doneAt: now(), ...withoutProblem },
          finishedNotification,
        )
      : transitions.finish(record, { ...changes, ...unexpected(result.data) }, failedNotification);
  }
  if (result.urls.length === 0) throw new RingbackError('provider', backupMessages.noFileNamed());
  const { urls = null } = await secretStore.encrypt({ urls: JSON.stringify(result.urls) });
  await transitions.move(record, { ...also, state: 'resolved', urls, ...withoutProblem });
}

/** Data fails a request that is for files. */
function unexpected(data: unknown): Partial<BackupRecord> {
  const text = shorten(maskAddresses(typeof data === 'string' ? data : JSON.stringify(data)), longestExcerpt);
  return {
    state: 'failed',
    ...problemFields(backupMessages.dataInsteadOfFile({ text })),
    ...adviceFields(backupMessages.resumeOrRequest()),
  };
}

/** Bounds a text that is shown, and published at every change. */
function shorten(text: string, longest: number): string {
  return text.length <= longest ? text : `${text.slice(0, longest)}…`;
}
