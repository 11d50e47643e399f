import { z } from 'zod';

const milliseconds = z.number().min(0);
const seconds = z.number().min(0);
const count = z.int().min(0);

/** The APS simulator where the documentation is silent, contradicts itself or means hours; assignable while it runs. */
export const Behaviour = z.strictObject({
  /** Lifetime of an access token in seconds. */
  tokenLifetime: seconds.default(3599),
  /** Lifetime of an authorization code in seconds. */
  codeLifetime: seconds.default(300),
  /** Lifetime of an unused refresh token in seconds. */
  refreshLifetime: seconds.default(15 * 24 * 3600),
  /** Seconds for which a used refresh token is still accepted; whether there is such a grace period is not documented. */
  refreshGrace: seconds.default(0),
  /** Whether the authorize page asks the user, or consents or refuses by itself. */
  consent: z.enum(['ask', 'allow', 'refuse']).default('ask'),
  /** The form of error responses of the token endpoint. */
  authenticationErrors: z.enum(['gateway', 'oauth']).default('gateway'),
  /** Hooks per page. */
  pageSize: z.int().min(1).default(200),
  /** Hooks per event and scope. */
  hookQuota: count.default(1000),
  /** The documentation says 200 with the hook; the vendor's own tests get 204 without a body. */
  patchStatus: z.literal([200, 204]).default(204),
  /** Milliseconds until a changed or deleted secret takes effect; up to ten minutes in the real service. */
  secretDelay: milliseconds.default(0),
  /** Milliseconds before each retry of a callback without a 2xx response. */
  retryDelays: z.array(milliseconds).readonly().default([250, 500, 1000, 2000, 4000, 8000, 16_000, 32_000]),
  /** Timeout of a callback in milliseconds. */
  answerTimeout: milliseconds.default(6000),
  /** Number of events without a successful attempt after which their hook becomes inactive. */
  failuresUntilInactive: z.int().min(1).default(5),
  /** Whether a retry has the same delivery id; not documented. */
  retryId: z.enum(['same', 'new']).default('same'),
  /** The value of `hook.event` in a callback of a wildcard hook; not documented. */
  wildcardEvent: z.enum(['pattern', 'concrete']).default('pattern'),
  /** Whether the body of a payload-only callback has the outer members; not documented. */
  payloadOnlyBody: z.enum(['envelope', 'bare']).default('envelope'),
  /** Milliseconds that a translation takes. */
  translationTime: milliseconds.default(2000),
  /** Whether callbacks of translations are sent once, lost or sent twice. */
  translationCallbacks: z.enum(['sent', 'lost', 'twice']).default('sent'),
  /** Milliseconds before the response to a request for a translation. */
  jobAnswerDelay: milliseconds.default(0),
  /** Which hubs the application may see: an account is visible only to applications that its administrator has added. */
  hubs: z.enum(['all', 'some', 'none']).default('all'),
  /** Whether version 1 of the Manufacturing Data Model, the one with webhooks, still exists. */
  manufacturing: z.enum(['works', 'gone']).default('works'),
  /** Whether it rejects tokens of the application; the documentation mentions only those of users. */
  manufacturingUserOnly: z.boolean().default(false),
  /** Whether the list of its webhooks is paged; not documented. */
  webhooksPaged: z.boolean().default(true),
  /** Whether the argument of `updateWebhook` is named `webhook`; not documented. */
  webhooksRenewable: z.boolean().default(true),
  /** How milestone callbacks are signed; neither the algorithm nor the prefix is documented. */
  milestoneSignature: z.enum(['sha1', 'sha256', 'sha1hash=', 'sha256hash=', 'sha1=', 'sha256=']).default('sha1hash='),
  /** The documentation and captured callbacks differ. */
  milestoneType: z.enum(['events.milestone.created', 'milestone.created']).default('milestone.created'),
  milestoneContentType: z.enum(['application/json', 'application/cloudevents+json']).default('application/json'),
});
export type Behaviour = z.infer<typeof Behaviour>;

/** Changes only the given members; throws a ZodError without a change where a value is invalid. */
export function changeBehaviour(behaviour: Behaviour, given: object): void {
  const next = Object.entries(Behaviour.parse({ ...behaviour, ...given }));
  Object.assign(behaviour, Object.fromEntries(next.filter(([name]) => name in given)));
}
