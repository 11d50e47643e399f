import { ingressMessages, type Message, messageMembers, problemMembers, rejectionMessages } from '../messages/index.ts';
import { type AcceptOptions, acceptCallback, rejectCallback, retryLater } from './accept-callback.ts';
import { createDiagnosisLimit } from './diagnosis-limit.ts';
import { type Echo, instanceAnswer } from './echo.ts';
import { createRejectedLimit } from './rejected-delivery.ts';
import { type CallbackRoute, exactUrl, type Route, type Router } from './route.ts';
import type { UnmatchedRecorder } from './unmatched.ts';

/** Finds the route of a callback URL; no key belongs to two finders. */
export type FindRoute = (key: string, method: string) => CallbackRoute | undefined;

interface RouterOptions extends Omit<AcceptOptions, 'mayDiagnose' | 'mayStoreRejected'> {
  readonly echo: Echo;
  /** The address key at which this process says which one it is, and the secret of all that have a copy of these data. */
  instance?: { key(): string; sharedKey(): string };
  readonly unmatched: UnmatchedRecorder;
  /** A request to a callback URL was answered. */
  handled(request: { readonly status: number; readonly milliseconds: number }): void;
  /** Undefined while they are not open yet: senders retry later. */
  finders(): readonly FindRoute[] | undefined;
}

/** No hook or backup has this id. */
const echoTarget = 'echo';
const tooLargeStatuses = { body: 413, headers: 431 } as const;
const tooLargeReasons = { body: rejectionMessages.bodyTooLarge, headers: rejectionMessages.headersTooLarge } as const;

/** Routes requests to the echo and to the callback URLs of all finders. */
export function createRouter(given: RouterOptions): Router {
  const options = {
    ...given,
    mayDiagnose: createDiagnosisLimit(given.now),
    mayStoreRejected: createRejectedLimit(given.now),
  };
  const { echo, unmatched } = options;
  const notOpen: Route = { receive: async () => retryLater, tooLarge: () => {} };
  const rejectAs = (route: CallbackRoute, reason: Message): void =>
    void rejectCallback(route, messageMembers('reason', reason), options);
  const toRoute = (route: CallbackRoute): Route => ({
    async receive(request) {
      const started = performance.now();
      const response = await acceptCallback(route, request, options);
      if (route.target !== echoTarget)
        options.handled({ status: response.status, milliseconds: performance.now() - started });
      if (response.status !== 404) unmatched.matched();
      return response;
    },
    tooLarge(part) {
      rejectAs(route, tooLargeReasons[part]());
      options.handled({ status: tooLargeStatuses[part], milliseconds: 0 });
    },
    malformed(code) {
      rejectAs(route, rejectionMessages.malformed({ code }));
      options.handled({ status: 400, milliseconds: 0 });
    },
    overloaded() {
      options.storageFailed({ ...problemMembers(ingressMessages.overloaded()), passing: true });
      options.handled({ status: 503, milliseconds: 0 });
    },
  });
  const echoRoute = toRoute(echoCallback(({ body }) => echo.answer(body)));
  const instanceRoute = toRoute(
    echoCallback(({ body }) => instanceAnswer(options.instance?.sharedKey() ?? '', echo.instance, body)),
  );
  const match = (key: string, method: string): Route | undefined => {
    if (key === echo.key) return method === 'POST' ? echoRoute : undefined;
    if (key === options.instance?.key()) return method === 'POST' ? instanceRoute : undefined;
    const finders = options.finders();
    if (!finders) return notOpen;
    for (const find of finders) {
      const route = find(key, method);
      if (route) return toRoute(route);
    }
    return undefined;
  };
  return {
    match,
    unmatched: (request) => unmatched.record(request, (key) => match(key, 'POST') !== undefined),
    unreadable: (request) => unmatched.recordUnreadable(request),
  };
}

/** The echo takes the way of every delivery, so that what stops these stops the echo as well. */
function echoCallback(answer: (request: { readonly body: Uint8Array }) => string): CallbackRoute {
  return {
    target: echoTarget,
    connector: { verify: () => ({ genuine: true, verified: 'address' }) },
    registered: { event: 'echo', scope: {} },
    rest: exactUrl,
    secrets: () => [],
    store: async (delivery) => ({ status: 200, text: answer(delivery) }),
  };
}
