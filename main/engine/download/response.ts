import { RingbackError } from '../errors.ts';
import { downloadMessages } from '../messages/index.ts';
import type { FileResponse } from '../requests/index.ts';
import { decodeResponse, undoTransferCodings } from './content-coding.ts';
import { acceptChanged, withWholeFile } from './content-range.ts';
import { Interruption } from './failure.ts';
import { headBytes } from './integrity/index.ts';
import type { Stall } from './stall.ts';

/** A response whose beginning has been read and whose body is still to come. */
export interface DownloadResponse {
  readonly status: number;
  readonly headers: Headers;
  /** Its own address, after all redirects. */
  readonly url: URL;
  /** The first bytes; none of a 206. */
  readonly head: Uint8Array;
  /** Nothing follows the head. */
  readonly complete: boolean;
  /** The content codings that were undone. */
  readonly codings: readonly string[];
  /** The next bytes, including the head; undefined at the end. Throws Interruption if the connection is lost. */
  read(): Promise<Uint8Array | undefined>;
  close(): Promise<void>;
}

export async function openResponse(received: FileResponse, url: URL, stall: Stall): Promise<DownloadResponse> {
  const response = decodeResponse(withWholeFile(undoTransferCodings(acceptChanged(received))));
  const { status, headers, codings } = response;
  const body = readBody(response, stall);
  try {
    const { chunks, complete } = await readHead(status, body.next);
    return {
      ...{ status, headers, url, complete, codings },
      head: Buffer.concat(chunks).subarray(0, headBytes),
      read: async () => chunks.shift() ?? (complete ? undefined : body.next()),
      close: body.close,
    };
  } catch (error) {
    await body.close();
    throw error;
  }
}

interface Body {
  next(): Promise<Uint8Array | undefined>;
  close(): Promise<void>;
}

function readBody({ body }: FileResponse, stall: Stall): Body {
  const chunks = body?.[Symbol.asyncIterator]();
  return {
    async next() {
      if (!chunks) return undefined;
      try {
        const { done, value } = await stall.during(chunks.next());
        return done === true ? undefined : value;
      } catch (error) {
        if (stall.signal.aborted) throw stall.signal.reason;
        if (error instanceof Interruption || error instanceof RingbackError) throw error;
        throw new Interruption(downloadMessages.connectionLost(), { cause: error });
      }
    },
    async close() {
      stall.stop();
      // Rejects where the connection was lost, which `read` has reported.
      await chunks?.return?.().catch(() => {});
    },
  };
}

async function readHead(
  status: number,
  next: Body['next'],
): Promise<{ readonly chunks: Uint8Array[]; readonly complete: boolean }> {
  const chunks: Uint8Array[] = [];
  for (let size = 0; status !== 206 && size < headBytes; ) {
    const chunk = await next();
    if (!chunk) return { chunks, complete: true };
    chunks.push(chunk);
    size += chunk.length;
  }
  return { chunks, complete: false };
}
