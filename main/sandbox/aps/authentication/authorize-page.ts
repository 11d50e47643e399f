import { randomUUID } from 'node:crypto';
import { type Request, type Response, Router } from 'express';
import { ErrorResponse } from '../../http/index.ts';
import type { Behaviour } from '../behaviour.ts';
import type { Credentials } from './authentication.ts';
import type { Consent, Grants } from './grants.ts';

interface AuthorizePageOptions {
  readonly application: Credentials;
  readonly publicClient: string;
  /** The callback URLs registered for both apps, compared exactly. */
  readonly redirectUris: readonly string[];
  readonly grants: Grants;
  readonly behaviour: Behaviour;
  /** The name of the user who signs in. */
  readonly person: string;
  isKnownScope(scope: string): boolean;
}

interface Question {
  readonly consent: Consent;
  readonly state: string | undefined;
}

/** `GET /authentication/v2/authorize`, and the requests of the page's two buttons. */
export function createAuthorizePage(options: AuthorizePageOptions): Router {
  const { behaviour, grants, person } = options;
  const router = Router();
  const questions = new Map<string, Question>();

  const decide = (response: Response, { consent, state }: Question, isAllowed: boolean): void => {
    const answer = isAllowed
      ? { code: grants.issueCode(consent) }
      : { error: 'access_denied', error_description: 'The user refused the access.' };
    response.redirect(302, withAnswer(consent.redirectUri, answer, state));
  };

  router.get('/authentication/v2/authorize', (request, response) => {
    const query = new URL(request.originalUrl, 'http://localhost').searchParams;
    const question = questionOf(query, options);
    if ('error' in question) {
      return response.redirect(302, withAnswer(question.redirectUri, { error: question.error }, question.state));
    }
    if (behaviour.consent !== 'ask') return decide(response, question, behaviour.consent === 'allow');
    const id = randomUUID();
    questions.set(id, question);
    response.type('html').send(consentPage(id, question.consent, person));
  });

  router.post('/authentication/v2/authorize', (request: Request, response) => {
    const form = new URLSearchParams(typeof request.body === 'string' ? request.body : '');
    const id = form.get('question') ?? '';
    const question = questions.get(id);
    if (!question) throw errorPage('This page is too old');
    questions.delete(id);
    decide(response, question, form.get('decision') === 'allow');
  });

  return router;
}

function questionOf(
  query: URLSearchParams,
  { application, publicClient, redirectUris, isKnownScope }: AuthorizePageOptions,
): Question | { readonly error: string; readonly redirectUri: string; readonly state: string | undefined } {
  const client = query.get('client_id') ?? '';
  if (client !== application.clientId && client !== publicClient) throw errorPage('Invalid client_id');
  const redirectUri = query.get('redirect_uri') ?? '';
  // Never redirects to a URL that is not registered.
  if (!redirectUris.includes(redirectUri)) throw errorPage('Invalid redirect_uri');
  const state = query.get('state') ?? undefined;
  if (state !== undefined && !/^[A-Za-z0-9,._-]+$/.test(state)) throw errorPage('Invalid state');
  const refuse = (error: string) => ({ error, redirectUri, state });
  if (query.get('response_type') !== 'code') return refuse('unsupported_response_type');
  const scopes = query.get('scope')?.split(' ') ?? [];
  if (scopes.length === 0 || scopes.length > 50 || !scopes.every(isKnownScope)) return refuse('invalid_scope');
  const challenge = query.get('code_challenge') ?? undefined;
  const isSound = /^[A-Za-z0-9_-]{43}$/.test(challenge ?? '') && query.get('code_challenge_method') === 'S256';
  if (challenge === undefined ? client === publicClient : !isSound) return refuse('invalid_request');
  return { consent: { client, scopes, redirectUri, challenge, nonce: query.get('nonce') ?? undefined }, state };
}

function withAnswer(redirectUri: string, answer: Readonly<Record<string, string>>, state: string | undefined): string {
  const url = new URL(redirectUri);
  for (const [name, value] of Object.entries(answer)) url.searchParams.set(name, value);
  if (state !== undefined) url.searchParams.set('state', state);
  return url.href;
}

function errorPage(title: string): ErrorResponse {
  return new ErrorResponse(400, page(title, '<p>The application sent a request that cannot be served.</p>'));
}

function consentPage(id: string, { client, scopes }: Consent, person: string): string {
  const list = scopes.map((scope) => `<li><code>${scope}</code></li>`).join('');
  return page(
    'Authorize application',
    `<p>Signed in as <b>${person}</b> (sandbox). The app <code>${client.slice(0, 8)}…</code> asks for:</p>
<ul>${list}</ul>
<form method="post" action="/authentication/v2/authorize"><input type="hidden" name="question" value="${id}">
<button name="decision" value="allow">Allow</button> <button name="decision" value="refuse">Refuse</button></form>`,
  );
}

function page(title: string, body: string): string {
  return `<!doctype html><html lang="en"><meta charset="utf-8"><title>${title}</title>
<style>body{font:16px/1.5 system-ui,sans-serif;margin:15vh auto;max-width:34em;padding:0 1em}button{font:inherit;padding:.4em 1.2em}</style>
<h1>${title}</h1>${body}</html>`;
}
