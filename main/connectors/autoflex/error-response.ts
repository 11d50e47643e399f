import type { Context } from '../../engine/connector/index.ts';
import { RingbackError } from '../../engine/errors.ts';
import type { Message } from '../../engine/messages/index.ts';
import { retryAfterOf } from '../../engine/timing/index.ts';
import { autoflexMessages } from './messages.ts';
import { isPage, memberOf, type ServerResponse } from './response.ts';

/**
 * The error for an unexpected response, in one sentence. `hidden` are texts that it must not contain, in addition to
 * the connection's secrets.
 */
export function rejectionOf(reply: ServerResponse, context: Context, hidden: readonly string[] = []): RingbackError {
  const { status, statusName, body } = reply;
  const said = { status: statusName, detail: detailOf(reply, context, hidden) };
  if (isPage(body) && status < 300) {
    return refused(autoflexMessages.webPage());
  }
  if (status === 429) return refused(autoflexMessages.rateLimited({ seconds: secondsToWait(reply, context.now()) }));
  if (status >= 300 && status < 400) return refused(autoflexMessages.redirected({ status: statusName }));
  if (status === 401 || status === 403) return refused(autoflexMessages.notAllowed(said));
  if (status === 404) return new RingbackError('not-found', autoflexMessages.notKnown(said));
  if (status >= 500 || status === 408) return refused(autoflexMessages.outage(said));
  return refused(status === 202 ? autoflexMessages.notReady() : autoflexMessages.rejected(said));
}

/** The error for a rejected sign-in. Errors of the server count as "offline": nothing has started, so it can be retried. */
export function signInRejectionOf(reply: ServerResponse, context: Context): RingbackError {
  const { status, statusName } = reply;
  if (status >= 500 || status === 408) {
    const said = { status: statusName, detail: detailOf(reply, context, []) };
    return new RingbackError('offline', autoflexMessages.outage(said));
  }
  if (status === 401 || status === 403) return refused(autoflexMessages.signInRejected({ status: statusName }));
  if (status === 404) return refused(autoflexMessages.noSignInThere());
  return rejectionOf(reply, context);
}

/** The error for the id of a callback without a result. */
export function missingResult(reply: ServerResponse, context: Context, hidden: readonly string[]): RingbackError {
  const said = { status: reply.statusName, detail: detailOf(reply, context, hidden) };
  return new RingbackError('not-found', autoflexMessages.noResult(said));
}

/** The server's error message without secrets, at most 300 characters; empty where it has none. */
function detailOf({ body }: ServerResponse, { secrets, settings }: Context, hidden: readonly string[]): string {
  const places = [
    memberOf(body, 'message'),
    memberOf(body, 'error'),
    memberOf(body, 'errorMessage'),
    memberOf(memberOf(body, 'data'), 'message'),
    memberOf(memberOf(body, 'error'), 'message'),
    isPage(body) ? undefined : body,
  ];
  const found = places.find((text): text is string => typeof text === 'string' && text.trim() !== '');
  if (found === undefined) return '';
  // Secrets first: a password may contain the user name.
  const shown = conceal(found.replace(/\s+/g, ' ').trim(), [...Object.values(secrets), ...hidden]);
  return withoutName(shown, settings.username ?? '')
    .slice(0, 300)
    .replace(/\.$/, '');
}

/** Replaces secrets, plain and encoded, and the queries of all URLs. */
function conceal(text: string, hidden: readonly string[]): string {
  const forms = hidden.flatMap(formsOf).sort((a, b) => b.length - a.length);
  const shown = forms.reduce((rest, form) => rest.replace(new RegExp(literal(form), 'gi'), '•••'), text);
  return shown.replace(/(https?:\/\/[^\s"'<>?]{1,2000})\?[^\s"'<>]*/gi, '$1?•••');
}

/** Replaces the user name, a credential as part of the sign-in URL, as a whole word only, since it may be short. */
function withoutName(text: string, name: string): string {
  const forms = formsOf(name).map((form) => `(?<![\\p{L}\\p{N}])${literal(form)}(?![\\p{L}\\p{N}])`);
  return forms.reduce((rest, form) => rest.replace(new RegExp(form, 'giu'), '•••'), text);
}

/** The text as it is, and as encoded in a URL or in HTML. */
function formsOf(text: string): string[] {
  if (text === '') return [];
  const query = new URLSearchParams({ '': text }).toString().slice(1);
  return [...new Set([text, encodeURIComponent(text), query, text.replaceAll('&', '&amp;')])];
}

function literal(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');
}

/** The wait in Retry-After in seconds; 0 where the response has none. */
function secondsToWait({ headers }: ServerResponse, now: number): number {
  return Math.ceil((retryAfterOf(headers, now) ?? 0) / 1000);
}

function refused(message: Message): RingbackError {
  return new RingbackError('provider', message);
}
