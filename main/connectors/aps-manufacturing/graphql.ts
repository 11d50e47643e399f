import type { Context } from '../../engine/connector/index.ts';
import { RingbackError } from '../../engine/errors.ts';
import type { Message } from '../../engine/messages/index.ts';
import { baseUrlOf, call, clean, type Fields, fields, hiddenIn, list, rejectionOf, text } from '../aps/index.ts';
import { manufacturingMessages } from './messages.ts';

/** The only version that has webhooks. */
const firstVersion = '/fusiondata/2022-04/graphql';

interface Question {
  readonly query: string;
  readonly variables?: Fields;
  /** What must not show in an error. */
  readonly secret?: string | undefined;
  /** One attempt of so many milliseconds, for what must not be done twice. */
  readonly once?: number;
}

export interface GraphqlResponse {
  /** What was answered, although some of it may have failed. */
  readonly data: Fields;
  readonly errors: readonly GraphqlError[];
  /** False where the endpoint did not even begin: it knows no such field, argument or value. */
  readonly executed: boolean;
}

interface GraphqlError {
  /** As the endpoint says it, fit to be shown. */
  readonly message: string;
  readonly isUnauthorised: boolean;
}

/** The endpoint cannot do what hooks need; `state` says whether it is there at all. */
export class NoWebhooksError extends RingbackError {
  readonly state: 'absent' | 'gone';

  constructor(state: NoWebhooksError['state'], message: Message) {
    super('provider', message);
    this.state = state;
  }
}

/** Statuses of a gateway before an API that is not there any more, or not for this app. */
const gone = [403, 404, 405, 410];

/** Asks the endpoint one question. Throws where nothing was answered that GraphQL could be read from. */
export async function ask(
  context: Context,
  { query, variables = {}, secret = '', once }: Question,
): Promise<GraphqlResponse> {
  const hidden = hiddenIn(context, secret);
  const answer = await call(context, {
    method: 'POST',
    path: endpointPath(context),
    json: { query, variables },
    ...(once === undefined ? {} : { once }),
    expected: [400, 422, ...gone],
  });
  const body = fields(answer.body);
  if (!('data' in body) && list(body.errors).length === 0) {
    if (gone.includes(answer.status)) throw unreachable(answer.status);
    if (answer.status >= 400) throw rejectionOf(answer, hidden);
    throw new RingbackError('provider', manufacturingMessages.notGraphql());
  }
  const errors = list(body.errors).map((error) => toError(fields(error), hidden));
  // Only what went wrong while it was carried out has a path.
  const began = list(body.errors).some((error) => list(fields(error).path).length > 0);
  return { data: fields(body.data), errors, executed: began || Object.keys(fields(body.data)).length > 0 };
}

function unreachable(status: number): NoWebhooksError {
  return new NoWebhooksError('gone', manufacturingMessages.endpointGone({ status }));
}

function toError(error: Fields, hidden: readonly string[]): GraphqlError {
  const told = text(error, 'message') ?? 'no reason given';
  const shown = hidden.filter(Boolean).reduce((rest, secret) => rest.replaceAll(secret, '•••'), told);
  const code = text(fields(error.extensions), 'code') ?? '';
  return {
    message: clean(shown, 200).replace(/\.$/, ''),
    isUnauthorised: code === 'UNAUTHENTICATED' || code === 'FORBIDDEN',
  };
}

/** One sentence for an answer that lacks what was asked for. */
export function refused({ errors }: Pick<GraphqlResponse, 'errors'>): RingbackError {
  const detail = [...new Set(errors.map(({ message }) => message))].slice(0, 3).join('; ');
  if (errors.some(({ isUnauthorised }) => isUnauthorised)) {
    return new RingbackError('provider', manufacturingMessages.notAllowed({ detail }));
  }
  return new RingbackError('provider', manufacturingMessages.rejected({ detail }));
}

/** The endpoint's place below the base URL, which alone gets the sign-in. */
function endpointPath(context: Context): string {
  const { endpoint } = context.settings;
  if (!endpoint) return firstVersion;
  const base = baseUrlOf(context);
  if (endpoint.startsWith(`${base}/`)) return endpoint.slice(base.length);
  throw new RingbackError('invalid-input', manufacturingMessages.endpointElsewhere({ base }));
}
