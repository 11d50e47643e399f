import { defineMessages } from './message.ts';

/** Why a request got no response: parameters of a message. */
export interface NetworkFailure {
  /** The code of Node, undici or the system; empty where nothing says more. */
  readonly cause: string;
  /** The step that failed: "lookup", "connect", "proxy" or "tls". */
  readonly step?: string;
  /** Host and port of the proxy that failed. */
  readonly proxy?: string;
  /** The status that the proxy responded with. */
  readonly status?: number;
  /** "rejected" where the proxy was sent a user name and password, and does not accept them. */
  readonly credentials?: string;
  /** The ways to sign in that the proxy offers, where none of them is known here. */
  readonly schemes?: string;
  /** The authority that signed a certificate which is not trusted. */
  readonly issuer?: string;
}

const causes: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'connection refused',
  ECONNRESET: 'connection closed',
  UND_ERR_SOCKET: 'connection closed',
  ENOTFOUND: 'host name not found',
  EAI_AGAIN: 'name lookup failed',
  ENETUNREACH: 'no network',
  EHOSTUNREACH: 'no route to the host',
  ETIMEDOUT: 'timed out',
  TimeoutError: 'timed out',
  UND_ERR_CONNECT_TIMEOUT: 'connecting timed out',
  UND_ERR_HEADERS_TIMEOUT: 'timed out',
  UND_ERR_HEADERS_OVERFLOW: 'the headers of its response are too long',
  UND_ERR_BODY_TIMEOUT: 'timed out',
  EPIPE: 'connection closed',
  ERR_SSL_WRONG_VERSION_NUMBER: 'the response is not encrypted',
  ERR_SSL_PACKET_LENGTH_TOO_LONG: 'the response is not encrypted',
};

const certificateCauses: Readonly<Record<string, string>> = {
  CERT_HAS_EXPIRED: 'its certificate has expired',
  CERT_NOT_YET_VALID: 'its certificate is not valid yet; check the clock of this computer',
  ERR_TLS_CERT_ALTNAME_INVALID: 'its certificate is for another host',
};

/** Codes for a chain that ends at an authority this computer does not know. */
const unknownAuthority = [
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
];

export const proxyMessages = defineMessages('proxy', {
  passwordLost: () =>
    'The password of the proxy can no longer be read because the key store changed. Enter it again in Settings → Network.',
});

/** Failures of requests to a provider. */
export const networkMessages = defineMessages('network', {
  closing: ({ host }: { host: string }) => `Ringback is closing and did not wait for ${host}.`,
  timeout: ({ host }: { host: string }) =>
    `${host} did not respond in time. Check the internet connection and try again.`,
  responseTooLong: ({ host, limit }: { host: string; limit: number }) =>
    `The response of ${host} is longer than the ${limit} bytes that Ringback reads.`,
  failed: (failure: NetworkFailure) => describeNetworkFailure(failure),
  status: ({ status }: { status: number }) => `status ${status}`,
  unreachable: ({ host, ...failure }: NetworkFailure & { host: string }) =>
    `${host} cannot be reached (${describeNetworkFailure(failure)}). Check the internet connection and the address.`,
  untrusted: ({ host, ...failure }: NetworkFailure & { host: string }) =>
    `${host} presents a certificate that is not trusted (${describeNetworkFailure(failure)}); nothing was sent. Check the address, the network, and the clock of this computer.`,
});

/** The failure in English, for the end of a sentence. */
export function describeNetworkFailure({ proxy, status, credentials, schemes, ...failure }: NetworkFailure): string {
  if (failure.step !== 'proxy') {
    const isCertificate = describeCertificate(failure.cause, failure.issuer) !== undefined;
    return `${describeStep(failure)}${proxy === undefined || isCertificate ? '' : `, through the proxy ${proxy}`}`;
  }
  if (proxy === undefined) return "the system's proxy configuration cannot be read";
  if (schemes) return `the proxy ${proxy} offers sign-in by ${schemes} alone, and Ringback knows Basic`;
  if (credentials) return `the proxy ${proxy} does not accept the user name and password; check Settings → Network`;
  if (status === 407) return `the proxy ${proxy} requires a user name and password; check Settings → Network`;
  if (status !== undefined) return `the proxy ${proxy} rejected the connection with status ${status}`;
  if (failure.cause === 'ERR_PROXY_UNSUPPORTED') return `the proxy ${proxy} is neither an http nor an https proxy`;
  return `no connection to the proxy ${proxy}: ${describeStep(failure)}`;
}

function describeStep({ step, cause, issuer }: NetworkFailure): string {
  const certificate = describeCertificate(cause, issuer);
  if (certificate !== undefined) return certificate;
  if (cause === 'ETIMEDOUT' || cause === 'TimeoutError') return timeouts[step ?? ''] ?? 'timed out';
  if (cause.startsWith('HPE_')) return parserCauses[cause] ?? `its response does not follow HTTP: ${cause}`;
  const text = causes[cause] ?? (cause || 'no connection');
  return step === 'tls' ? `TLS handshake failed: ${text}` : text;
}

/** What the HTTP parser of undici and Node found wrong. */
const parserCauses: Readonly<Record<string, string>> = {
  HPE_INVALID_CONSTANT: 'its response is not HTTP',
  HPE_INVALID_VERSION: 'its response names an invalid version of HTTP',
  HPE_INVALID_STATUS: 'its response has an invalid status',
  HPE_INVALID_HEADER_TOKEN: 'its response has an invalid header',
  HPE_INVALID_CONTENT_LENGTH: 'its response has an invalid Content-Length',
  HPE_UNEXPECTED_CONTENT_LENGTH: 'its response has two lengths',
  HPE_INVALID_TRANSFER_ENCODING: 'its response has an invalid Transfer-Encoding',
  HPE_INVALID_CHUNK_SIZE: 'its response has an invalid chunk',
  HPE_HEADER_OVERFLOW: 'the headers of its response are too long',
};

const timeouts: Readonly<Record<string, string>> = {
  lookup: 'name lookup timed out',
  connect: 'connecting timed out',
  tls: 'TLS handshake timed out',
};

function describeCertificate(cause: string, issuer: string | undefined): string | undefined {
  if (issuer !== undefined && unknownAuthority.includes(cause)) {
    return `its certificate is signed by "${issuer}", which this computer does not trust`;
  }
  const isCertificate = /^(CERT_|ERR_TLS_CERT_|DEPTH_ZERO_|SELF_SIGNED_|UNABLE_TO_|HOSTNAME_MISMATCH|INVALID_CA)/;
  return (
    certificateCauses[cause] ?? (isCertificate.test(cause) ? `its certificate is not trusted: ${cause}` : undefined)
  );
}
