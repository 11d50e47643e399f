import { RingbackError } from '../../engine/errors.ts';
import type { Message } from '../../engine/messages/index.ts';
import { retryAfterOf } from '../../engine/timing/index.ts';
import type { Answer } from '../http.ts';
import { apsMessages } from './messages.ts';

/** The error for an unexpected response, in one sentence. `hidden` are texts that it must not contain. */
export function rejectionOf(answer: Answer, hidden: readonly string[]): RingbackError {
  const code = codeOf(answer);
  const status = statusNameOf(answer);
  const said = { status, detail: conceal(detailOf(answer), hidden) };
  if (answer.status === 401) return refused(apsMessages.signInNotAccepted({ status }));
  if (answer.status === 403 && (code === 'AUTH-001' || code === 'AUTH-002')) {
    return refused(apsMessages.apiNotAllowed({ status }));
  }
  const advice = code && adviceFor.get(code);
  if (advice) return refused(apsMessages[advice]({ status }));
  if (answer.status === 403) return refused(apsMessages.notAllowed(said));
  if (answer.status === 404) return new RingbackError('not-found', apsMessages.notKnown(said));
  if (answer.status === 409) return new RingbackError('conflict', apsMessages.alreadyExists(said));
  return serviceFailureOf(answer) ?? refused(apsMessages.rejected(said));
}

/** The error code of the response, otherwise its status. */
function statusNameOf(answer: Answer): string {
  return codeOf(answer) ?? `HTTP ${answer.status}`;
}

/** Error codes of the gateway that the user can resolve, with the message that says how. */
const adviceFor: ReadonlyMap<string, 'otherPerson' | 'missingRight' | 'otherKind'> = new Map([
  ['AUTH-005', 'otherPerson'],
  ['AUTH-010', 'missingRight'],
  ['AUTH-011', 'otherKind'],
]);

/** The API rejects even a new token of this user. */
export function staleSignIn(): RingbackError {
  return new RingbackError('conflict', apsMessages.signInStale());
}

/** The error for a rejected token request. */
export function signInRejectionOf(answer: Answer, hidden: readonly string[]): RingbackError {
  const failure = serviceFailureOf(answer);
  if (failure) return failure;
  const code = codeOf(answer);
  const status = statusNameOf(answer);
  if (code && wrongKind.has(code)) return refused(apsMessages.wrongAppType({ status }));
  if (answer.status === 401 || (code ? wrongCredentials.has(code) : answer.status === 403)) {
    return refused(apsMessages.credentialsRejected({ status }));
  }
  if (answer.status === 404) return refused(apsMessages.noSignInThere());
  return rejectionOf(answer, hidden);
}

const wrongCredentials = new Set(['AUTH-001', 'AUTH-002', 'AUTH-003', 'AUTH-012', 'invalid_client', 'access_denied']);
/** Whether the user must sign in again: a refresh was rejected for a reason other than the app or the request. */
export function endsSignIn(answer: Answer): boolean {
  const code = codeOf(answer);
  return [400, 401, 403].includes(answer.status) && code !== undefined && !appOrRequestCodes.has(code);
}

const appOrRequestCodes = new Set(
  `AUTH-001 AUTH-002 AUTH-003 AUTH-004 AUTH-007 AUTH-008 AUTH-009 AUTH-010 AUTH-011 AUTH-012 AUTH-013 AUTH-016
  invalid_client unauthorized_client invalid_scope invalid_request unsupported_grant_type`.split(/\s+/),
);
const wrongKind = new Set(['AUTH-009', 'AUTH-011', 'unauthorized_client', 'unsupported_grant_type']);

function refused(message: Message): RingbackError {
  return new RingbackError('provider', message);
}

/** The wait in Retry-After, which contains seconds or a date; undefined without a usable one. */
export function secondsToWait({ headers }: Pick<Answer, 'headers'>): number | undefined {
  const wait = retryAfterOf(headers, Date.now()) ?? 0;
  return wait > 0 ? wait / 1000 : undefined;
}

export function limited(milliseconds: number): RingbackError {
  const message = apsMessages.rateLimited({ seconds: Math.ceil(milliseconds / 1000) });
  return new RingbackError('provider', message, { retryAfter: milliseconds });
}

/** The error for a rate limit, outage or redirect, which the request did not cause; undefined for other statuses. */
export function serviceFailureOf({ status, headers }: Answer): RingbackError | undefined {
  if (status === 429) {
    return limited(1000 * (secondsToWait({ headers }) ?? 60));
  }
  if (status >= 500 || status === 408) {
    return new RingbackError('provider', apsMessages.outage({ status }), { uncertain: true });
  }
  if (status >= 300 && status < 400) {
    return refused(apsMessages.redirected({ status }));
  }
  return undefined;
}

/** The error code: `errorCode` of the gateway, `error` of OAuth, `code` of the Webhooks service and of JSON:API. */
function codeOf({ body }: Answer): string | undefined {
  return textOf(body, ['errorCode', 'error', 'code'])?.match(/^[\w.-]{1,60}$/)?.[0];
}

const detailMembers = [
  'error_description',
  'userMessage',
  'developerMessage',
  'detail',
  'title',
  'message',
  'diagnostic',
  'reason',
] as const;

/** The error message of the response, in one line of at most 300 characters; empty where it has none in plain text. */
export function detailOf({ body, text }: Answer): string {
  const isPage = /^\s*</.test(text);
  const found = textOf(body, detailMembers) ?? (isPage || typeof body === 'object' ? '' : text);
  return found.replace(/\s+/g, ' ').trim().slice(0, 300).replace(/\.$/, '');
}

/** The first of these members, in the body or in the first of its `errors` (JSON:API). */
function textOf(body: unknown, members: readonly string[]): string | undefined {
  if (typeof body !== 'object' || body === null) return undefined;
  return (
    textIn(body, members) ??
    ('errors' in body && Array.isArray(body.errors) ? textOf(body.errors[0], members) : undefined)
  );
}

function textIn(body: object, members: readonly string[]): string | undefined {
  const values = members.map((member): unknown => (body as Record<string, unknown>)[member]);
  const texts = values.map((value) =>
    Array.isArray(value) ? value.filter((one) => typeof one === 'string').join('; ') : value,
  );
  return texts.find((text): text is string => typeof text === 'string' && text.trim() !== '');
}

function conceal(text: string, hidden: readonly string[]): string {
  return hidden.filter(Boolean).reduce((rest, secret) => rest.replaceAll(secret, '•••'), text);
}
