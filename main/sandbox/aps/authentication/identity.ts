import { generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { type Request, Router } from 'express';
import { knownScopes, person } from './authentication.ts';

const keyId = 'sandbox-1';

/** Signs ID tokens, with a key that each simulator generates when the first token is issued. */
export class Identity {
  readonly #now: () => number;
  #key: KeyObject | undefined;

  constructor(now: () => number) {
    this.#now = now;
  }

  /** The public key as a JWK. */
  publicKey(): object {
    const { n, e } = this.#privateKey().export({ format: 'jwk' });
    return { kid: keyId, kty: 'RSA', use: 'sig', n, e };
  }

  /** An ID token of the user for the client, valid for an hour. */
  issueToken(issuer: string, client: string, nonce: string | undefined): string {
    const issued = Math.floor(this.#now() / 1000);
    const claims = { ...person, iss: issuer, aud: client, iat: issued, exp: issued + 3600, ...(nonce && { nonce }) };
    const parts = [{ alg: 'RS256', kid: keyId, typ: 'JWT' }, claims];
    const signed = parts.map((part) => Buffer.from(JSON.stringify(part)).toString('base64url')).join('.');
    return `${signed}.${sign('sha256', Buffer.from(signed), this.#privateKey()).toString('base64url')}`;
  }

  #privateKey(): KeyObject {
    this.#key ??= generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;
    return this.#key;
  }
}

/** The base URL of the simulator, which is the issuer of its ID tokens. */
export function issuerOf(request: Request): string {
  return `http://${request.headers.host}`;
}

/** The discovery document of OpenID Connect, and the keys of ID tokens (JWKS). */
export function createDiscovery(identity: Identity): Router {
  const router = Router();
  router.get('/.well-known/openid-configuration', (request, response) => {
    const issuer = issuerOf(request);
    const base = `${issuer}/authentication/v2`;
    response.json({
      issuer,
      authorization_endpoint: `${base}/authorize`,
      token_endpoint: `${base}/token`,
      userinfo_endpoint: `${issuer}/userinfo`,
      jwks_uri: `${base}/keys`,
      revocation_endpoint: `${base}/revoke`,
      introspection_endpoint: `${base}/introspect`,
      scopes_supported: [...knownScopes],
      response_types_supported: ['code'],
      response_modes_supported: ['query'],
      grant_types_supported: ['authorization_code', 'client_credentials', 'refresh_token'],
      subject_types_supported: ['public'],
      id_token_signing_alg_values_supported: ['RS256'],
    });
  });
  router.get('/authentication/v2/keys', (_request, response) => void response.json({ keys: [identity.publicKey()] }));
  return router;
}
