import { z } from 'zod';

const milliseconds = z.number().min(0);
const seconds = z.number().min(0);
const count = z.int().min(0);

/** How the APS simulator behaves where the documents leave it open, differ, or mean hours; assign to change it while it runs. */
export const Behaviour = z.strictObject({
  /** Seconds an access token lives. */
  tokenLifetime: seconds.default(3599),
  /** Seconds a code of the authorize page counts. */
  codeLifetime: seconds.default(300),
  /** Seconds a refresh token lives unless it is spent. */
  refreshLifetime: seconds.default(15 * 24 * 3600),
  /** Seconds a spent refresh token still counts; whether there is such a time is not documented. */
  refreshGrace: seconds.default(0),
  /** What the person at the authorize page does: looks at it, or has decided already. */
  consent: z.enum(['ask', 'allow', 'refuse']).default('ask'),
  /** Which of the two error bodies the token endpoint uses. */
  authenticationErrors: z.enum(['gateway', 'oauth']).default('gateway'),
  /** Hooks per page. */
  pageSize: z.int().min(1).default(200),
  /** Hooks per event and scope. */
  hookQuota: count.default(1000),
  /** The reference says 200 with the hook, the vendor's own tests see 204 without a body. */
  patchStatus: z.literal([200, 204]).default(204),
  /** Milliseconds until a changed or deleted secret takes effect; the real service takes up to ten minutes. */
  secretDelay: milliseconds.default(0),
  /** Milliseconds before each further attempt at a callback that was not answered by 2xx. */
  retryDelays: z.array(milliseconds).readonly().default([250, 500, 1000, 2000, 4000, 8000, 16_000, 32_000]),
  /** Milliseconds a receiver has to answer a callback. */
  answerTimeout: milliseconds.default(6000),
  /** Events that used up all attempts before their hook becomes inactive. */
  failuresUntilInactive: z.int().min(1).default(5),
  /** Whether a retry repeats the delivery id; the documents do not say. */
  retryId: z.enum(['same', 'new']).default('same'),
  /** What `hook.event` shows in a callback of a wildcard hook; the documents do not say. */
  wildcardEvent: z.enum(['pattern', 'concrete']).default('pattern'),
  /** The body of a payload-only callback: with or without the outer members; the documents do not say. */
  payloadOnlyBody: z.enum(['envelope', 'bare']).default('envelope'),
  /** Milliseconds a translation takes. */
  translationTime: milliseconds.default(2000),
  /** What becomes of the callbacks of translations on their way. */
  translationCallbacks: z.enum(['sent', 'lost', 'twice']).default('sent'),
  /** Milliseconds for which the answer to an order of a translation is held back. */
  jobAnswerDelay: milliseconds.default(0),
  /** Which hubs the application may see: an account answers only those that its administrator has added. */
  hubs: z.enum(['all', 'some', 'none']).default('all'),
  /** Whether version 1 of the Manufacturing Data Model, the one with webhooks, still answers. */
  manufacturing: z.enum(['works', 'gone']).default('works'),
  /** Whether it refuses the application itself; its pages speak of a user's token only. */
  manufacturingUserOnly: z.boolean().default(false),
  /** Whether the list of its webhooks comes in pages; the documents do not say. */
  webhooksPaged: z.boolean().default(true),
  /** Whether `updateWebhook` takes its input as `webhook`; the documents do not name the argument. */
  webhooksRenewable: z.boolean().default(true),
  /** How milestone callbacks are signed; the documents name neither algorithm nor prefix. */
  milestoneSignature: z.enum(['sha1', 'sha256', 'sha1hash=', 'sha256hash=', 'sha1=', 'sha256=']).default('sha1hash='),
  /** The documents and captures differ. */
  milestoneType: z.enum(['events.milestone.created', 'milestone.created']).default('milestone.created'),
  milestoneContentType: z.enum(['application/json', 'application/cloudevents+json']).default('application/json'),
});
export type Behaviour = z.infer<typeof Behaviour>;

/** Changes only what is given; throws a ZodError, and changes nothing, where a value is none it may have. */
export function changeBehaviour(behaviour: Behaviour, given: object): void {
  const next = Object.entries(Behaviour.parse({ ...behaviour, ...given }));
  Object.assign(behaviour, Object.fromEntries(next.filter(([name]) => name in given)));
}
