import { isLoopbackHost } from '../../../preload/loopback.ts';
import { downloadMessages, type Message } from '../messages/index.ts';
import { parseHeaderAddress, parseOutsideAddress } from '../requests/index.ts';
import { DownloadError } from './failure.ts';

/** The address as a URL. Throws "unsafe" for all but https, http on this computer, and http where it is allowed. */
export function downloadAddress(text: string, allowInsecure: boolean): URL {
  const url = parseOutsideAddress(text);
  if (!url) throw unsafe(downloadMessages.addressMissing());
  if (url.username !== '' || url.password !== '') throw unsafe(downloadMessages.addressWithPassword());
  if (url.protocol === 'https:' || (url.protocol === 'http:' && (allowInsecure || isLoopback(url)))) return url;
  if (url.protocol !== 'http:') throw unsafe(downloadMessages.addressScheme({ scheme: url.protocol }));
  throw unsafe(downloadMessages.addressUnencrypted({ host: url.host }));
}

/** The target of a redirect. Nothing from outside may redirect to plain http on this computer. */
export function redirectAddress(location: string, from: URL, allowInsecure: boolean): URL {
  const url = downloadAddress(parseHeaderAddress(location, from)?.href ?? location, allowInsecure);
  if (url.protocol === 'http:' && isLoopback(url) && !isLoopback(from)) {
    throw unsafe(downloadMessages.redirectedToThisComputer({ host: from.host }));
  }
  return url;
}

/** What may be shown and stored of an address: its path and query may grant access to the file. */
export function publicAddress(url: URL): string {
  return url.origin;
}

export function unsafe(message: Message): DownloadError {
  return new DownloadError('unsafe', message);
}

function isLoopback(url: URL): boolean {
  return isLoopbackHost(url.hostname);
}
