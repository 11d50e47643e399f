import type { HTTPError } from 'ky';
import type { Context } from '../engine/connector/index.ts';
import { certificateFault, RingbackError } from '../engine/errors.ts';
import { networkMessages } from '../engine/messages/index.ts';
import { networkFailure } from '../engine/requests/index.ts';

export interface Exchange {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  /** One attempt of so many milliseconds, for a request that must not be repeated by itself. */
  readonly once?: number;
  /** Bytes of an answer that are read at most, 16 MiB when absent; more is a failure. */
  readonly most?: number;
}

/** Any answer at all, whatever its status. */
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** As it came. */
  readonly bytes: Uint8Array;
  /** The text as JSON; undefined where it is none. */
  readonly body: unknown;
}

const second = 1000;
const retries = 2;
const attemptTimeout = 15 * second;
/** For all attempts and the waiting between them. */
const timeout = 90 * second;
/** Quotas are counted by the minute; a longer wait is reported to the user instead. */
const longestWait = 60 * second;
/** No list of hooks, events or files that Ringback requests comes near it. */
const largestAnswer = 16 * 1024 * 1024;
const retriedStatuses = [408, 429, 502, 503, 504];

/** It creates requests as it is loaded, for which Node loads a client of its own: a host without connections needs neither. */
const loadClient = (): Promise<typeof import('ky')> => import('ky');

/**
 * Sends one request, unless `once` again after 408, 429, 502, 503, 504 and network errors, and never sooner than Retry-After says.
 * Every other request must bear being repeated. Throws "offline", naming the host, where no answer came.
 */
export async function exchange(context: Context, { url, once, most, ...request }: Exchange): Promise<Answer> {
  const { default: send, HTTPError, TimeoutError } = await loadClient();
  const waitOf = (error: unknown): number => (error instanceof HTTPError ? requestedWait(error) : 0);
  const deadline = AbortSignal.timeout(timeout);
  try {
    return await toAnswer(
      await send(url, {
        ...request,
        fetch: (input, init) => context.fetch(input, init),
        // The sign-in is for this host alone.
        redirect: 'manual',
        cache: 'no-store',
        // ky reads the body of what it throws; any other answer is read here, with its own bound.
        throwHttpErrors: (status) => once === undefined && retriedStatuses.includes(status),
        signal: AbortSignal.any([context.signal, deadline]),
        timeout: once ?? attemptTimeout,
        retry: {
          limit: once === undefined ? retries : 0,
          methods: ['get', 'post', 'put', 'patch', 'delete'],
          statusCodes: retriedStatuses,
          afterStatusCodes: retriedStatuses,
          retryOnTimeout: true,
          jitter: true,
          shouldRetry: ({ error }) => (waitOf(error) > longestWait ? false : undefined),
        },
      }),
      most,
    );
  } catch (error) {
    if (error instanceof RingbackError) throw error;
    if (error instanceof HTTPError) return toErrorAnswer(error);
    return unreachable(context, url, error, deadline.aborted || error instanceof TimeoutError);
  }
}

async function toAnswer(response: Response, most = largestAnswer): Promise<Answer> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body ?? []) {
    size += chunk.byteLength;
    if (size > most) {
      const { host } = new URL(response.url);
      throw new RingbackError('provider', networkMessages.responseTooLong({ host, limit: most }));
    }
    chunks.push(chunk);
  }
  return readAnswer(response, new Uint8Array(Buffer.concat(chunks)));
}

/** The answer after the last attempt, whose body ky has read already (10 MiB at most). */
function toErrorAnswer({ response, data }: HTTPError): Answer {
  const text = typeof data === 'string' ? data : (JSON.stringify(data) ?? '');
  return readAnswer(response, new TextEncoder().encode(text));
}

function readAnswer({ status, headers }: Response, bytes: Uint8Array): Answer {
  const text = new TextDecoder().decode(bytes);
  return { status, headers, text, bytes, body: parse(text) };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Milliseconds the answer asks to wait. */
function requestedWait({ response }: HTTPError): number {
  const header = response.headers.get('retry-after');
  return header === null ? 0 : Number(header) * second || Date.parse(header) - Date.now() || 0;
}

function unreachable(context: Context, url: string, error: unknown, late: boolean): never {
  const { host } = new URL(url);
  if (context.signal.aborted) throw new RingbackError('offline', networkMessages.closing({ host }));
  if (late) throw new RingbackError('offline', networkMessages.timeout({ host }));
  const failure = { host, ...networkFailure(error) };
  const isUntrusted = certificateFault(error) !== undefined;
  const message = isUntrusted ? networkMessages.untrusted(failure) : networkMessages.unreachable(failure);
  throw new RingbackError('offline', message, { cause: error });
}
