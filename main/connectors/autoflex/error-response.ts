import type { Context } from '../../engine/connector/index.ts';
import { RingbackError } from '../../engine/errors.ts';
import { isPage, memberOf, type ServerResponse } from './response.ts';

/** One sentence for an answer that is not what was asked for. `hidden` are texts that must not show in it, beside the connection's secrets. */
export function rejectionOf(reply: ServerResponse, context: Context, hidden: readonly string[] = []): RingbackError {
  const { status, statusName, body } = reply;
  const word = wordOf(reply, context, hidden);
  if (isPage(body) && status < 300) {
    return refused('Autoflex10 answered with a web page instead of data. Check the base URL of the connection.');
  }
  if (status === 429) return refused(`Autoflex10 limits the number of requests. Try again ${whenAgain(reply)}.`);
  if (status >= 300 && status < 400) {
    return refused(`The address sends elsewhere (${statusName}), so it is not Autoflex10's. Check the base URL.`);
  }
  if (status === 401 || status === 403) {
    return refused(`Autoflex10 does not allow this (${statusName})${word}. Check the rights of the user.`);
  }
  if (status === 404) {
    return new RingbackError('not-found', `Autoflex10 does not know this (${statusName})${word}. Check the base URL.`);
  }
  if (status >= 500 || status === 408) {
    return refused(`Autoflex10 has trouble just now (${statusName})${word}. Try again in a few minutes.`);
  }
  if (status === 202) return refused('Autoflex10 is still not ready (it answered 202). Try again in a few minutes.');
  return refused(`Autoflex10 refused the request (${statusName})${word}.`);
}

/** The same for the sign-in itself. Trouble of the server counts as "offline": nothing has started, so it may be tried again. */
export function signInRejectionOf(reply: ServerResponse, context: Context): RingbackError {
  const { status, statusName } = reply;
  const rejection = rejectionOf(reply, context);
  if (status >= 500 || status === 408) return new RingbackError('offline', rejection.message);
  if (status === 401 || status === 403) {
    return refused(
      `Autoflex10 refused the sign-in (${statusName}). Check the API key, the user name, the password and the organisation.`,
    );
  }
  if (status === 404) {
    return refused('There is no sign-in of Autoflex10 at this address (HTTP 404). Check the base URL.');
  }
  return rejection;
}

/** The id of a callback for which there is no result. */
export function missingResult(reply: ServerResponse, context: Context, hidden: readonly string[]): RingbackError {
  const word = wordOf(reply, context, hidden);
  return new RingbackError(
    'not-found',
    `Autoflex10 called, but holds no result for it (${reply.statusName})${word}. Request it again.`,
  );
}

/** What the server itself says, behind a colon and without anything secret; empty where it says nothing. */
function wordOf({ body }: ServerResponse, { secrets, settings }: Context, hidden: readonly string[]): string {
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
  return `: ${withoutName(shown, settings.username ?? '')
    .slice(0, 300)
    .replace(/\.$/, '')}`;
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
  return shown.replace(/(https?:\/\/[^\s"'<>?]+)\?[^\s"'<>]*/gi, '$1?•••');
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

function whenAgain({ headers }: ServerResponse): string {
  const seconds = Number(headers.get('retry-after'));
  if (!(seconds > 0)) return 'in a minute';
  return seconds < 120 ? `in ${Math.ceil(seconds)} seconds` : `in ${Math.ceil(seconds / 60)} minutes`;
}

function refused(message: string): RingbackError {
  return new RingbackError('provider', message);
}
