import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { parseUpdateInfo } from 'electron-updater/out/providers/Provider.js';
import { isSafeAddress } from '../../../preload/contract/index.ts';
import { RingbackError } from '../../engine/errors.ts';
import { updateMessages } from '../../engine/messages/index.ts';
import type { Ports } from '../../engine/ports.ts';

/** The HTTP executor for electron-updater, without partial downloads. */
interface UpdateRequests {
  /** Loads the list of versions. */
  request(target: RequestTarget): Promise<string>;
  /** Downloads a file, whose SHA-512 must be the one in the list. */
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

/** The download in progress. */
export interface CurrentDownload {
  readonly version: string;
  readonly signal: AbortSignal;
  /** Bytes of the largest file in the list, where it contains sizes. */
  readonly largest?: number | undefined;
  progress(percent: number): void;
}

/** Characters. */
const largestList = 1_000_000;
/** Characters of all names and texts in it with its aliases resolved; any other value counts as one. */
const largestPrint = 10 * largestList;
const largestFile = 2_000_000_000;
/** Timeout of the list of versions, in milliseconds. */
const listTimeout = 30_000;
const redirectStatuses = [301, 302, 303, 307, 308];
const mostRedirects = 5;

/** Sends electron-updater's requests through the host's network port, and verifies what arrives. */
export function createUpdateRequests(fetch: Ports['fetch'], current: () => CurrentDownload): UpdateRequests {
  return {
    async request({ protocol = 'https:', hostname = '', port, path = '/' }) {
      const url = `${protocol}//${hostname}${port ? `:${port}` : ''}${path}`;
      const list = await get(fetch, url, AbortSignal.timeout(listTimeout))
        .then(readList)
        .catch((cause: unknown) => {
          throw new RingbackError('offline', updateMessages.feedUnreachable(), { cause });
        });
      try {
        requirePrintable(list, url);
      } catch (cause) {
        throw new RingbackError('conflict', updateMessages.feedDamaged(), { cause });
      }
      return list;
    },
    async download(url, file, { sha512 }) {
      const { version, signal, largest = largestFile, progress } = current();
      try {
        const response = await get(fetch, url.href, signal);
        const actual = await writeFile(response, file, { progress, limit: Math.min(largest, largestFile) });
        if (actual === sha512) return;
      } catch (cause) {
        throw new RingbackError('conflict', downloadFailure(cause, version), { cause });
      }
      throw new RingbackError('conflict', updateMessages.tampered({ version }));
    },
  };
}

/** Requests https URLs only, also after redirects; plain http only on this computer, and never after https. */
async function get(fetch: Ports['fetch'], url: string, signal: AbortSignal): Promise<Response> {
  let target = safeAddress(url);
  for (let count = 0; count <= mostRedirects; count += 1) {
    const response = await fetch(target.href, { signal, redirect: 'manual', cache: 'no-store', credentials: 'omit' });
    if (response.ok && response.body !== null) return response;
    await response.body?.cancel();
    const location = response.headers.get('location');
    if (!redirectStatuses.includes(response.status) || location === null) {
      throw new Error(`${target.host} answered with ${response.status}`);
    }
    target = safeAddress(location, target);
  }
  throw new Error(`${new URL(url).host} redirects more than ${mostRedirects} times`);
}

function safeAddress(address: string, from?: URL): URL {
  const url = new URL(address, from);
  const isAllowed = isSafeAddress(`${url.origin}${url.pathname}`) && url.username === '' && url.password === '';
  if (!isAllowed || (from?.protocol === 'https:' && url.protocol !== 'https:')) {
    throw new Error(`not an https address: ${url.origin}`);
  }
  return url;
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

/**
 * Throws where the list is no YAML, or becomes far too long with its aliases resolved: an alias (`*name`) repeats a value
 * of any size, which may contain further aliases.
 */
function requirePrintable(list: string, url: string): void {
  let length = 0;
  JSON.stringify(parseUpdateInfo(list, 'the list of versions', new URL(url)), (key, value: unknown) => {
    length += key.length + (typeof value === 'string' ? value.length : 1);
    if (length > largestPrint) throw new Error('the list of versions repeats its values too often');
    return value;
  });
}

interface WriteOptions {
  /** Bytes. */
  readonly limit: number;
  progress(percent: number): void;
}

/** Writes the response to a file; resolves with its SHA-512 in Base64. */
async function writeFile(response: Response, file: string, { limit, progress }: WriteOptions): Promise<string> {
  const total = Number(response.headers.get('content-length') ?? 0);
  const hash = createHash('sha512');
  let bytes = 0;
  const chunks = Readable.fromWeb(response.body as Parameters<typeof Readable.fromWeb>[0]);
  const measured = async function* (source: AsyncIterable<Uint8Array>) {
    for await (const chunk of source) {
      bytes += chunk.length;
      if (bytes > limit) throw new Error('the file is larger than the list says');
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
