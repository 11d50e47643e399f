import { type Request, type Response, Router } from 'express';
import { z } from 'zod';
import { ErrorResponse, parseJson } from '../http/index.ts';
import type { Behaviour } from './behaviour.ts';
import type { Callbacks } from './callbacks.ts';
import type { Results } from './results.ts';
import { type Tokens, tokenOf } from './sign-in.ts';

/** A requested backup. */
export interface Order {
  readonly webhookUrl: string;
  /** The secret ids in its callbacks. */
  readonly ids: readonly string[];
}

interface OrdersOptions {
  readonly tokens: Tokens;
  readonly results: Results;
  readonly callbacks: Callbacks;
  readonly behaviour: Behaviour;
  /** The list to which each accepted request is added. */
  readonly orders: Order[];
  /** Resolves when the file can be downloaded. */
  prepared(): Promise<unknown>;
}

const WebhookUrl = z.string().refine(isPublic, 'must be an address that starts with https');
const Body = z.object({ webhook_url: WebhookUrl });

/** `POST /backup/owner`, `GET /webhook` and `GET /util/list`. */
export function createOrders(options: OrdersOptions): Router {
  const { tokens, results } = options;
  const router = Router();
  router.use((request, _response, next) => {
    if (tokens.isGood(request)) return next();
    throw new ErrorResponse(401, { message: 'The token is missing or not valid.' });
  });
  router.post('/backup/owner', (request, response) => takeOrder(options, request, response));
  router.get('/webhook', (request, response) => {
    const { id } = request.query;
    if (typeof id !== 'string' || id === '') throw new ErrorResponse(400, { message: 'The parameter id is missing.' });
    results.answer(id, tokenOf(request), response);
  });
  router.get('/util/list', (request, response) => {
    if (request.query.list !== 'ordertypes') throw new ErrorResponse(400, { message: 'There is no such list.' });
    response.json({ ordertypes });
  });
  return router;
}

async function takeOrder(options: OrdersOptions, request: Request, response: Response): Promise<void> {
  const { webhook_url: webhookUrl } = parseJson(
    request,
    Body,
    (status, message) => new ErrorResponse(status, { message }),
  );
  const { order, callback } = options.behaviour;
  if (order.notReady > 0) {
    order.notReady -= 1;
    return void response.status(202).json({ retry: 1000 });
  }
  const answer = order.successCode === null ? {} : { successCode: order.successCode };
  if (Number(order.successCode) >= 400) {
    return void response.status(order.status).json({ ...answer, message: order.message });
  }
  await options.prepared();
  if (order.atOnce) return void response.status(order.status).json(options.results.body());
  const ids = Array.from({ length: callback.ids }, () => options.results.createId(tokenOf(request)));
  options.orders.push({ webhookUrl, ids });
  if (callback.beforeAnswer) await options.callbacks.announce(webhookUrl, ids);
  response.status(order.status).json(answer);
  if (!callback.beforeAnswer) void options.callbacks.announce(webhookUrl, ids);
}

const ordertypes = { WORKSHOP: 1, VEHICLE_SALES: 2, VEHICLE_PURCHASE: 3, INTERNAL_REVERSAL: 4, BPM: 5 };

/** Whether the URL is public and https, as the documentation requires; loopback addresses are accepted, too. */
function isPublic(text: string): boolean {
  const url = URL.parse(text);
  return url?.protocol === 'https:' || url?.hostname === '127.0.0.1' || url?.hostname === 'localhost';
}
