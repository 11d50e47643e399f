import {
  type AcceptOptions,
  acceptCallback,
  type CallbackRoute,
  rejectCallback,
  retryLater,
} from './accept-callback.ts';
import type { Echo } from './echo.ts';
import type { Route, Router } from './route.ts';

/** Finds the route of a callback URL; no key belongs to two finders. */
export type FindRoute = (key: string, method: string) => CallbackRoute | undefined;

export interface RouterOptions extends AcceptOptions {
  readonly echo: Echo;
  /** Undefined while they are not open yet: senders retry later. */
  finders(): readonly FindRoute[] | undefined;
}

/** Routes requests to the echo and to the callback URLs of all finders. */
export function createRouter(options: RouterOptions): Router {
  const { echo } = options;
  const notOpen: Route = { receive: async () => retryLater, tooLarge: () => {} };
  const echoRoute: Route = {
    receive: async ({ body }) => ({ status: 200, text: echo.answer(body) }),
    tooLarge: () => {},
  };
  const toRoute = (route: CallbackRoute): Route => ({
    receive: (request) => acceptCallback(route, request, options),
    tooLarge: () => void rejectCallback(route, 'larger than 1 MB', options),
  });
  return {
    match(key, method) {
      if (key === echo.key) return method === 'POST' ? echoRoute : undefined;
      const finders = options.finders();
      if (!finders) return notOpen;
      for (const find of finders) {
        const route = find(key, method);
        if (route) return toRoute(route);
      }
      return undefined;
    },
  };
}
