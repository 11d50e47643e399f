import type { Context } from '../../engine/connector/index.ts';
import { RingbackError } from '../../engine/errors.ts';
import type { Message } from '../../engine/messages/index.ts';
import { baseUrlOf, call, clean, type Fields, fields, hiddenIn, list, rejectionOf, text } from '../aps/index.ts';
import { manufacturingMessages } from './messages.ts';

/** The only version of the API with webhooks. */
const firstVersion = '/fusiondata/2022-04/graphql';

interface GraphqlRequest {
  readonly query: string;
  readonly variables?: Fields;
  /** A text that error messages must not contain. */
  readonly secret?: string | undefined;
  /** Milliseconds for the only attempt, where the request must not be repeated. */
  readonly once?: number;
}

export interface GraphqlResponse {
  /** The data of the response, which may be partial where there are errors. */
  readonly data: Fields;
  readonly errors: readonly GraphqlError[];
  /** False where the endpoint rejected the query unexecuted, for a field, argument or value it does not define. */
  readonly executed: boolean;
}

interface GraphqlError {
  /** The endpoint's message, with secrets removed, at most 200 characters. */
  readonly message: string;
  readonly isUnauthorised: boolean;
}

/** The endpoint has no webhooks (`absent`), or no longer exists (`gone`). */
export class NoWebhooksError extends RingbackError {
  readonly state: 'absent' | 'gone';

  constructor(state: NoWebhooksError['state'], message: Message) {
    super('provider', message);
    this.state = state;
  }
}

/** Statuses of a gateway for an API that no longer exists or that the app may not use. */
const gone = [403, 404, 405, 410];

/** Sends one query. Throws where the response is not GraphQL, and NoWebhooksError where the endpoint no longer exists. */
export async function ask(
  context: Context,
  { query, variables = {}, secret = '', once }: GraphqlRequest,
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
  // Only errors during execution have a path.
  const hasStarted = list(body.errors).some((error) => list(fields(error).path).length > 0);
  return { data: fields(body.data), errors, executed: hasStarted || Object.keys(fields(body.data)).length > 0 };
}

function unreachable(status: number): NoWebhooksError {
  return new NoWebhooksError('gone', manufacturingMessages.endpointGone({ status }));
}

function toError(error: Fields, hidden: readonly string[]): GraphqlError {
  const received = text(error, 'message') ?? 'no reason given';
  const shown = hidden.filter(Boolean).reduce((rest, secret) => rest.replaceAll(secret, '•••'), received);
  const code = text(fields(error.extensions), 'code') ?? '';
  return {
    message: clean(shown, 200).replace(/\.$/, ''),
    isUnauthorised: code === 'UNAUTHENTICATED' || code === 'FORBIDDEN',
  };
}

/** The error for a response without the requested data. */
export function refused({ errors }: Pick<GraphqlResponse, 'errors'>): RingbackError {
  const detail = [...new Set(errors.map(({ message }) => message))].slice(0, 3).join('; ');
  if (errors.some(({ isUnauthorised }) => isUnauthorised)) {
    return new RingbackError('provider', manufacturingMessages.notAllowed({ detail }));
  }
  return new RingbackError('provider', manufacturingMessages.rejected({ detail }));
}

/** The path of the endpoint below the base URL: the token is sent nowhere else. */
function endpointPath(context: Context): string {
  const { endpoint } = context.settings;
  if (!endpoint) return firstVersion;
  const base = baseUrlOf(context);
  if (endpoint.startsWith(`${base}/`)) return endpoint.slice(base.length);
  throw new RingbackError('invalid-input', manufacturingMessages.endpointElsewhere({ base }));
}
