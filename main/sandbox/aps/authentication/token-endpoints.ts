import { createHash } from 'node:crypto';
import { type Request, type RequestHandler, Router } from 'express';
import { ErrorResponse, gatewayBody } from '../../http/index.ts';
import type { Behaviour } from '../behaviour.ts';
import { type Credentials, isKnownScope, type Owner, person, type Tokens } from './authentication.ts';
import type { Consent, Grants } from './grants.ts';

export interface AuthenticationOptions {
  readonly application: Credentials;
  /** Client id of the app without a secret. */
  readonly publicClient: string;
  readonly tokens: Tokens;
  readonly grants: Grants;
  readonly behaviour: Behaviour;
}

/** The endpoints for tokens, and the profile: everything of the authentication but the page for people. */
export function createAuthentication(options: AuthenticationOptions): Router {
  const { tokens, grants, behaviour } = options;
  const router = Router();

  router.post('/authentication/v2/token', (request, response) => {
    const form = formOf(request);
    const refuse = (status: number, code: keyof typeof messages) => refusal(behaviour, status, code);
    const client = clientOf(request, form, options, refuse);
    const grantType = form.get('grant_type');
    if (!grantType) throw refuse(400, 'AUTH-008');
    const lifetime = { token_type: 'Bearer', expires_in: behaviour.tokenLifetime };
    if (grantType === 'client_credentials') {
      if (client === options.publicClient) throw refuse(400, 'AUTH-009');
      const owner: Owner = { type: 'Application', id: client, client };
      const access_token = tokens.issue(owner, scopesOf(form, refuse), behaviour.tokenLifetime);
      return void response.json({ access_token, ...lifetime });
    }
    const consent =
      grantType === 'authorization_code' ? redeem(form, grants, refuse) : renew(form, grantType, grants, refuse);
    if (consent?.client !== client) throw refuse(400, 'invalid_grant');
    const access_token = tokens.issue(userOf(client), consent.scopes, behaviour.tokenLifetime);
    response.json({ access_token, refresh_token: grants.issueRefreshToken(consent), ...lifetime });
  });

  router.post('/authentication/v2/revoke', (request, response) => {
    const form = formOf(request);
    const refuse = (status: number, code: keyof typeof messages) => refusal(behaviour, status, code);
    const client = clientOf(request, form, options, refuse);
    const token = form.get('token');
    const hint = form.get('token_type_hint');
    if (!token || !hint) throw refuse(400, 'AUTH-008');
    if (hint !== 'access_token' && hint !== 'refresh_token') throw refuse(400, 'AUTH-013');
    const owner = hint === 'access_token' ? tokens.find(token)?.owner.client : grants.find(token)?.consent.client;
    if (owner === client && hint === 'access_token') tokens.revoke(token);
    if (owner === client && hint === 'refresh_token') grants.revoke(token);
    response.status(200).end();
  });

  router.post('/authentication/v2/introspect', (request, response) => {
    const form = formOf(request);
    const refuse = (status: number, code: keyof typeof messages) => refusal(behaviour, status, code);
    const client = clientOf(request, form, options, refuse);
    const token = form.get('token');
    if (!token) throw refuse(400, 'AUTH-008');
    const access = tokens.find(token);
    const refresh = grants.find(token);
    const found = access?.owner.client === client ? access : refresh?.consent.client === client ? refresh : undefined;
    if (!found) return void response.json({ active: false });
    const scopes = 'consent' in found ? found.consent.scopes : found.scopes;
    const isUser = 'consent' in found || found.owner.type === 'O2User';
    response.json({
      active: true,
      scope: scopes.join(' '),
      client_id: client,
      exp: Math.floor(found.expires / 1000),
      ...(isUser && { userid: person.sub }),
    });
  });

  router.get('/userinfo', (request, response) => {
    const owner = tokens.authorise(request, ['user-profile:read'], ['openid']);
    if (owner.type !== 'O2User') throw new ErrorResponse(403, gatewayBody('AUTH-011', 'The grant is not valid here.'));
    response.json(person);
  });

  return router;
}

/** Keeps an app without a secret from an API that may cost tokens. */
export function createCostBarrier(tokens: Tokens, publicClient: string): RequestHandler {
  return (request, _response, next) => {
    const [, token = ''] = /^Bearer (\S+)$/i.exec(request.headers.authorization ?? '') ?? [];
    if (tokens.find(token)?.owner.client !== publicClient) return next();
    throw new ErrorResponse(403, gatewayBody('AUTH-001', messages['AUTH-001']));
  };
}

function userOf(client: string): Owner {
  return { type: 'O2User', id: person.sub, client };
}

function redeem(form: URLSearchParams, grants: Grants, refuse: Refuse): Consent | undefined {
  const code = form.get('code');
  const redirectUri = form.get('redirect_uri');
  const verifier = form.get('code_verifier');
  if (!code || !redirectUri) throw refuse(400, 'AUTH-008');
  const consent = grants.spendCode(code);
  const isVerified =
    consent?.challenge === undefined || (verifier !== null && challengeOf(verifier) === consent.challenge);
  return consent?.redirectUri === redirectUri && isVerified ? consent : undefined;
}

