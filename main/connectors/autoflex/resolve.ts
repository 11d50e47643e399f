import type { BackupResult } from '../../engine/connector/index.ts';
import { RingbackError } from '../../engine/errors.ts';
import { call } from './call.ts';
import { missingResult, rejectionOf } from './error-response.ts';
import { autoflexMessages } from './messages.ts';
import { pauses, type Session } from './pauses.ts';
import { retryOf } from './query.ts';
import { isSuccess, type ServerResponse } from './response.ts';
import { resultOf } from './result.ts';

/**
 * Fetches the result for the id of a callback. Polls `/webhook` for ten minutes while the result is not ready, and
 * retries five times while the id is unknown; then throws the server's error.
 */
export async function resolve(session: Session, handle: string): Promise<BackupResult> {
  const { lookupDelays, processing } = pauses;
  let waited = 0;
  let misses = 0;
  for (let attempts = 0; ; attempts += 1) {
    const lookup = await lookUp(session, handle);
    if ('result' in lookup) return lookup.result;
    if (lookup.isMiss) misses += 1;
    if (lookup.isMiss ? misses > lookupDelays.length : waited >= processing) throw lookup.failure;
    const milliseconds = lookup.retry ?? lookupDelays[Math.min(attempts, lookupDelays.length - 1)] ?? 0;
    waited += milliseconds;
    await session.wait(milliseconds, session.context.signal);
  }
}

type Lookup = { readonly result: BackupResult } | Miss;

interface Miss {
  /** True where the id is unknown or the server did not respond; false where the result is not ready. */
  readonly isMiss: boolean;
  /** The error that is thrown after the last attempt. */
  readonly failure: RingbackError;
  /** Milliseconds until the next attempt. */
  readonly retry?: number;
}

async function lookUp(session: Session, handle: string): Promise<Lookup> {
  const { context } = session;
  try {
    const path = `/webhook?${new URLSearchParams({ id: handle })}`;
    const { reply, grant } = await call(session, { method: 'GET', path });
    const hidden = [handle, grant.token];
    const missing = missingResult(reply, context, hidden);
    if (!isSuccess(reply)) return missOf(reply, missing, rejectionOf(reply, context, hidden));
    const result = resultOf(reply.body, grant.base);
    const isAtWork = reply.status === 202 || reply.retry !== undefined || result === 'empty';
    if (typeof result === 'object' && (result.kind === 'files' || !isAtWork)) return { result };
    return isAtWork ? atWork(reply) : { isMiss: true, failure: missing };
  } catch (error) {
    if (error instanceof RingbackError && error.code === 'offline') return { isMiss: true, failure: error };
    throw error;
  }
}

/** Throws errors for which a retry is useless. */
function missOf({ status }: ServerResponse, missing: RingbackError, rejection: RingbackError): Miss {
  if (status === 404 || status === 400 || status === 410) return { isMiss: true, failure: missing };
  if (status >= 500 || status === 408) return { isMiss: true, failure: rejection };
  throw rejection;
}

function atWork(reply: ServerResponse): Miss {
  const failure = new RingbackError('provider', autoflexMessages.stillAtWork());
  return { isMiss: false, failure, ...(reply.retry === undefined ? {} : { retry: retryOf(reply) }) };
}
