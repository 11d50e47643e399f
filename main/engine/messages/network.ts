/** English phrases for the codes that Node and undici give to failed requests. */
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
  UND_ERR_CONNECT_TIMEOUT: 'timed out',
  UND_ERR_HEADERS_TIMEOUT: 'timed out',
  UND_ERR_BODY_TIMEOUT: 'timed out',
};

/** Why a request failed, for the end of a sentence; a certificate's code starts with `certificate:`. */
export function describeNetworkCause(code: string): string {
  const [, fault] = /^certificate:(.*)/.exec(code) ?? [];
  if (fault !== undefined) return `certificate not trusted: ${fault}`;
  return causes[code] ?? (code || 'no connection');
}
