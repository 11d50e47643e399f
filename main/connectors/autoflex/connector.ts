import { createHash } from 'node:crypto';
import type { Account, Connector, Context, Delivery, Reading, VerifiedDelivery } from '../../engine/connector/index.ts';
import { baseOf } from './api-address.ts';
import { call } from './call.ts';
import { rejectionOf } from './error-response.ts';
import { fields } from './fields.ts';
import { handleOf } from './handle.ts';
import { pause, type Session, type Wait } from './pauses.ts';
import { requests, start } from './requests.ts';
import { resolve } from './resolve.ts';
import { isPutOff, isSuccess } from './response.ts';
import { signIn } from './sign-in.ts';

/** Autoflex10, a dealer management system whose long requests call back when their result is ready. `wait` for tests. */
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

/** Autoflex10 reports some failures in plain Dutch text. */
const failureWords = ['fout', 'mislukt', 'niet gevonden', 'ongeldig', 'verlopen', 'geweigerd', 'geen toegang'];

export const autoflex = createAutoflex();

/** A successful sign-in is what counts: not every Autoflex10 has the list. */
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

/** Nothing is signed: whoever knows the unguessable address is believed, and what it brings is used with our own sign-in only. */
function verify(delivery: Delivery): VerifiedDelivery {
  const handle = handleOf(delivery);
  if (handle === undefined) return { genuine: true, verified: 'address' };
  // The id opens the result, so its print stands for it where deliveries are told apart.
  const deliveryId = createHash('sha256').update(handle).digest('hex').slice(0, 32);
  return { genuine: true, verified: 'address', deliveryId };
}

function read(delivery: Delivery): Reading {
  const { event } = delivery.hook;
  const result = requests.find(({ id }) => id === event)?.result ?? 'the result';
  const title =
    handleOf(delivery) === undefined
      ? 'Autoflex10: the callback address was tried without an id'
      : `Autoflex10: ${result} is ready to be fetched`;
  return { event, title, outcome: 'info' };
}

/** Signs in again for it: a download may begin long after the last call, and its token is tried once. */
async function authorization(session: Session, url: string): Promise<{ readonly token: string } | undefined> {
  const began = session.context.now();
  const grant = await signIn(session);
  const origins = [baseOf(session.context), grant.base].map((base) => new URL(base).origin);
  if (!origins.includes(URL.parse(url)?.origin ?? '')) return undefined;
  const { token } = grant.since >= began ? grant : await signIn(session, grant);
  return { token };
}
