import type { HTTPError } from 'ky';
import type { Context } from '../engine/connector/index.ts';
import { certificateFault, RingbackError } from '../engine/errors.ts';
import { networkMessages } from '../engine/messages/index.ts';
import { networkFailure } from '../engine/requests/index.ts';
import { retryAfterOf } from '../engine/timing/index.ts';

export interface Exchange {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  /** Milliseconds for the only attempt, where the request must not be repeated. */
  readonly once?: number;
  /** Limit of the response body in bytes, 16 MiB where absent; a longer one is an error. */
  readonly most?: number;
}

/** A response with its body, whatever its status. */
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** The body as received; after a retried status, JSON is serialized again. */
  readonly bytes: Uint8Array;
  /** The text parsed as JSON; undefined where it is not JSON. */
  readonly body: unknown;
}

const second = 1000;
const retries = 2;
const attemptTimeout = 15 * second;
/** Milliseconds for all attempts and the delays between them. */
const timeout = 90 * second;
/** Quotas are counted by the minute; a longer Retry-After is reported to the user instead. */
const longestWait = 60 * second;
/** Far above any list of hooks, events or files that Ringback requests. */
const largestAnswer = 16 * 1024 * 1024;
const retriedStatuses = [408, 429, 502, 503, 504];

/** Loading ky creates requests, for which Node loads its own HTTP client; a host without connections needs neither. */
const loadClient = (): Promise<typeof import('ky')> => import('ky');

/**
 * Sends one request. Unless `once` is given, it is repeated twice at most after 408, 429, 502, 503, 504 and network
 * errors, and never sooner than Retry-After says, so it must be safe to repeat. Throws "offline", naming the host,
 * where there is no response.
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
        // Redirects are not followed, because the credentials are for this host only.
        redirect: 'manual',
        cache: 'no-store',
        // ky reads the body of a response that it throws; any other is read here, with its own limit.
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

/** The response to the last attempt, whose body ky has read already (10 MiB at most). */
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

/** The wait in Retry-After in milliseconds; 0 without the header. */
function requestedWait({ response }: HTTPError): number {
  return retryAfterOf(response.headers, Date.now()) ?? 0;
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
