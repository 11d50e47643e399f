import { downloadMessages, type Message, withCause } from '../messages/index.ts';
import { retryAfterOf } from '../timing/index.ts';
import { DownloadError, Interruption } from './failure.ts';
import { nonFileReason } from './integrity/index.ts';
import type { DownloadResponse } from './response.ts';

/** Whether a response brings a file, is worth another attempt, or ends the download. */
export type Verdict = 'file' | Interruption | FinalFailure;

interface FinalFailure {
  /** The failure of the download where neither credentials nor a new address help. */
  readonly error: DownloadError;
  readonly credentialsMayHelp: boolean;
  readonly renewalMayHelp: boolean;
}

const second = 1000;

/** `failureWords` are those of the provider, in plain text. */
export function judgeResponse(response: DownloadResponse, failureWords: readonly string[]): Verdict {
  const { status, headers } = response;
  if (status === 206 || status === 416) return 'file';
  if (status === 200) return judgeContent(response, failureWords);
  if (status === 202) return retryLater(response, 5 * second, downloadMessages.preparing());
  if (status === 429) return retryLater(response, 60 * second, downloadMessages.rateLimited());
  if (status === 408 || status === 425 || status >= 500) {
    return retryLater(response, 0, downloadMessages.serverFailed({ status }));
  }
  if (status === 401 || status === 403) return accessDenied(status);
  if (status === 404 || status === 410) {
    const error = new DownloadError('expired', downloadMessages.addressExpired({ status }));
    return { error, credentialsMayHelp: false, renewalMayHelp: true };
  }
  const redirects = headers.get('location') !== null;
  return notABackup(
    redirects ? downloadMessages.unusableRedirect({ status }) : downloadMessages.unexpectedStatus({ status }),
    false,
  );
}

function judgeContent(
  { head, complete, headers }: DownloadResponse,
  failureWords: readonly string[],
): 'file' | FinalFailure {
  const reason = nonFileReason({ bytes: head, complete, contentType: headers.get('content-type'), failureWords });
  return reason === undefined ? 'file' : notABackup(reason, true);
}

function notABackup(message: Message, credentialsMayHelp: boolean): FinalFailure {
  return { error: new DownloadError('not-a-backup', message), credentialsMayHelp, renewalMayHelp: false };
}

function accessDenied(status: 401 | 403): FinalFailure {
  return {
    error: new DownloadError('refused', downloadMessages.accessDenied({ status })),
    credentialsMayHelp: true,
    renewalMayHelp: status === 403,
  };
}

const longestWait = 15 * 60 * second;

/** Never sooner than the server says: in Retry-After, or in a JSON member `retry` in milliseconds. */
function retryLater({ head, headers }: DownloadResponse, usual: number, message: Message): Interruption | FinalFailure {
  const wait = retryAfterOf(headers, Date.now()) ?? retryMember(head) ?? usual;
  if (wait <= longestWait) return new Interruption(message, { wait });
  const later = downloadMessages.retryLater({ minutes: Math.ceil(wait / 60_000) });
  const error = new DownloadError('interrupted', withCause(message, { message: later.text, reason: later }));
  return { error, credentialsMayHelp: false, renewalMayHelp: false };
}

function retryMember(head: Uint8Array): number | undefined {
  try {
    const wait = Number(JSON.parse(Buffer.from(head).toString()).retry);
    return wait > 0 ? Math.min(Math.max(wait, second), 60 * second) : undefined;
  } catch {
    return undefined;
  }
}
