import { type Request, Router } from 'express';
import { parseJson, webhookRejection } from '../../http/index.ts';
import type { Tokens } from '../authentication/index.ts';
import { OwnerSecret } from './bodies.ts';
import { type Caller, callerOf, write } from './caller.ts';
import type { HookStore } from './hook-store.ts';

/** The three endpoints for the secrets of applications and users. */
export function createWebhookTokens(store: HookStore, tokens: Tokens): Router {
  const router = Router();

  router.post('/tokens', (request, response) => {
    const { owner, region } = callerOf(request, tokens, write);
    const { token } = parseJson(request, OwnerSecret, webhookRejection);
    if (store.ownerSecret(owner, region) !== undefined) {
      throw webhookRejection(400, `Failed to save duplicate token for client: ${owner.id}`);
    }
    store.setOwnerSecret(owner, region, token);
    response.json({ status: 200, detail: [`Token created successfully for client: ${owner.id}`] });
  });

  router.put('/tokens/@me', (request, response) => {
    const { owner, region } = ownerWithSecret(request);
    store.setOwnerSecret(owner, region, parseJson(request, OwnerSecret, webhookRejection).token);
    response.status(204).end();
  });

  router.delete('/tokens/@me', (request, response) => {
    const { owner, region } = ownerWithSecret(request);
    store.setOwnerSecret(owner, region, undefined);
    response.status(204).end();
  });

  function ownerWithSecret(request: Request): Caller {
    const caller = callerOf(request, tokens, write);
    if (store.ownerSecret(caller.owner, caller.region) === undefined) throw webhookRejection(404, 'No token exists.');
    return caller;
  }

  return router;
}
