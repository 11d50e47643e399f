import type { Context } from '../../engine/connector/index.ts';
import { RingbackError } from '../../engine/errors.ts';
import { isRecent } from '../../engine/timing/index.ts';
import { contentOf } from '../answer-content.ts';
import { apiBase, baseOf } from './api-address.ts';
import { signInRejectionOf } from './error-response.ts';
import { autoflexMessages } from './messages.ts';
import { pauses, type Session } from './pauses.ts';
import { ask } from './query.ts';
import { isSuccess, memberOf, type ServerResponse } from './response.ts';

/** The token and the base URL for requests with it. */
export interface Grant {
  readonly token: string;
  /** Base URL without a trailing slash. */
  readonly base: string;
  /** The time of the sign-in, in milliseconds since 1970. */
  readonly since: number;
}

const memoryKey = 'autoflex grant';

/** The connection's grant, at most 25 minutes old and other than the `refused` one; concurrent callers share one request. */
export async function signIn(session: Session, refused?: Grant): Promise<Grant> {
  const { context } = session;
  const held = cachedGrant(context);
  if (held) {
    const grant = await held;
    if (grant !== refused && isRecent(grant.since, pauses.tokenLife, context.now())) return grant;
    if (cachedGrant(context) !== held) return signIn(session, refused);
  }
  const pending = authenticate(session);
  context.memory.set(memoryKey, pending);
  try {
    return await pending;
  } catch (error) {
    if (cachedGrant(context) === pending) context.memory.delete(memoryKey);
    throw error;
  }
}

function cachedGrant({ memory }: Context): Promise<Grant> | undefined {
  return memory.get(memoryKey) as Promise<Grant> | undefined;
}

/** The API expects the credentials in the query; a password may contain `+` and `&`. */
async function authenticate(session: Session): Promise<Grant> {
  const { context } = session;
  const { username = '', organization } = context.settings;
  const { apiKey = '', password = '' } = context.secrets;
  const query = new URLSearchParams({
    api_key: apiKey,
    username,
    password,
    ...(organization ? { organization_name: organization } : {}),
  });
  const since = context.now();
  const reply = await ask(session, {
    method: 'GET',
    url: `${baseOf(context)}/authenticate?${query}`,
    headers: { accept: 'application/json' },
    isReady: (answer) => answer.status !== 202 || tokenOf(answer) !== undefined,
  });
  const token = tokenOf(reply);
  if (token !== undefined && isSuccess(reply)) {
    return { token, base: apiBase(context, memberOf(reply.body, 'api_url')), since };
  }
  if (reply.status !== 202 && reply.status >= 200 && reply.status < 300) {
    const { host } = new URL(baseOf(context));
    throw new RingbackError('provider', autoflexMessages.noToken({ host, ...contentOfReply(reply) }));
  }
  throw signInRejectionOf(reply, context);
}

/** The content of a response whose body is a trimmed text where it is not JSON. */
function contentOfReply({ body }: ServerResponse): ReturnType<typeof contentOf> {
  return contentOf(typeof body === 'string' ? { text: body, body: undefined } : { text: JSON.stringify(body), body });
}

/** The token in any known form, where it is valid in a header. */
function tokenOf({ body }: ServerResponse): string | undefined {
  const token = memberOf(body, 'token') ?? memberOf(memberOf(body, 'data'), 'token');
  return typeof token === 'string' && /^[\x21-\x7e]+$/.test(token) ? token : undefined;
}
