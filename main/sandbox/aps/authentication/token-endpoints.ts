import { createHash } from 'node:crypto';
import { type Request, type RequestHandler, Router } from 'express';
import { ErrorResponse, gatewayBody } from '../../http/index.ts';
import type { Behaviour } from '../behaviour.ts';
import { type Credentials, isKnownScope, type Owner, person, type Tokens } from './authentication.ts';
import type { Consent, Grants } from './grants.ts';
import { type Identity, issuerOf } from './identity.ts';

interface AuthenticationOptions {
  readonly application: Credentials;
  /** The client id of the app without a secret. */
  readonly publicClient: string;
  readonly tokens: Tokens;
  readonly grants: Grants;
  readonly identity: Identity;
  readonly behaviour: Behaviour;
}

/** The token endpoints and the user profile; the sign-in page is a separate router. */
export function createAuthentication(options: AuthenticationOptions): Router {
  const { tokens } = options;
  const router = Router();
  router.post('/authentication/v2/token', (request, response) => {
    response.json(issueTokens(callOf(request, options), options));
  });
  router.post('/authentication/v2/revoke', (request, response) => {
    revoke(callOf(request, options), options);
    response.status(200).end();
  });
  router.post('/authentication/v2/introspect', (request, response) => {
    response.json(introspect(callOf(request, options), options));
  });
  router.get('/userinfo', (request, response) => {
    const owner = tokens.authorise(request, ['user-profile:read'], ['openid']);
    if (owner.type !== 'O2User') throw new ErrorResponse(403, gatewayBody('AUTH-011', 'The grant is not valid here.'));
    response.json(person);
  });
  return router;
}

/** A form that was sent by an authenticated client. */
interface FormCall {
  readonly form: URLSearchParams;
  readonly client: string;
  readonly reject: Reject;
  /** The issuer of ID tokens. */
  readonly issuer: string;
}

function callOf(request: Request, options: AuthenticationOptions): FormCall {
  const form = formOf(request);
  const reject: Reject = (status, code) => rejection(options.behaviour, status, code);
  return { form, reject, client: clientOf(request, form, options, reject), issuer: issuerOf(request) };
}

function issueTokens(
  { form, client, reject, issuer }: FormCall,
  { publicClient, tokens, grants, identity, behaviour }: AuthenticationOptions,
): object {
  const grantType = form.get('grant_type');
  if (!grantType) throw reject(400, 'AUTH-008');
  const lifetime = { token_type: 'Bearer', expires_in: behaviour.tokenLifetime };
  if (grantType === 'client_credentials') {
    if (client === publicClient) throw reject(400, 'AUTH-009');
    const owner: Owner = { type: 'Application', id: client, client };
    return { access_token: tokens.issue(owner, scopesOf(form, reject), behaviour.tokenLifetime), ...lifetime };
  }
  const consent =
    grantType === 'authorization_code' ? redeem(form, grants, reject) : renew(form, grantType, grants, reject);
  if (consent?.client !== client) throw reject(400, 'invalid_grant');
  const access_token = tokens.issue(userOf(client), consent.scopes, behaviour.tokenLifetime);
  const idToken = consent.scopes.includes('openid') && { id_token: identity.issueToken(issuer, client, consent.nonce) };
  return { access_token, refresh_token: grants.issueRefreshToken(consent), ...lifetime, ...idToken };
}

function revoke({ form, client, reject }: FormCall, { tokens, grants }: AuthenticationOptions): void {
  const token = form.get('token');
  const hint = form.get('token_type_hint');
  if (!token || !hint) throw reject(400, 'AUTH-008');
  if (hint !== 'access_token' && hint !== 'refresh_token') throw reject(400, 'AUTH-013');
  const owner = hint === 'access_token' ? tokens.find(token)?.owner.client : grants.find(token)?.consent.client;
  if (owner !== client) return;
  if (hint === 'access_token') tokens.revoke(token);
  else grants.revoke(token);
}

