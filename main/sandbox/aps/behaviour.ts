/** How the APS simulator behaves where the documents leave it open, differ, or mean hours; assign to change it while it runs. */
export interface Behaviour {
  /** Seconds an access token lives. */
  tokenLifetime: number;
  /** Seconds a code of the authorize page counts. */
  codeLifetime: number;
  /** Seconds a refresh token lives unless it is spent. */
  refreshLifetime: number;
  /** Seconds a spent refresh token still counts; whether there is such a time is not documented. */
  refreshGrace: number;
  /** What the person at the authorize page does: looks at it, or has decided already. */
  consent: 'ask' | 'allow' | 'refuse';
  /** Which of the two error bodies the token endpoint uses. */
  authenticationErrors: 'gateway' | 'oauth';
  /** Hooks per page. */
  pageSize: number;
  /** Hooks per event and scope. */
  hookQuota: number;
  /** The reference says 200 with the hook, the vendor's own tests see 204 without a body. */
  patchStatus: 200 | 204;
  /** Milliseconds until a changed or deleted secret takes effect; the real service takes up to ten minutes. */
  secretDelay: number;
  /** Milliseconds before each further attempt at a callback that was not answered by 2xx. */
  retryDelays: readonly number[];
  /** Milliseconds a receiver has to answer a callback. */
  answerTimeout: number;
  /** Events that used up all attempts before their hook becomes inactive. */
  failuresUntilInactive: number;
  /** Whether a retry repeats the delivery id; the documents do not say. */
  retryId: 'same' | 'new';
  /** What `hook.event` shows in a callback of a wildcard hook; the documents do not say. */
  wildcardEvent: 'pattern' | 'concrete';
  /** The body of a payload-only callback: with or without the outer members; the documents do not say. */
  payloadOnlyBody: 'envelope' | 'bare';
  /** Milliseconds a translation takes. */
  translationTime: number;
  /** What becomes of the callbacks of translations on their way. */
  translationCallbacks: 'sent' | 'lost' | 'twice';
  /** Milliseconds for which the answer to an order of a translation is held back. */
  jobAnswerDelay: number;
  /** Which hubs the application may see: an account answers only those that its administrator has added. */
  hubs: 'all' | 'some' | 'none';
  /** Whether version 1 of the Manufacturing Data Model, the one with webhooks, still answers. */
  manufacturing: 'works' | 'gone';
  /** Whether it refuses the application itself; its pages speak of a user's token only. */
  manufacturingUserOnly: boolean;
  /** Whether the list of its webhooks comes in pages; the documents do not say. */
  webhooksPaged: boolean;
  /** Whether `updateWebhook` takes its input as `webhook`; the documents do not name the argument. */
  webhooksRenewable: boolean;
  /** How milestone callbacks are signed; the documents name neither algorithm nor prefix. */
  milestoneSignature: 'sha1' | 'sha256' | 'sha1hash=' | 'sha256hash=' | 'sha1=' | 'sha256=';
  /** The documents and captures differ. */
  milestoneType: 'events.milestone.created' | 'milestone.created';
  milestoneContentType: 'application/json' | 'application/cloudevents+json';
}

export const defaultBehaviour: Behaviour = {
  tokenLifetime: 3599,
  codeLifetime: 300,
  refreshLifetime: 15 * 24 * 3600,
  refreshGrace: 0,
  consent: 'ask',
  authenticationErrors: 'gateway',
  pageSize: 200,
  hookQuota: 1000,
  patchStatus: 204,
  secretDelay: 0,
  retryDelays: [250, 500, 1000, 2000, 4000, 8000, 16_000, 32_000],
  answerTimeout: 6000,
  failuresUntilInactive: 5,
  retryId: 'same',
  wildcardEvent: 'pattern',
  payloadOnlyBody: 'envelope',
  translationTime: 2000,
  translationCallbacks: 'sent',
  jobAnswerDelay: 0,
  hubs: 'all',
  manufacturing: 'works',
  manufacturingUserOnly: false,
  webhooksPaged: true,
  webhooksRenewable: true,
  milestoneSignature: 'sha1hash=',
  milestoneType: 'milestone.created',
  milestoneContentType: 'application/json',
};
