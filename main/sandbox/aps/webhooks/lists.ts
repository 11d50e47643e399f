import { type Request, type Response, Router } from 'express';
import { webhookRejection } from '../../http/index.ts';
import type { Tokens } from '../authentication/index.ts';
import type { Behaviour } from '../behaviour.ts';
import { callerOf, read } from './caller.ts';
import { requireEvents } from './hook-creation.ts';
import { type HookStore, hookDetails, type StoredHook } from './hook-store.ts';

type ListPath = { system: string; event: string };

/** The four lists of hooks: of an event, of a system, of the caller, of the application. */
export function createWebhookLists(store: HookStore, tokens: Tokens, behaviour: Behaviour): Router {
  const router = Router();

  router.get('/systems/:system/events/:event/hooks', (request: Request<ListPath>, response) => {
    const { owner, region } = callerOf(request, tokens, read);
    const { system, event } = request.params;
    requireEvents(system, event);
    const { scopeName, scopeValue } = request.query;
    const inScope = (hook: StoredHook) =>
      typeof scopeName !== 'string' ||
      (scopeName in hook.scope && (scopeValue === undefined || hook.scope[scopeName] === scopeValue));
    const hooks = store.of(owner, region).filter((hook) => hook.system === system && hook.event === event);
    sendPage(request, response, hooks.filter(inScope), behaviour);
  });

  router.get('/systems/:system/hooks', (request: Request<ListPath>, response) => {
    const { owner, region } = callerOf(request, tokens, read);
    const { system } = request.params;
    requireEvents(system, '*');
    const hooks = store.of(owner, region).filter((hook) => hook.system === system);
    sendPage(request, response, hooks, behaviour);
  });

  router.get('/hooks', (request, response) => {
    const { owner, region } = callerOf(request, tokens, read);
    sendPage(request, response, store.of(owner, region), behaviour);
  });

  router.get('/app/hooks', (request, response) => {
    const { owner, region } = callerOf(request, tokens, read);
    if (owner.type !== 'Application') throw webhookRejection(403, 'This endpoint needs a 2-legged token.');
    const sign = request.query.sort === 'asc' ? 1 : -1;
    const hooks = store.of(owner, region).toSorted((one, other) => sign * (one.updatedAt - other.updatedAt));
    sendPage(request, response, hooks, behaviour);
  });

  return router;
}

/** Sends one page; 204 where the list is empty, except for the application's, for which 204 is not documented. */
function sendPage(request: Request, response: Response, all: readonly StoredHook[], { pageSize }: Behaviour): void {
  const { status, pageState } = request.query;
  if (status !== undefined && !['active', 'inactive', 'reactivated'].includes(String(status))) {
    throw webhookRejection(400, 'The status is unknown.');
  }
  const hooks = status === undefined ? all : all.filter((hook) => hook.status === status);
  if (hooks.length === 0 && request.path !== '/app/hooks') return void response.status(204).end();
  const start = pageState === undefined ? 0 : offsetOf(String(pageState));
  const end = start + pageSize;
  const next = end < hooks.length ? `${request.path}?pageState=${cursorAt(end)}` : null;
  response.json({ links: { next }, data: hooks.slice(start, end).map(hookDetails) });
}

function cursorAt(offset: number): string {
  return Buffer.from(`offset:${offset}`).toString('base64');
}

function offsetOf(cursor: string): number {
  const [, offset] = /^offset:(\d+)$/.exec(Buffer.from(cursor, 'base64').toString()) ?? [];
  if (offset === undefined) throw webhookRejection(400, 'The pageState is not valid.');
  return Number(offset);
}
