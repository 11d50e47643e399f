import { certificateFault, RingbackError } from '../errors.ts';
import { downloadAddress, publicAddress, redirectAddress, unsafe } from './address.ts';
import { DownloadError, Interruption } from './failure.ts';
import { discard, type FileFetch } from './file-fetch.ts';
import { type DownloadResponse, openResponse } from './response.ts';
import { judgeResponse, type Verdict } from './response-verdict.ts';
import { type Stall, startStall } from './stall.ts';

export interface SourceOptions {
  readonly url: string;
  readonly fetch: FileFetch;
  readonly signal: AbortSignal;
  /** Plain http from another computer. */
  readonly allowInsecure?: boolean;
  /** Milliseconds of silence after which a connection counts as dead. */
  readonly stall: number;
  /** An address in place of one that expired; asked for once. */
  renew?(): Promise<string>;
  /** Headers for an address that was refused without them; undefined where credentials must not go there. */
  authorization?(url: string): Promise<Readonly<Record<string, string>> | undefined>;
}

/** Where a file comes from: knows redirects, credentials and expired addresses, so that nobody else has to. */
export interface Source {
  /** Without anything secret. */
  readonly address: string;
  /**
   * One request. The answer is a file from its beginning (200), its rest (206) or "no such range" (416); it must be closed.
   * Throws Interruption for what another attempt may get past, DownloadError for the rest.
   */
  get(headers: Readonly<Record<string, string>>): Promise<DownloadResponse>;
}

type Credentials = Readonly<Record<string, string>>;

const longestRedirects = 5;

export function createSource(options: SourceOptions): Source {
  const { signal, renew, authorization } = options;
  const allowInsecure = options.allowInsecure === true;
  let url = downloadAddress(options.url, allowInsecure);
  let credentials: Credentials | undefined;
  let renewed = false;

  /** Credentials go to the address's own origin, and no further once a redirect has left it. */
  const follow = async (headers: Readonly<Record<string, string>>, stall: Stall): Promise<DownloadResponse> => {
    let target = url;
    let secret = credentials;
    for (let count = 0; count <= longestRedirects; count += 1) {
      const init = {
        headers: { ...headers, ...secret },
        redirect: 'manual',
        cache: 'no-store',
        credentials: 'omit',
      } as const;
      const { href, host } = target;
      const response = await stall.during(options.fetch(href, { ...init, signal: stall.signal })).catch((error) => {
        throw interruption(error, stall, host);
      });
      const location = response.headers.get('location');
      if (![301, 302, 303, 307, 308].includes(response.status) || location === null) {
        return openResponse(response, target, stall);
      }
      await discard(response);
      target = redirectAddress(location, target, allowInsecure);
      if (target.origin !== url.origin) secret = undefined;
    }
    throw unsafe(`The download address was redirected more than ${longestRedirects} times. Request the backup again.`);
  };

  const request = async (headers: Readonly<Record<string, string>>): Promise<[DownloadResponse, Verdict]> => {
    const stall = startStall(options.stall, signal);
    try {
      const answer = await follow(headers, stall);
      return [answer, judgeResponse(answer)];
    } catch (error) {
      stall.stop();
      signal.throwIfAborted();
      throw error;
    }
  };

  const authorize = async (): Promise<boolean> => {
    credentials = await authorization?.(url.href);
    return credentials !== undefined;
  };

  const replace = async (): Promise<boolean> => {
    if (renewed || !renew) return false;
    url = downloadAddress(await renew(), allowInsecure);
    renewed = true;
    credentials = undefined;
    return true;
  };

  return {
    get address() {
      return publicAddress(url);
    },
    async get(headers) {
      const identity = { ...headers, 'accept-encoding': 'identity' };
      for (let authorized = false; ; ) {
        const [answer, verdict] = await request(identity);
        if (verdict === 'file') return answer;
        await answer.close();
        if (verdict instanceof Interruption) throw verdict;
        if (verdict.credentialsMayHelp && !authorized && (await patiently(authorize))) authorized = true;
        else if (verdict.renewalMayHelp && (await patiently(replace))) authorized = false;
        else throw verdict.error;
      }
    },
  };
}

/** A provider out of reach is no reason to give up a download that is half done. */
async function patiently<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof RingbackError && error.code === 'offline' && !(error instanceof DownloadError)) {
      throw new Interruption(error.message, { cause: error });
    }
    throw error;
  }
}

function interruption(error: unknown, stall: Stall, host: string): unknown {
  if (error instanceof RingbackError || error instanceof Interruption) return error;
  if (stall.signal.aborted) return stall.signal.reason;
  const fault = certificateFault(error);
  const message =
    fault === undefined
      ? `No answer from ${host}${reason(error)}.`
      : `${host} shows a certificate that is not trusted (${fault}), so it may be somebody else.`;
  return new Interruption(message, { cause: error });
}

/** " (ECONNREFUSED)" */
function reason(error: unknown): string {
  const code = [error, error instanceof Error ? error.cause : undefined]
    .map((one) => (one instanceof Error && 'code' in one ? one.code : undefined))
    .find((one) => typeof one === 'string');
  return code === undefined ? '' : ` (${String(code)})`;
}
