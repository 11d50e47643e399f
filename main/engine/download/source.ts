import { certificateFault, RingbackError } from '../errors.ts';
import { downloadMessages } from '../messages/index.ts';
import { discard, type FileFetch, networkFailure } from '../requests/index.ts';
import { downloadAddress, publicAddress, redirectAddress, unsafe } from './address.ts';
import { DownloadError, Interruption } from './failure.ts';
import { type DownloadResponse, openResponse } from './response.ts';
import { judgeResponse, type Verdict } from './response-verdict.ts';
import { type Stall, startStall } from './stall.ts';

type RequestHeaders = Readonly<Record<string, string>>;

export interface SourceOptions {
  readonly url: string;
  readonly fetch: FileFetch;
  readonly signal: AbortSignal;
  /** Plain http from another computer. */
  readonly allowInsecure?: boolean;
  /** Private networks are reached only where the host of this address is in one as well; where absent, always. */
  readonly related?: string;
  /** Milliseconds without data after which a connection counts as dead. */
  readonly stall: number;
  /** Words by which the provider announces a failure in plain text. */
  readonly failureWords?: readonly string[];
  /** A new address in place of an expired one; requested once. */
  renew?(): Promise<string>;
  /** Headers for an address that denied access without them; undefined where credentials must not go there. */
  authorization?(url: string): Promise<RequestHeaders | undefined>;
}

/** The server of a file, behind redirects, credentials and expired addresses. */
export interface Source {
  /** Without anything secret. */
  readonly address: string;
  /**
   * Sends one request. The response, which must be closed, is a file from its beginning (200), its rest (206) or "no
   * such range" (416). Throws Interruption if another attempt may succeed, otherwise DownloadError.
   */
  get(headers: RequestHeaders): Promise<DownloadResponse>;
}

export function createSource(options: SourceOptions): Source {
  return new AddressedSource(options);
}

const mostRedirects = 5;
const redirectStatuses = [301, 302, 303, 307, 308];

class AddressedSource implements Source {
  readonly #options: SourceOptions;
  readonly #allowInsecure: boolean;
  #url: URL;
  #credentials: RequestHeaders | undefined;
  #renewed = false;

  constructor(options: SourceOptions) {
    this.#options = options;
    this.#allowInsecure = options.allowInsecure === true;
    this.#url = downloadAddress(options.url, this.#allowInsecure);
  }

  get address(): string {
    return publicAddress(this.#url);
  }

  async get(headers: RequestHeaders): Promise<DownloadResponse> {
    const identity = { ...headers, 'accept-encoding': 'identity' };
    for (let authorized = false; ; ) {
      const [response, verdict] = await this.#request(identity);
      if (verdict === 'file') return response;
      await response.close();
      if (verdict instanceof Interruption) throw verdict;
      if (verdict.credentialsMayHelp && !authorized && (await retryable(() => this.#authorize()))) authorized = true;
      else if (verdict.renewalMayHelp && (await retryable(() => this.#renew()))) authorized = false;
      else throw verdict.error;
    }
  }

  async #request(headers: RequestHeaders): Promise<[DownloadResponse, Verdict]> {
    const { signal, failureWords = [] } = this.#options;
    const stall = startStall(this.#options.stall, signal);
    try {
      const response = await this.#follow(headers, stall);
      return [response, judgeResponse(response, failureWords)];
    } catch (error) {
      stall.stop();
      signal.throwIfAborted();
      throw error;
    }
  }

  /** Credentials go to the address's own origin, and no further once a redirect has left it. */
  async #follow(headers: RequestHeaders, stall: Stall): Promise<DownloadResponse> {
    let target = this.#url;
    let credentials = this.#credentials;
    for (let count = 0; count <= mostRedirects; count += 1) {
      const response = await this.#fetch(target, { ...headers, ...credentials }, stall);
      const location = response.headers.get('location');
      if (!redirectStatuses.includes(response.status) || location === null) {
        return openResponse(response, target, stall);
      }
      await discard(response);
      target = redirectAddress(location, target, this.#allowInsecure);
      if (target.origin !== this.#url.origin) credentials = undefined;
    }
    throw unsafe(downloadMessages.redirectedTooOften({ limit: mostRedirects }));
  }

  async #fetch({ href, host }: URL, headers: RequestHeaders, stall: Stall) {
    const { related } = this.#options;
    const place = related === undefined ? {} : { related };
    const init = { headers, redirect: 'manual', cache: 'no-store', credentials: 'omit', ...place } as const;
    try {
      return await stall.during(this.#options.fetch(href, { ...init, signal: stall.signal }));
    } catch (error) {
      throw interruption(error, stall, host);
    }
  }

  async #authorize(): Promise<boolean> {
    this.#credentials = await this.#options.authorization?.(this.#url.href);
    return this.#credentials !== undefined;
  }

  async #renew(): Promise<boolean> {
    const { renew } = this.#options;
    if (this.#renewed || !renew) return false;
    this.#url = downloadAddress(await renew(), this.#allowInsecure);
    this.#renewed = true;
    this.#credentials = undefined;
    return true;
  }
}

/** A provider that cannot be reached must not end a download that is half done. */
async function retryable<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof RingbackError && error.code === 'offline' && !(error instanceof DownloadError)) {
      const { message: text, reason } = error;
      throw new Interruption(reason ? { ...reason, text } : text, { cause: error });
    }
    throw error;
  }
}

function interruption(error: unknown, stall: Stall, host: string): unknown {
  if (error instanceof RingbackError || error instanceof Interruption) return error;
  if (stall.signal.aborted) return stall.signal.reason;
  const failure = { host, ...networkFailure(error) };
  if (failure.cause === 'ERR_PRIVATE_ADDRESS') return unsafe(downloadMessages.privateAddress({ host }));
  const message =
    certificateFault(error) === undefined
      ? downloadMessages.noResponse(failure)
      : downloadMessages.untrustedCertificate(failure);
  return new Interruption(message, { cause: error });
}
