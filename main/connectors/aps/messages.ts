import { defineMessages } from '../../engine/messages/index.ts';
import { type ContentParameters, describeContent } from '../answer-content.ts';

/** The status or error code of Autodesk's response, and its message where it has one. */
interface AnswerParameters {
  readonly status: string;
  readonly detail: string;
}

const said = ({ status, detail }: AnswerParameters): string => `(${status})${detail && `: ${detail}`}`;

/** Messages of Autodesk's services. */
export const apsMessages = defineMessages('aps', {
  sentBy: ({ source }: { source: string }) => `Sent by ${source}.`,
  noToken: ({ host, ...content }: ContentParameters) =>
    `${host} ${describeContent(content)}, so Ringback could not sign in. Check the base URL of the connection, and whether the network asks for a sign-in of its own.`,
  signInNotAccepted: ({ status }: { status: string }) =>
    `Autodesk does not accept the sign-in (${status}). Check the client id and secret.`,
  apiNotAllowed: ({ status }: { status: string }) =>
    `Autodesk does not let this app use the API (${status}). Add the API (for hooks, the Webhooks API) to the app in the developer portal, aps.autodesk.com/myapps.`,
  otherPerson: ({ status }: { status: string }) =>
    `Autodesk says the sign-in belongs to somebody else (${status}). Sign in again.`,
  missingRight: ({ status }: { status: string }) =>
    `The sign-in lacks a right that this needs (${status}). Sign in again; for an app, check what its portal page allows.`,
  otherKind: ({ status }: { status: string }) =>
    `This needs the other kind of account (${status}): add a connection where you act yourself, or one where the app does.`,
  notAllowed: (answer: AnswerParameters) =>
    `Autodesk does not allow this ${said(answer)}. For ACC and BIM 360 an account administrator must add the client id as a custom integration; otherwise check the rights on the scope.`,
  notKnown: (answer: AnswerParameters) =>
    `Autodesk does not know this ${said(answer)}. Check the names, the scope and the region.`,
  alreadyExists: (answer: AnswerParameters) => `Autodesk says this exists already ${said(answer)}.`,
  rejected: (answer: AnswerParameters) => `Autodesk rejected the request ${said(answer)}.`,
  signInStale: () => 'Autodesk no longer accepts the sign-in. Sign in again on the connections page.',
  wrongAppType: ({ status }: { status: string }) =>
    `This kind of app cannot sign in with a client secret (${status}). Use an app of type Traditional Web App or Server-to-Server.`,
  credentialsRejected: ({ status }: { status: string }) => `Autodesk rejected the client id or secret (${status}).`,
  noSignInThere: () => 'There is no sign-in of Autodesk at this address (HTTP 404). Check the base URL.',
  rateLimited: ({ seconds }: { seconds: number }) =>
    `Autodesk limits the number of requests. Try again in ${seconds} seconds.`,
  outage: ({ status }: { status: number }) => `Autodesk has an outage (HTTP ${status}). Try again in a few minutes.`,
  redirected: ({ status }: { status: number }) =>
    `The address sends elsewhere (HTTP ${status}), so it is not Autodesk's. Check the base URL.`,
  browserDenied: () => 'The sign-in was rejected in the browser. Sign in again and allow the access.',
  browserFailed: ({ error, detail }: { error: string; detail: string }) =>
    `Autodesk did not sign you in (${error || 'no reason'})${detail && `: ${detail}`}. Try again.`,
  noDerivative: () =>
    'Autodesk does not let an app without a secret use Model Derivative. Add a connection with an app that has one.',
  noRefreshToken: () => 'Autodesk gave no refresh token. Check the type of the app in its portal.',
  nobodySignedIn: () => 'Nobody is signed in for this connection. Sign in on the connections page.',
  signInEnded: () => 'Autodesk no longer takes the sign-in: it was used elsewhere, revoked, or is older than 15 days.',
  signInEndedAgain: () =>
    'Autodesk no longer takes the sign-in: it was used elsewhere, revoked, or is older than 15 days. Sign in again on the connections page.',
});
