import { Interruption } from './failure.ts';
import type { FileResponse } from './file-fetch.ts';
import { headBytes } from './integrity/index.ts';
import type { Stall } from './stall.ts';

/** A response whose beginning has been looked at and is still to be read. */
export interface DownloadResponse {
  readonly status: number;
  readonly headers: Headers;
  /** Where it came from in the end. */
  readonly url: URL;
  /** The first bytes of an answer that is not the rest of a file. */
  readonly head: Uint8Array;
  /** There is nothing behind the head. */
  readonly complete: boolean;
  /** The next bytes, beginning with those of the head; undefined at the end. Throws Interruption where the connection breaks. */
  read(): Promise<Uint8Array | undefined>;
  close(): Promise<void>;
}

export async function openResponse(response: FileResponse, url: URL, stall: Stall): Promise<DownloadResponse> {
  const chunks = response.body?.[Symbol.asyncIterator]();
  const next = async (): Promise<Uint8Array | undefined> => {
    if (!chunks) return undefined;
    try {
      const { done, value } = await stall.during(chunks.next());
      return done === true ? undefined : value;
    } catch (error) {
      if (stall.signal.aborted) throw stall.signal.reason;
      throw new Interruption('The connection broke off.', { cause: error });
    }
  };
  const close = async (): Promise<void> => {
    stall.stop();
    // It has failed already where the connection broke.
    await chunks?.return?.().catch(() => {});
  };
  const first: Uint8Array[] = [];
  let size = 0;
  let complete = false;
  try {
    while (response.status !== 206 && size < headBytes && !complete) {
      const chunk = await next();
      if (chunk) first.push(chunk);
      else complete = true;
      size += chunk?.length ?? 0;
    }
  } catch (error) {
    await close();
    throw error;
  }
  return {
    status: response.status,
    headers: response.headers,
    url,
    head: Buffer.concat(first).subarray(0, headBytes),
    complete,
    read: async () => first.shift() ?? (complete ? undefined : next()),
    close,
  };
}