function challengeOf(verifier: string): string | undefined {
  if (!/^[A-Za-z0-9._~-]{43,128}$/.test(verifier)) return undefined;
  return createHash('sha256').update(verifier).digest('base64url');
}

function renew(form: URLSearchParams, grantType: string, grants: Grants, refuse: Refuse): Consent | undefined {
  if (grantType !== 'refresh_token') throw refuse(400, 'AUTH-009');
  const token = form.get('refresh_token');
  if (!token) throw refuse(400, 'AUTH-008');
  const asked = form.get('scope')?.split(' ');
  const granted = grants.find(token)?.consent.scopes;
  if (asked && granted && !asked.every((scope) => granted.includes(scope))) throw refuse(400, 'AUTH-004');
  const consent = grants.spendRefreshToken(token);
  return consent && asked ? { ...consent, scopes: asked } : consent;
}

const messages = {
  'AUTH-001': 'The client_id specified does not have access to the api product',
  'AUTH-003': 'The client_id and client_secret do not match.',
  'AUTH-004': 'The scope is invalid.',
  'AUTH-008': 'A required parameter is missing.',
  'AUTH-009': 'The grant type is not supported.',
  'AUTH-012': 'The client must authenticate either by the Authorization header or in the body.',
  'AUTH-013': 'The token_type_hint is not valid.',
  invalid_grant: 'The authorization code or refresh token is expired or invalid.',
} as const;

const oauthErrors = {
  'AUTH-001': 'invalid_client',
  'AUTH-003': 'invalid_client',
  'AUTH-004': 'invalid_scope',
  'AUTH-008': 'invalid_request',
  'AUTH-009': 'unsupported_grant_type',
  'AUTH-012': 'invalid_client',
  'AUTH-013': 'invalid_request',
  invalid_grant: 'invalid_grant',
} as const;

type Refuse = (status: number, code: keyof typeof messages) => ErrorResponse;

function refusal(behaviour: Behaviour, status: number, code: keyof typeof messages): ErrorResponse {
  // The gateway has no code of its own for it; which one it answers with is not documented.
  const gatewayCode = code === 'invalid_grant' ? 'AUTH-006' : code;
  if (behaviour.authenticationErrors === 'gateway')
    return new ErrorResponse(status, gatewayBody(gatewayCode, messages[code]));
  return new ErrorResponse(status, { error: oauthErrors[code], error_description: messages[code] });
}

function formOf(request: Request): URLSearchParams {
  if (!request.is('application/x-www-form-urlencoded')) {
    throw new ErrorResponse(
      415,
      gatewayBody('AUTH-007', 'The Content-Type must be application/x-www-form-urlencoded.'),
    );
  }
  return new URLSearchParams(typeof request.body === 'string' ? request.body : '');
}

/** Which app asks: by the header or in the body, where both at once are refused; the one without a secret by its id alone. */
function clientOf(
  request: Request,
  form: URLSearchParams,
  { application, publicClient }: AuthenticationOptions,
  refuse: Refuse,
): string {
  const header = request.headers.authorization;
  const [inBody, secretInBody] = [form.get('client_id'), form.get('client_secret')];
  if (header !== undefined && (inBody !== null || secretInBody !== null)) throw refuse(400, 'AUTH-012');
  if (header === undefined && inBody === publicClient && secretInBody === null) return publicClient;
  const { clientId, clientSecret } =
    header === undefined ? { clientId: inBody, clientSecret: secretInBody } : basicIn(header, refuse);
  if (clientId === null) throw refuse(401, 'AUTH-012');
  if (clientSecret === null) throw refuse(400, 'AUTH-008');
  if (clientId !== application.clientId) throw refuse(403, 'AUTH-001');
  if (clientSecret !== application.clientSecret) throw refuse(401, 'AUTH-003');
  return clientId;
}

function basicIn(header: string, refuse: Refuse): Credentials {
  const [, encoded] = /^Basic ([A-Za-z0-9+/]+=*)$/.exec(header) ?? [];
  const [, clientId, clientSecret] = /^([^:]+):(.*)$/s.exec(Buffer.from(encoded ?? '', 'base64').toString()) ?? [];
  if (clientId === undefined || clientSecret === undefined) throw refuse(401, 'AUTH-012');
  return { clientId, clientSecret };
}

function scopesOf(form: URLSearchParams, refuse: Refuse): readonly string[] {
  const text = form.get('scope');
  if (!text) throw refuse(400, 'AUTH-008');
  const scopes = text.split(' ');
  if (!scopes.every(isKnownScope) || scopes.length > 50 || text.length > 2000) throw refuse(400, 'AUTH-004');
  return scopes;
}
