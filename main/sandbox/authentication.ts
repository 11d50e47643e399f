import { randomBytes } from 'node:crypto';
import { type Request, Router } from 'express';
import type { Behaviour } from './behaviour.ts';
import { gatewayBody, Refusal } from './refusal.ts';

/** Who a token speaks for: the application (2-legged) or a user within it (3-legged). */
export interface Owner {
  readonly type: 'Application' | 'O2User';
  readonly id: string;
  /** The client id of the application. */
  readonly client: string;
}

interface Grant {
  readonly owner: Owner;
  readonly scopes: readonly string[];
  readonly expires: number;
}

const knownScopes = new Set(
  `user:read user:write user-profile:read viewables:read data:read data:write data:create data:search bucket:create
  bucket:read bucket:update bucket:delete code:all account:read account:write openid`.split(/\s+/),
);

/** The access tokens that were handed out. */
export class Tokens {
  readonly #grants = new Map<string, Grant>();
  readonly #now: () => number;

  constructor(now: () => number) {
    this.#now = now;
  }

  /** `lifetime` in seconds. */
  issue(owner: Owner, scopes: readonly string[], lifetime: number): string {
    const token = randomBytes(48).toString('base64url');
    this.#grants.set(token, { owner, scopes, expires: this.#now() + lifetime * 1000 });
    return token;
  }

  revokeAll(): void {
    this.#grants.clear();
  }

  /** Whose request it is; throws the gateway's 401, or 403 where none of the sets of scopes was granted whole. */
  authorise(request: Request, ...scopes: readonly (readonly string[])[]): Owner {
    const [, token] = /^Bearer (\S+)$/i.exec(request.headers.authorization ?? '') ?? [];
    if (token === undefined) {
      throw new Refusal(401, gatewayBody('AUTH-012', 'The Authorization header is missing or malformed.'));
    }
    const grant = this.#grants.get(token);
    if (!grant || grant.expires <= this.#now()) {
      this.#grants.delete(token);
      throw new Refusal(401, gatewayBody('AUTH-006', 'The token is not valid.'));
    }
    if (!scopes.some((set) => set.every((scope) => grant.scopes.includes(scope)))) {
      throw new Refusal(403, gatewayBody('AUTH-010', 'Token does not have the privilege for this request.'));
    }
    return grant.owner;
  }
}

export interface Credentials {
  readonly clientId: string;
  readonly clientSecret: string;
}

/** `POST /authentication/v2/token` for client credentials. */
export function createAuthentication(application: Credentials, tokens: Tokens, behaviour: Behaviour): Router {
  const router = Router();
  router.post('/authentication/v2/token', (request, response) => {
    const form = formOf(request);
    const refuse = (status: number, code: keyof typeof messages) => refusal(behaviour, status, code);
    const { clientId, clientSecret } = credentialsOf(request, form, refuse);
    const grantType = form.get('grant_type');
    if (!grantType) throw refuse(400, 'AUTH-008');
    if (grantType !== 'client_credentials') throw refuse(400, 'AUTH-009');
    if (clientId !== application.clientId) throw refuse(403, 'AUTH-001');
    if (clientSecret !== application.clientSecret) throw refuse(401, 'AUTH-003');
    const scopes = scopesOf(form, refuse);
    const owner: Owner = { type: 'Application', id: clientId, client: clientId };
    const access_token = tokens.issue(owner, scopes, behaviour.tokenLifetime);
    response.json({ access_token, token_type: 'Bearer', expires_in: behaviour.tokenLifetime });
  });
  return router;
}

const messages = {
  'AUTH-001': 'The client_id specified does not have access to the api product',
  'AUTH-003': 'The client_id and client_secret do not match.',
  'AUTH-004': 'The scope is invalid.',
  'AUTH-008': 'A required parameter is missing.',
  'AUTH-009': 'The grant type is not supported.',
  'AUTH-012': 'The client must authenticate either by the Authorization header or in the body.',
} as const;

const oauthErrors = {
  'AUTH-001': 'invalid_client',
  'AUTH-003': 'invalid_client',
  'AUTH-004': 'invalid_scope',
  'AUTH-008': 'invalid_request',
  'AUTH-009': 'unsupported_grant_type',
  'AUTH-012': 'invalid_client',
} as const;

type Refuse = (status: number, code: keyof typeof messages) => Refusal;

function refusal(behaviour: Behaviour, status: number, code: keyof typeof messages): Refusal {
  if (behaviour.authenticationErrors === 'gateway') return new Refusal(status, gatewayBody(code, messages[code]));
  return new Refusal(status, { error: oauthErrors[code], error_description: messages[code] });
}

function formOf(request: Request): URLSearchParams {
  if (!request.is('application/x-www-form-urlencoded')) {
    throw new Refusal(415, gatewayBody('AUTH-007', 'The Content-Type must be application/x-www-form-urlencoded.'));
  }
  return new URLSearchParams(typeof request.body === 'string' ? request.body : '');
}

/** From the header or from the body; both at once are refused. */
function credentialsOf(request: Request, form: URLSearchParams, refuse: Refuse): Credentials {
  const header = request.headers.authorization;
  const clientId = form.get('client_id');
  const clientSecret = form.get('client_secret');
  if (header !== undefined) {
    if (clientId !== null || clientSecret !== null) throw refuse(400, 'AUTH-012');
    const [, encoded] = /^Basic ([A-Za-z0-9+/]+=*)$/.exec(header) ?? [];
    const [, id, secret] = /^([^:]+):(.*)$/s.exec(Buffer.from(encoded ?? '', 'base64').toString()) ?? [];
    if (id === undefined || secret === undefined) throw refuse(401, 'AUTH-012');
    return { clientId: id, clientSecret: secret };
  }
  if (clientId === null) throw refuse(401, 'AUTH-012');
  if (clientSecret === null) throw refuse(400, 'AUTH-008');
  return { clientId, clientSecret };
}

function scopesOf(form: URLSearchParams, refuse: Refuse): readonly string[] {
  const text = form.get('scope');
  if (!text) throw refuse(400, 'AUTH-008');
  const scopes = text.split(' ');
  const valid = scopes.every((scope) => knownScopes.has(scope) || scope.startsWith('data:read:urn:'));
  if (!valid || scopes.length > 50 || text.length > 2000) throw refuse(400, 'AUTH-004');
  return scopes;
}
