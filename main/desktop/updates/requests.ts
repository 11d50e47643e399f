import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { isSafeAddress } from '../../../preload/contract/index.ts';
import { RingbackError } from '../../engine/errors.ts';
import { updateMessages } from '../../engine/messages/index.ts';
import type { Ports } from '../../engine/ports.ts';

/** What electron-updater asks of its HTTP executor, without partial downloads. */
interface UpdateRequests {
  /** Reads the list of versions. */
  request(target: RequestTarget): Promise<string>;
  /** Writes a file whose SHA-512 must be the one of the list. */
  download(url: URL, file: string, expected: ExpectedFile): Promise<void>;
}

interface RequestTarget {
  readonly protocol?: string;
  readonly hostname?: string;
  readonly port?: number | string | null;
  readonly path?: string;
}

interface ExpectedFile {
  /** In Base64. */
  readonly sha512?: string | null;
}

/** The download that is in progress. */
export interface CurrentDownload {
  readonly version: string;
  readonly signal: AbortSignal;
  progress(percent: number): void;
}

const largestList = 1_000_000;
const largestFile = 2_000_000_000;
/** Milliseconds to wait for the list of versions. */
const listTimeout = 30_000;

/** Sends the requests of electron-updater through the network port of the host, and checks what arrives. */
export function createUpdateRequests(fetch: Ports['fetch'], current: () => CurrentDownload): UpdateRequests {
  return {
    async request({ protocol = 'https:', hostname = '', port, path = '/' }) {
      const url = `${protocol}//${hostname}${port ? `:${port}` : ''}${path}`;
      try {
        const response = await get(fetch, url, AbortSignal.timeout(listTimeout));
        return await readList(response);
      } catch (cause) {
        throw new RingbackError('offline', updateMessages.feedUnreachable(), { cause });
      }
    },
    async download(url, file, { sha512 }) {
      const { version, signal, progress } = current();
      try {
        const response = await get(fetch, url.href, signal);
        const actual = await writeFile(response, file, progress);
        if (actual === sha512) return;
      } catch (cause) {
        throw new RingbackError('conflict', downloadFailure(cause, version), { cause });
      }
      throw new RingbackError('conflict', updateMessages.tampered({ version }));
    },
  };
}

/** Only https, also after redirects; plain http on this computer alone. */
async function get(fetch: Ports['fetch'], url: string, signal: AbortSignal): Promise<Response> {
  requireSafe(url);
  const response = await fetch(url, { signal, cache: 'no-store', credentials: 'omit' });
  requireSafe(response.url);
  if (response.ok && response.body !== null) return response;
  await response.body?.cancel();
  throw new Error(`${new URL(url).host} answered with ${response.status}`);
}

function requireSafe(url: string): void {
  const { origin, pathname } = new URL(url);
  if (!isSafeAddress(`${origin}${pathname}`)) throw new Error(`not an https address: ${origin}`);
}

async function readList({ body }: Response): Promise<string> {
  const decoder = new TextDecoder();
  let text = '';
  for await (const chunk of body ?? []) {
    text += decoder.decode(chunk, { stream: true });
    if (text.length > largestList) throw new Error('the list of versions is too long');
  }
  return text + decoder.decode();
}

/** Gives the SHA-512 of what was written, in Base64. */
async function writeFile(response: Response, file: string, progress: (percent: number) => void): Promise<string> {
  const total = Number(response.headers.get('content-length') ?? 0);
  const hash = createHash('sha512');
  let bytes = 0;
  const chunks = Readable.fromWeb(response.body as Parameters<typeof Readable.fromWeb>[0]);
  const measured = async function* (source: AsyncIterable<Uint8Array>) {
    for await (const chunk of source) {
      bytes += chunk.length;
      if (bytes > largestFile) throw new Error('the file is too large');
      hash.update(chunk);
      if (total > 0) progress((bytes / total) * 100);
      yield chunk;
    }
  };
  await pipeline(chunks, measured, createWriteStream(file));
  return hash.digest('base64');
}

function downloadFailure(cause: unknown, version: string) {
  const isFull = cause instanceof Error && 'code' in cause && cause.code === 'ENOSPC';
  return isFull ? updateMessages.diskFull({ version }) : updateMessages.interrupted({ version });
}
