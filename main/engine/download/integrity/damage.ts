import type { Message } from '../../messages/index.ts';
import { DownloadError } from '../failure.ts';

/** The failure of a file that no common tool could read completely. */
export function damaged(message: Message, cause?: unknown): DownloadError {
  return new DownloadError('damaged', message, cause === undefined ? {} : { cause });
}
