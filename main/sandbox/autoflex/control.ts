import { type Request, type Response, Router } from 'express';
import { z } from 'zod';
import { ErrorResponse, FaultOrder, parseJson } from '../http/index.ts';
import type { AutoflexControls } from './simulator.ts';

const Nothing = z.strictObject({});
const Groups = z.record(z.string(), z.record(z.string(), z.unknown()));

/** The controls over HTTP, under `/sandbox`: `POST` with JSON. */
export function createControl(autoflex: AutoflexControls): Router {
  const router = Router();
  router.get('/requests', (_request, response) => {
    response.json(autoflex.requests.map(({ headers: _headers, ...request }) => request));
  });
  router.get('/callbacks', (_request, response) => {
    response.json(autoflex.callbacks);
  });
  router.get('/transfers', (_request, response) => {
    response.json(autoflex.transfers);
  });
  router.post(
    '/behaviour',
    handle(Groups, (groups) => autoflex.change(groups)),
  );
  router.post(
    '/faults',
    handle(FaultOrder, (fault) => void autoflex.addFault(fault)),
  );
  router.post(
    '/expire-tokens',
    handle(Nothing, () => autoflex.expireTokens()),
  );
  router.post(
    '/expire-links',
    handle(Nothing, () => autoflex.expireLinks()),
  );
  router.post(
    '/call-again',
    handle(Nothing, () => autoflex.callAgain()),
  );
  return router;
}

function handle<T>(schema: z.ZodType<T>, act: (input: T) => unknown) {
  return async (request: Request, response: Response) => {
    const reject = (status: number, message: string): ErrorResponse => new ErrorResponse(status, { message });
    const input = parseJson(request, schema, reject);
    try {
      response.json((await act(input)) ?? {});
    } catch (error) {
      throw error instanceof z.ZodError ? reject(400, z.prettifyError(error)) : error;
    }
  };
}