function introspect({ form, client, reject }: FormCall, { tokens, grants }: AuthenticationOptions): object {
  const token = form.get('token');
  if (!token) throw reject(400, 'AUTH-008');
  const access = tokens.find(token);
  const refresh = grants.find(token);
  const found = access?.owner.client === client ? access : refresh?.consent.client === client ? refresh : undefined;
  if (!found) return { active: false };
  const scopes = 'consent' in found ? found.consent.scopes : found.scopes;
  const isUser = 'consent' in found || found.owner.type === 'O2User';
  return {
    active: true,
    scope: scopes.join(' '),
    client_id: client,
    exp: Math.floor(found.expires / 1000),
    ...(isUser && { userid: person.sub }),
  };
}

/** Rejects an app without a secret at an API that may cost tokens. */
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

function redeem(form: URLSearchParams, grants: Grants, reject: Reject): Consent | undefined {
  const code = form.get('code');
  const redirectUri = form.get('redirect_uri');
  const verifier = form.get('code_verifier');
  if (!code || !redirectUri) throw reject(400, 'AUTH-008');
  const consent = grants.spendCode(code);
  const isVerified =
    consent?.challenge === undefined || (verifier !== null && challengeOf(verifier) === consent.challenge);
  return consent?.redirectUri === redirectUri && isVerified ? consent : undefined;
}

function challengeOf(verifier: string): string | undefined {
  if (!/^[A-Za-z0-9._~-]{43,128}$/.test(verifier)) return undefined;
  return createHash('sha256').update(verifier).digest('base64url');
}

function renew(form: URLSearchParams, grantType: string, grants: Grants, reject: Reject): Consent | undefined {
  if (grantType !== 'refresh_token') throw reject(400, 'AUTH-009');
  const token = form.get('refresh_token');
  if (!token) throw reject(400, 'AUTH-008');
  const requested = form.get('scope')?.split(' ');
  const granted = grants.find(token)?.consent.scopes;
  if (requested && granted && !requested.every((scope) => granted.includes(scope))) throw reject(400, 'AUTH-004');
  const consent = grants.spendRefreshToken(token);
  return consent && requested ? { ...consent, scopes: requested } : consent;
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

type Reject = (status: number, code: keyof typeof messages) => ErrorResponse;

function rejection(behaviour: Behaviour, status: number, code: keyof typeof messages): ErrorResponse {
  // The gateway's code for this error is not documented.
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

/** Authenticates the app: by the header or the body, where both are rejected; the public one by its client id only. */
function clientOf(
  request: Request,
  form: URLSearchParams,
  { application, publicClient }: AuthenticationOptions,
  reject: Reject,
): string {
  const header = request.headers.authorization;
  const [inBody, secretInBody] = [form.get('client_id'), form.get('client_secret')];
  if (header !== undefined && (inBody !== null || secretInBody !== null)) throw reject(400, 'AUTH-012');
  if (header === undefined && inBody === publicClient && secretInBody === null) return publicClient;
  const { clientId, clientSecret } =
    header === undefined ? { clientId: inBody, clientSecret: secretInBody } : basicIn(header, reject);
  if (clientId === null) throw reject(401, 'AUTH-012');
  if (clientSecret === null) throw reject(400, 'AUTH-008');
  if (clientId !== application.clientId) throw reject(403, 'AUTH-001');
  if (clientSecret !== application.clientSecret) throw reject(401, 'AUTH-003');
  return clientId;
}

function basicIn(header: string, reject: Reject): Credentials {
  const [, encoded] = /^Basic ([A-Za-z0-9+/]+=*)$/.exec(header) ?? [];
  const [, clientId, clientSecret] = /^([^:]+):(.*)$/s.exec(Buffer.from(encoded ?? '', 'base64').toString()) ?? [];
  if (clientId === undefined || clientSecret === undefined) throw reject(401, 'AUTH-012');
  return { clientId, clientSecret };
}

function scopesOf(form: URLSearchParams, reject: Reject): readonly string[] {
  const text = form.get('scope');
  if (!text) throw reject(400, 'AUTH-008');
  const scopes = text.split(' ');
  if (!scopes.every(isKnownScope) || scopes.length > 50 || text.length > 2000) throw reject(400, 'AUTH-004');
  return scopes;
}
