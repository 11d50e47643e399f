import { createHash } from 'node:crypto';
import type { Account, Connector, Context, Delivery, Reading, VerifiedDelivery } from '../../engine/connector/index.ts';
import { messageMembers } from '../../engine/messages/index.ts';
import { baseOf } from './api-address.ts';
import { call } from './call.ts';
import { rejectionOf } from './error-response.ts';
import { fields } from './fields.ts';
import { handleOf } from './handle.ts';
import { autoflexMessages } from './messages.ts';
import { pause, type Session, type Wait } from './pauses.ts';
import { requests, start } from './requests.ts';
import { resolve } from './resolve.ts';
import { isPutOff, isSuccess } from './response.ts';
import { signIn } from './sign-in.ts';

/**
 * Autoflex10, a dealer management system that calls back when the result of a long-running request is ready. `wait` can
 * be replaced in tests.
 */
export function createAutoflex({ wait = pause }: { readonly wait?: Wait } = {}): Connector {
  const session = (context: Context): Session => ({ context, wait });
  return {
    id: 'autoflex',
    title: 'Autoflex10',
    fields,
    check: (context) => check(session(context)),
    verify,
    read,
    backups: {
      requests,
      request: (context, request, callbackUrl) => start(session(context), request, callbackUrl),
      handle: handleOf,
      failureWords,
      resolve: (context, handle) => resolve(session(context), handle),
      address: (context) => baseOf(context),
      authorization: (context, url) => authorization(session(context), url),
    },
  };
}

/** Autoflex10 reports some errors as plain text in Dutch. */
const failureWords = ['fout', 'mislukt', 'niet gevonden', 'ongeldig', 'verlopen', 'geweigerd', 'geen toegang'];

export const autoflex = createAutoflex();

/** A successful sign-in is enough: not every Autoflex10 has the list. */
async function check(session: Session): Promise<Account> {
  const { context } = session;
  const { reply, grant } = await call(session, {
    method: 'GET',
    path: '/util/list?list=ordertypes',
    isReady: (answer) => !isPutOff(answer),
  });
  if (!isSuccess(reply) && reply.status !== 404) throw rejectionOf(reply, context, [grant.token]);
  const { username = '', organization } = context.settings;
  return { name: organization ? `${username} of ${organization}` : `${username} at ${new URL(baseOf(context)).host}` };
}

/**
 * Autoflex10 does not sign callbacks: the unguessable URL authenticates them, and the result is fetched with the
 * connection's own credentials.
 */
function verify(delivery: Delivery): VerifiedDelivery {
  const handle = handleOf(delivery);
  if (handle === undefined) return { genuine: true, verified: 'address' };
  // The delivery's id is a hash of the handle, because the handle gives access to the result.
  const deliveryId = createHash('sha256').update(handle).digest('hex').slice(0, 32);
  return { genuine: true, verified: 'address', deliveryId };
}

function read(delivery: Delivery): Reading {
  const { event } = delivery.hook;
  const result = requests.find(({ id }) => id === event)?.result ?? 'the result';
  const hasId = handleOf(delivery) !== undefined;
  const title = hasId ? autoflexMessages.ready({ request: event, result }) : autoflexMessages.triedWithoutId();
  return { event, ...messageMembers('title', title), outcome: 'info' };
}

/** Signs in again where needed: a download may start long after the last request, and its token is tried only once. */
async function authorization(session: Session, url: string): Promise<{ readonly token: string } | undefined> {
  const startedAt = session.context.now();
  const grant = await signIn(session);
  const origins = [baseOf(session.context), grant.base].map((base) => new URL(base).origin);
  if (!origins.includes(URL.parse(url)?.origin ?? '')) return undefined;
  const { token } = grant.since >= startedAt ? grant : await signIn(session, grant);
  return { token };
}
