import type { Context } from '../../engine/connector/index.ts';
import { RingbackError } from '../../engine/errors.ts';
import type { Message } from '../../engine/messages/index.ts';
import { autoflexMessages } from './messages.ts';
import { isPage, memberOf, type ServerResponse } from './response.ts';

/** One sentence for an answer that is not what was asked for. `hidden` are texts that must not show in it, beside the connection's secrets. */
export function rejectionOf(reply: ServerResponse, context: Context, hidden: readonly string[] = []): RingbackError {
  const { status, statusName, body } = reply;
  const said = { status: statusName, detail: detailOf(reply, context, hidden) };
  if (isPage(body) && status < 300) {
    return refused(autoflexMessages.webPage());
  }
  if (status === 429) return refused(autoflexMessages.rateLimited({ seconds: secondsToWait(reply) }));
  if (status >= 300 && status < 400) return refused(autoflexMessages.redirected({ status: statusName }));
  if (status === 401 || status === 403) return refused(autoflexMessages.notAllowed(said));
  if (status === 404) return new RingbackError('not-found', autoflexMessages.notKnown(said));
  if (status >= 500 || status === 408) return refused(autoflexMessages.outage(said));
  return refused(status === 202 ? autoflexMessages.notReady() : autoflexMessages.rejected(said));
}

/** The same for the sign-in itself. Trouble of the server counts as "offline": nothing has started, so it may be tried again. */
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

/** The id of a callback for which there is no result. */
export function missingResult(reply: ServerResponse, context: Context, hidden: readonly string[]): RingbackError {
  const said = { status: reply.statusName, detail: detailOf(reply, context, hidden) };
  return new RingbackError('not-found', autoflexMessages.noResult(said));
}

/** What the server itself says, without anything secret; empty where it says nothing. */
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
  // In this order: a password may contain the name.
  const shown = conceal(found.replace(/\s+/g, ' ').trim(), [...Object.values(secrets), ...hidden]);
  return withoutName(shown, settings.username ?? '')
    .slice(0, 300)
    .replace(/\.$/, '');
}

/** Milliseconds the server asks to wait; undefined where it does not say. */
export function retryAfter({ headers }: ServerResponse, now: number): number | undefined {
  const header = headers.get('retry-after');
  if (header === null) return undefined;
  const milliseconds = /^\s*\d+\s*$/.test(header) ? Number(header) * 1000 : Date.parse(header) - now;
  return Number.isNaN(milliseconds) ? undefined : milliseconds;
}

/** Secrets as they are and as a URL has them, and whatever follows the question mark of one. */
function conceal(text: string, hidden: readonly string[]): string {
  const forms = hidden.flatMap(formsOf).sort((a, b) => b.length - a.length);
  const shown = forms.reduce((rest, form) => rest.replace(new RegExp(literal(form), 'gi'), '•••'), text);
  return shown.replace(/(https?:\/\/[^\s"'<>?]{1,2000})\?[^\s"'<>]*/gi, '$1?•••');
}

/** The user name is a credential, too: it goes into the same URL. It may be as short as a part of other words. */
function withoutName(text: string, name: string): string {
  const forms = formsOf(name).map((form) => `(?<![\\p{L}\\p{N}])${literal(form)}(?![\\p{L}\\p{N}])`);
  return forms.reduce((rest, form) => rest.replace(new RegExp(form, 'giu'), '•••'), text);
}

/** As it is, and as it stands in a URL or in markup. */
function formsOf(text: string): string[] {
  if (text === '') return [];
  const query = new URLSearchParams({ '': text }).toString().slice(1);
  return [...new Set([text, encodeURIComponent(text), query, text.replaceAll('&', '&amp;')])];
}

function literal(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');
}

/** 0 where the server does not say. */
function secondsToWait({ headers }: ServerResponse): number {
  const seconds = Number(headers.get('retry-after'));
  return seconds > 0 ? Math.ceil(seconds) : 0;
}

function refused(message: Message): RingbackError {
  return new RingbackError('provider', message);
}
