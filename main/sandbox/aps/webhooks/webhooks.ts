import { type Request, Router } from 'express';
import { parseJson, webhookRejection } from '../../http/index.ts';
import type { Tokens } from '../authentication/index.ts';
import type { Behaviour } from '../behaviour.ts';
import { HookUpdate } from './bodies.ts';
import { type Caller, callerOf, read, write } from './caller.ts';
import { createHooks } from './hook-creation.ts';
import { type HookStore, hookDetails, type StoredHook } from './hook-store.ts';
import { createWebhookLists } from './lists.ts';
import { createWebhookTokens } from './tokens.ts';

type HookPath = { system: string; event: string; id: string };

/** The twelve endpoints of the Webhooks API v1. */
export function createWebhooks(store: HookStore, tokens: Tokens, behaviour: Behaviour): Router {
  const router = Router();
  const base = '/systems/:system/events/:event/hooks';

  router.use(createWebhookLists(store, tokens, behaviour), createWebhookTokens(store, tokens));

  router.post(base, (request: Request<HookPath>, response) => {
    const caller = callerOf(request, tokens, write);
    const [hook] = createHooks(request, request.params, caller, store, behaviour);
    const root = `${request.protocol}://${request.headers.host}${request.baseUrl}`;
    response
      .status(201)
      .location(`${root}${hookDetails(hook).__self__}`)
      .end();
  });

  router.post('/systems/:system/hooks', (request, response) => {
    const caller = callerOf(request, tokens, write);
    const hooks = createHooks(request, { system: request.params.system }, caller, store, behaviour);
    response.status(201).json({ hooks: hooks.map(hookDetails) });
  });

  router.get(`${base}/:id`, (request: Request<HookPath>, response) => {
    response.json(hookDetails(hookOf(request, store, callerOf(request, tokens, read))));
  });

  router.patch(`${base}/:id`, (request: Request<HookPath>, response) => {
    const hook = hookOf(request, store, callerOf(request, tokens, write));
    update(store, hook, parseJson(request, HookUpdate, webhookRejection));
    if (behaviour.patchStatus === 200) response.json(hookDetails(hook));
    else response.status(204).end();
  });

  router.delete(`${base}/:id`, (request: Request<HookPath>, response) => {
    store.remove(hookOf(request, store, callerOf(request, tokens, write)));
    response.status(204).end();
  });

  return router;
}

function update(store: HookStore, hook: StoredHook, { token, ...change }: HookUpdate): void {
  const named = Object.entries(change).map(([name, value]) => [name, value === '' ? undefined : (value ?? undefined)]);
  store.change(hook, Object.fromEntries(named));
  if (token !== undefined) store.setHookSecret(hook, token);
  if (change.status === 'active') Object.assign(hook, { failures: 0, revivals: 0 });
}

function hookOf(request: Request<HookPath>, store: HookStore, { owner, region }: Caller): StoredHook {
  const { system, event, id } = request.params;
  const hook = store.of(owner, region).find((one) => one.hookId === id);
  if (hook?.system !== system || hook.event !== event) throw webhookRejection(404, `The hook ${id} was not found.`);
  return hook;
}
