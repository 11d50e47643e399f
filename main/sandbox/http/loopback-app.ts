import express, { type ErrorRequestHandler, type Express, type RequestHandler } from 'express';
import { ErrorResponse } from './error-response.ts';

/** Serves this computer only, with bodies as text unless `isBinary`; handlers may throw an ErrorResponse. */
export function createLoopbackApp(mount: (app: Express) => void, isBinary = (_path: string) => false): Express {
  const app = express();
  app.disable('x-powered-by');
  app.disable('etag');
  app.use(requireLoopbackHost, express.text({ type: ({ url = '' }) => !isBinary(url), limit: '1mb' }));
  mount(app);
  app.use(sendRejection);
  return app;
}

/** Checks the Host header: a page of another site cannot reach this server under its own name. */
const requireLoopbackHost: RequestHandler = (request, _response, next) => {
  if (/^(127\.0\.0\.1|localhost|\[::1\]|\[::ffff:7f00:1\])(:\d+)?$/.test(request.headers.host ?? '')) return next();
  throw new ErrorResponse(403, { developerMessage: 'Only this computer may ask.' });
};

const sendRejection: ErrorRequestHandler = (error: unknown, _request, response, _next) => {
  const rejection =
    error instanceof ErrorResponse ? error : new ErrorResponse(statusOf(error), { developerMessage: String(error) });
  response.status(rejection.status).set(rejection.headers);
  if (typeof rejection.body === 'string') response.type('html').send(rejection.body);
  else response.json(rejection.body);
};

function statusOf(error: unknown): number {
  const status = typeof error === 'object' && error !== null && 'status' in error ? error.status : undefined;
  return typeof status === 'number' ? status : 500;
}
