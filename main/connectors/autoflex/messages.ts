import { defineMessages } from '../../engine/messages/index.ts';
import { type ContentParameters, describeContent } from '../answer-content.ts';

/** The status of Autoflex10's response, and its message where it has one. */
interface AnswerParameters {
  readonly status: string;
  readonly detail: string;
}

const said = ({ status, detail }: AnswerParameters): string => `(${status})${detail && `: ${detail}`}`;

/** Messages of Autoflex10. */
export const autoflexMessages = defineMessages('autoflex', {
  ready: ({ result }: { request: string; result: string }) => `Autoflex10: ${result} is ready to be fetched`,
  triedWithoutId: () => 'Autoflex10: the callback address was tried without an id',
  noToken: ({ host, ...content }: ContentParameters) =>
    `${host} ${describeContent(content)}, so Ringback could not sign in. Check the base URL of the connection, and whether the network asks for a sign-in of its own.`,
  backup: () => 'Backup',
  webPage: () => 'Autoflex10 answered with a web page instead of data. Check the base URL of the connection.',
  rateLimited: ({ seconds }: { seconds: number }) =>
    `Autoflex10 limits the number of requests. Try again ${again(seconds)}.`,
  redirected: ({ status }: { status: string }) =>
    `The address sends elsewhere (${status}), so it is not Autoflex10's. Check the base URL.`,
  notAllowed: (answer: AnswerParameters) =>
    `Autoflex10 does not allow this ${said(answer)}. Check the rights of the user.`,
  notKnown: (answer: AnswerParameters) => `Autoflex10 does not know this ${said(answer)}. Check the base URL.`,
  outage: (answer: AnswerParameters) => `Autoflex10 has an outage ${said(answer)}. Try again in a few minutes.`,
  notReady: () => 'Autoflex10 is still not ready (it answered 202). Try again in a few minutes.',
  rejected: (answer: AnswerParameters) => `Autoflex10 rejected the request ${said(answer)}.`,
  signInRejected: ({ status }: { status: string }) =>
    `Autoflex10 rejected the sign-in (${status}). Check the API key, the user name, the password and the organisation.`,
  noSignInThere: () => 'There is no sign-in of Autoflex10 at this address (HTTP 404). Check the base URL.',
  noResult: (answer: AnswerParameters) =>
    `Autoflex10 called, but holds no result for it ${said(answer)}. Request it again.`,
  stillAtWork: () => 'Autoflex10 called, but is still working after ten minutes. Request it again.',
  otherHost: ({ host }: { host: string }) =>
    `Autoflex10 wants further calls to go to ${host}, a host that does not belong to it by name. If you trust it, enter ${host} under "Also trust this API host".`,
  closing: () => 'Ringback is closing; Autoflex10 was not waited for.',
  sentElsewhere: ({ host, target }: { host: string; target: string }) =>
    `${host} sends on to ${target}. Ringback does not follow with credentials. If that is Autoflex10, enter its address as the base URL.`,
  noRequest: ({ request }: { request: string }) => `Autoflex10 has no request "${request}".`,
  callbackAddress: () =>
    'Autoflex10 calls back only to an https address without query or fragment. Check the tunnel in the settings.',
});

/** The end of a sentence: "in 5 seconds", or "in a minute" for 0, where the server does not say how long. */
function again(seconds: number): string {
  if (seconds === 0) return 'in a minute';
  return seconds < 120 ? `in ${seconds} seconds` : `in ${Math.ceil(seconds / 60)} minutes`;
}
