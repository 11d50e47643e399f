import type { Context } from '../../engine/connector/index.ts';
import { RingbackError } from '../../engine/errors.ts';
import { isRecent } from '../../engine/timing/index.ts';
import { baseUrlOf, call } from '../aps/index.ts';
import { type Document, readDocument, warningsIn } from './document.ts';
import { browseMessages } from './messages.ts';

export interface Listing extends Document {
  /** Path of the next page, on the same host. */
  readonly nextPath: string | undefined;
  /** The host of the next page where it differs from the API's; empty where the link is not a valid URL. */
  readonly elsewhere: string | undefined;
}

/** Limit for the pages of one list (Data Management API: paging). */
export const mostPages = 50;
const cacheLifetime = 3 * 60_000;
const cacheSize = 300;

interface CachedListing {
  readonly since: number;
  readonly listing: Promise<Listing>;
}

/**
 * The page of that number, counted from 0, of the list at this path; loads the pages before it where they are not
 * cached. Throws not-found beyond the last page.
 */
export async function readPage(context: Context, path: string, page: number): Promise<Listing> {
  const seen = new Set<string>();
  let at = path;
  for (let index = 0; ; index += 1) {
    const listing = await cachedListing(context, at);
    seen.add(at);
    const next = listing.nextPath !== undefined && !seen.has(listing.nextPath) ? listing.nextPath : undefined;
    if (index === page) return { ...listing, nextPath: next };
    if (next === undefined) throw new RingbackError('not-found', browseMessages.nothingMore());
    at = next;
  }
}

/** Caches a page for 3 minutes, unless it is empty or has warnings; concurrent callers share one request. */
async function cachedListing(context: Context, path: string): Promise<Listing> {
  const cache = cacheOf(context);
  const known = cache.get(path);
  if (known && isRecent(known.since, cacheLifetime, context.now())) return known.listing;
  const entry: CachedListing = { since: context.now(), listing: fetchListing(context, path) };
  cache.delete(path);
  cache.set(path, entry);
  for (const [oldest] of cache) {
    if (cache.size <= cacheSize) break;
    cache.delete(oldest);
  }
  const forget = (): void => {
    if (cache.get(path) === entry) cache.delete(path);
  };
  try {
    const listing = await entry.listing;
    if (listing.warnings.length > 0 || listing.data.length === 0) forget();
    return listing;
  } catch (error) {
    forget();
    throw error;
  }
}

const memoryKey = 'aps lists';

function cacheOf({ memory }: Context): Map<string, CachedListing> {
  const cache = (memory.get(memoryKey) as Map<string, CachedListing> | undefined) ?? new Map<string, CachedListing>();
  memory.set(memoryKey, cache);
  return cache;
}

/** Loads one page, without the cache. */
export async function fetchListing(context: Context, path: string): Promise<Listing> {
  const answer = await call(context, {
    method: 'GET',
    path,
    most: 32 * 1024 * 1024,
    // For an account that this application may not see, the API responds 403 with an empty list and the reason as a
    // warning.
    accepts: ({ status, body }) => status === 403 && warningsIn(body).length > 0,
  });
  const document = readDocument(answer.body);
  return { ...document, ...follow(context, path, document.next) };
}

/** Resolves the link to the next page; one outside the base URL is not followed, since it would receive the token. */
function follow(context: Context, path: string, href: string | undefined): Pick<Listing, 'nextPath' | 'elsewhere'> {
  if (href === undefined) return { nextPath: undefined, elsewhere: undefined };
  const base = baseUrlOf(context);
  const next = URL.parse(href, base + path);
  const { origin, pathname } = new URL(base);
  const prefix = pathname.replace(/\/$/, '');
  if (next?.origin !== origin || !next.pathname.startsWith(`${prefix}/`)) {
    return { nextPath: undefined, elsewhere: next?.host ?? '' };
  }
  return { nextPath: next.pathname.slice(prefix.length) + next.search, elsewhere: undefined };
}
