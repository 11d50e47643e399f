/** How the APS stand-in behaves where the documents leave it open, differ, or mean hours; assign to change it while it runs. */
export interface Behaviour {
  /** Seconds an access token lives. */
  tokenLifetime: number;
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
}

export const defaultBehaviour: Behaviour = {
  tokenLifetime: 3599,
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
};
