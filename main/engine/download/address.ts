import { DownloadError } from './failure.ts';

const loopback = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/;

/** The address as a URL. Throws "unsafe" for all but https, http on this computer, and http where it is allowed. */
export function downloadAddress(text: string, allowInsecure: boolean): URL {
  if (!URL.canParse(text)) throw unsafe('The server gave no usable download address. Request the backup again.');
  const url = new URL(text);
  if (url.username !== '' || url.password !== '') throw unsafe('The download address holds a password; refused.');
  if (url.protocol === 'https:' || (url.protocol === 'http:' && (allowInsecure || isLoopback(url)))) return url;
  if (url.protocol !== 'http:')
    throw unsafe(`The download address is neither https nor http (${url.protocol}); refused.`);
  throw unsafe(
    `The download from ${url.host} would not be encrypted (http); refused. "Allow insecure download" in the connection's settings permits it.`,
  );
}

/** Where a redirect leads. Nothing from outside may send us to plain http on this computer. */
export function redirectAddress(location: string, from: URL, allowInsecure: boolean): URL {
  const target = URL.canParse(location, from) ? new URL(location, from).href : location;
  const url = downloadAddress(target, allowInsecure);
  if (url.protocol === 'http:' && isLoopback(url) && !isLoopback(from)) {
    throw unsafe(`${from.host} redirects the download to this computer itself; refused.`);
  }
  return url;
}

/** Fit to be shown and kept: path and query may hold what opens the link. */
export function publicAddress(url: URL): string {
  return url.origin;
}

export function unsafe(message: string): DownloadError {
  return new DownloadError('unsafe', message);
}

function isLoopback(url: URL): boolean {
  return loopback.test(url.hostname);
}
