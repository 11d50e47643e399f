import { constants, unzipSync } from 'node:zlib';
import { isEncoded } from './content-range.ts';
import { DownloadError, Interruption } from './failure.ts';
import { headBytes, impostorReason } from './integrity/index.ts';
import type { DownloadResponse } from './response.ts';

/** What an answer is worth. */
export type Verdict = 'file' | Interruption | FinalFailure;

export interface FinalFailure {
  /** What to say where nothing helps. */
  readonly error: DownloadError;
  readonly credentialsMayHelp: boolean;
  readonly renewalMayHelp: boolean;
}

const second = 1000;

export function judgeResponse(answer: DownloadResponse): Verdict {
  const { status, headers } = answer;
  if (status === 206 || status === 416) return 'file';
  if (status === 200) return judgeContent(answer);
  if (status === 202) return later(answer, 5 * second, 'The server is still preparing the file.');
  if (status === 429) return later(answer, 60 * second, 'The server asks us to slow down (429).');
  if (status === 408 || status === 425 || status >= 500) {
    return later(answer, 0, `The server is in trouble (${status}).`);
  }
  if (status === 401 || status === 403) return refused(status);
  if (status === 404 || status === 410) {
    return {
      error: new DownloadError('expired', `The download address has expired (${status}). Request the backup again.`),
      credentialsMayHelp: false,
      renewalMayHelp: true,
    };
  }
  const words = headers.get('location') === null ? '' : ' with a redirect we cannot follow';
  const error = new DownloadError('not-a-backup', `The server answered ${status}${words} instead of sending a backup.`);
  return { error, credentialsMayHelp: false, renewalMayHelp: false };
}

function judgeContent({ head, complete, headers }: DownloadResponse): Verdict {
  // What is packed for the way is looked at as it will be read.
  const plain = isEncoded(headers) ? unpacked(head) : head;
  const reason = impostorReason(plain, complete, headers.get('content-type'));
  if (reason === undefined) return 'file';
  return { error: new DownloadError('not-a-backup', reason), credentialsMayHelp: true, renewalMayHelp: false };
}

/** As much of it as the beginning holds; the bytes themselves where they cannot be unpacked. */
function unpacked(head: Uint8Array): Uint8Array {
  const options = { finishFlush: constants.Z_SYNC_FLUSH, maxOutputLength: 16 * 1024 * 1024 };
  try {
    return unzipSync(head, options).subarray(0, headBytes);
  } catch {
    return head;
  }
}

function refused(status: 401 | 403): FinalFailure {
  const next = 'Check the connection, then request the backup again.';
  return {
    error: new DownloadError('refused', `The server refused to hand out the file (${status}). ${next}`),
    credentialsMayHelp: true,
    renewalMayHelp: status === 403,
  };
}

const longestWait = 15 * 60 * second;

/** Never sooner than the server says: in Retry-After, or in a JSON member `retry` in milliseconds. */
function later({ head, headers }: DownloadResponse, usual: number, message: string): Interruption | FinalFailure {
  const wait = retryAfter(headers) ?? retryMember(head) ?? usual;
  if (wait <= longestWait) return new Interruption(message, { wait });
  const minutes = Math.ceil(wait / 60_000);
  const error = new DownloadError('interrupted', `${message} It asks us to come back in ${minutes} minutes.`);
  return { error, credentialsMayHelp: false, renewalMayHelp: false };
}

function retryAfter(headers: Headers): number | undefined {
  const text = headers.get('retry-after');
  if (text === null) return undefined;
  const wait = /^\d+$/.test(text) ? Number(text) * second : Date.parse(text) - Date.now();
  return Number.isNaN(wait) ? undefined : Math.max(wait, 0);
}

function retryMember(head: Uint8Array): number | undefined {
  try {
    const wait = Number(JSON.parse(Buffer.from(head).toString()).retry);
    return wait > 0 ? Math.min(Math.max(wait, second), 60 * second) : undefined;
  } catch {
    return undefined;
  }
}
