import { expect, test } from 'vitest';
import { describeUnreachable, networkFailure } from '../../../main/engine/requests/network-failure.ts';
import { NetworkError } from '../../../main/platform/network/network-error.ts';

function coded(code: string): Error {
  return Object.assign(new Error(code), { code });
}
const fetchFailed = (cause: unknown): Error => new TypeError('fetch failed', { cause });

test.for([
  [coded('ECONNREFUSED'), 'connection refused'],
  [new NetworkError('lookup', { cause: coded('ENOTFOUND') }), 'host name not found'],
  [new NetworkError('lookup', { cause: coded('EAI_AGAIN') }), 'name lookup failed'],
  [new NetworkError('lookup', { cause: coded('ETIMEDOUT') }), 'name lookup timed out'],
  [new NetworkError('connect', { cause: coded('ETIMEDOUT') }), 'connecting timed out'],
  [new NetworkError('tls', { cause: coded('ETIMEDOUT') }), 'TLS handshake timed out'],
  [new NetworkError('tls', { cause: coded('ECONNRESET') }), 'TLS handshake failed: connection closed'],
  [
    new NetworkError('tls', { issuer: 'ACME Inspection CA', cause: coded('SELF_SIGNED_CERT_IN_CHAIN') }),
    'its certificate is signed by "ACME Inspection CA", which this computer does not trust',
  ],
  [
    new NetworkError('tls', { issuer: 'Known CA', cause: coded('ERR_TLS_CERT_ALTNAME_INVALID') }),
    'its certificate is for another host',
  ],
  [new NetworkError('tls', { cause: coded('CERT_HAS_EXPIRED') }), 'its certificate has expired'],
  [coded('CERT_REVOKED'), 'its certificate is not trusted: CERT_REVOKED'],
  [
    new NetworkError('proxy', { proxy: 'proxy.example:3128', status: 407 }),
    'the proxy proxy.example:3128 requires a user name and password; check Settings → Network',
  ],
  [
    new NetworkError('proxy', { proxy: 'proxy.example:3128', status: 403 }),
    'the proxy proxy.example:3128 rejected the connection with status 403',
  ],
  [
    new NetworkError('proxy', {
      proxy: 'proxy.example:3128',
      cause: new NetworkError('lookup', { cause: coded('ENOTFOUND') }),
    }),
    'no connection to the proxy proxy.example:3128: host name not found',
  ],
  [
    new NetworkError('proxy', { proxy: 'proxy.example:1080', cause: coded('ERR_PROXY_UNSUPPORTED') }),
    'the proxy proxy.example:1080 is neither an http nor an https proxy',
  ],
  [new NetworkError('proxy', { cause: new Error('PAC') }), "the system's proxy configuration cannot be read"],
  [new Error('anything'), 'no connection'],
] as const)('%s is described', ([error, text]) => {
  expect(describeUnreachable(fetchFailed(error)).text).toBe(text);
});

test('the parameters of a message are names and numbers alone', () => {
  const error = new NetworkError('proxy', { proxy: 'proxy.example:3128', status: 407 });
  expect(networkFailure(fetchFailed(error))).toEqual({
    ...{ cause: '', step: 'proxy', proxy: 'proxy.example:3128', status: 407 },
  });
});
