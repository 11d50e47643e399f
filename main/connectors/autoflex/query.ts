import { RingbackError } from '../../engine/errors.ts';
import { retryAfterOf } from '../../engine/timing/index.ts';
import { type Answer, type Exchange, exchange } from '../http.ts';
import { autoflexMessages } from './messages.ts';
import { pauses, repetitions, type Session } from './pauses.ts';
import { type ServerResponse, toReply } from './response.ts';

const redirects = 5;

export interface Query extends Omit<Exchange, 'once'> {
  /** Whether the response is final; other 202s are requested again after a delay. When absent, all are final. */
  readonly isReady?: (reply: ServerResponse) => boolean;
}

/** Sends a request, up to five times more after 429 or "not ready"; returns the last response whatever its status. */
export async function ask(session: Session, { isReady = () => true, ...request }: Query): Promise<ServerResponse> {
  const { context, wait } = session;
  for (let repeated = 0; ; repeated += 1) {
    const reply = toReply(await follow(session, request));
    const milliseconds = reply.status === 429 ? backOff(reply, context.now()) : isReady(reply) ? 0 : retryOf(reply);
    if (milliseconds === 0 || repeated === repetitions) return reply;
    await wait(milliseconds, context.signal);
  }
}

/** The delay before the next attempt in milliseconds, within bounds. */
export function retryOf({ retry = pauses.notReady }: ServerResponse): number {
  return Math.min(Math.max(retry, pauses.shortestRetry), pauses.longestRetry);
}

/** The delay after a 429 in milliseconds; 0 where the server requests more than `longestLimited`. */
function backOff(reply: ServerResponse, now: number): number {
  const requested = Math.max(retryAfterOf(reply.headers, now) ?? pauses.limited, pauses.shortestRetry);
  return requested > pauses.longestLimited ? 0 : requested;
}

/** Follows redirects within the same origin only, because the credentials and the token must reach no other. */
async function follow({ context }: Session, request: Exchange): Promise<Answer> {
  let { url } = request;
  for (let followed = 0; ; followed += 1) {
    const answer = await exchange(context, { ...request, url, once: pauses.attempt });
    const target = targetOf(answer, request, url);
    if (target === undefined || followed === redirects) return answer;
    if (target.origin !== new URL(url).origin) throw foreignRedirect(new URL(url), target);
    url = target.href;
  }
}

function targetOf({ status, headers }: Answer, { method }: Exchange, url: string): URL | undefined {
  const statuses = method === 'GET' ? [301, 302, 303, 307, 308] : [307, 308];
  const location = statuses.includes(status) ? headers.get('location') : null;
  return location === null ? undefined : (URL.parse(location, url) ?? undefined);
}

function foreignRedirect(from: URL, to: URL): RingbackError {
  const target = `${to.protocol}//${to.host}`;
  return new RingbackError('provider', autoflexMessages.sentElsewhere({ host: from.host, target }));
}
