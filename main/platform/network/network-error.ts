/** The step of a request that failed. */
export type NetworkStep = 'lookup' | 'connect' | 'proxy' | 'tls';

interface NetworkErrorDetails {
  /** Host and port of the proxy that failed. */
  readonly proxy?: string;
  /** The status of the proxy's response. */
  readonly status?: number;
  /** "rejected" where the proxy did not accept the user name and password that it was sent. */
  readonly credentials?: string;
  /** The authentication schemes that the proxy offers, such as "NTLM, Negotiate", where Ringback supports none of them. */
  readonly schemes?: string;
  /** Common name of the authority that signed a certificate which is not trusted. */
  readonly issuer?: string;
  readonly cause?: unknown;
}

/** A connection that could not be opened, with the step that failed; the system's own error is the cause. */
export class NetworkError extends Error {
  override readonly name = 'NetworkError';
  readonly step: NetworkStep;
  readonly proxy: string | undefined;
  readonly status: number | undefined;
  readonly credentials: string | undefined;
  readonly schemes: string | undefined;
  readonly issuer: string | undefined;

  constructor(step: NetworkStep, { proxy, status, credentials, schemes, issuer, cause }: NetworkErrorDetails) {
    super(`failed at step "${step}"${proxy === undefined ? '' : ` of proxy ${proxy}`}`, { cause });
    this.step = step;
    this.proxy = proxy;
    this.status = status;
    this.credentials = credentials;
    this.schemes = schemes;
    this.issuer = issuer;
  }
}

/** An error with a code, in the form of system errors. */
export function codedError(code: string, message: string): Error {
  return Object.assign(new Error(message), { code });
}
