import { networkMessages } from '../messages/index.ts';
import { describeUnreachable } from '../requests/index.ts';
import { hours, retryAfterOf, seconds } from '../timing/index.ts';
import { SinkFailure } from './outgoing.ts';

interface PostOptions {
  readonly fetch: typeof globalThis.fetch;
  readonly url: string;
  readonly json: object;
  /** The same at every attempt. */
  readonly id: string;
  readonly token?: string | undefined;
  readonly signal: AbortSignal;
}

const timeout = seconds(10);
/** These say that the message itself is wrong; after all others the user may still put it right. */
const finalStatuses: readonly number[] = [400, 413, 415, 422];
/** These say that the token or the address is wrong. */
const deniedStatuses: readonly number[] = [401, 403, 404, 410];
/** The longest wait that is granted to the other side. */
const longestRetryAfter = hours(1);

/** Sends JSON once. Redirects are not followed. */
export async function post({ fetch, url, json, id, token, signal }: PostOptions): Promise<void> {
  const response = await fetch(url, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'idempotency-key': id,
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
    },
    body: JSON.stringify(json),
    redirect: 'manual',
    signal: AbortSignal.any([signal, AbortSignal.timeout(timeout)]),
  }).catch((cause: unknown) => {
    throw new SinkFailure(describeUnreachable(cause), { cause });
  });
  await response.body?.cancel().catch(() => {});
  const { status, ok, headers } = response;
  if (ok) return;
  throw new SinkFailure(networkMessages.status({ status }), {
    isFinal: finalStatuses.includes(status),
    isDenied: deniedStatuses.includes(status),
    retryAfter: boundedRetryAfter(headers),
  });
}

function boundedRetryAfter(headers: Headers): number | undefined {
  const wait = retryAfterOf(headers, Date.now());
  return wait === undefined ? undefined : Math.min(wait, longestRetryAfter);
}
