import type { Context } from '../../engine/connector/index.ts';
import { RingbackError } from '../../engine/errors.ts';
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
const keptFor = 3 * 60_000;
const keptMost = 300;

interface Kept {
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
    const listing = await keptListing(context, at);
    seen.add(at);
    const next = listing.nextPath !== undefined && !seen.has(listing.nextPath) ? listing.nextPath : undefined;
    if (index === page) return { ...listing, nextPath: next };
    if (next === undefined) throw new RingbackError('not-found', browseMessages.nothingMore());
    at = next;
  }
}

/** Caches a page for 3 minutes and shares one request among concurrent callers; pages that are empty or have warnings are not cached. */
async function keptListing(context: Context, path: string): Promise<Listing> {
  const kept = keptIn(context);
  const known = kept.get(path);
  if (known && context.now() - known.since < keptFor) return known.listing;
  const asked: Kept = { since: context.now(), listing: fetchListing(context, path) };
  kept.delete(path);
  kept.set(path, asked);
  for (const [oldest] of kept) {
    if (kept.size <= keptMost) break;
    kept.delete(oldest);
  }
  const forget = (): void => {
    if (kept.get(path) === asked) kept.delete(path);
  };
  try {
    const listing = await asked.listing;
    if (listing.warnings.length > 0 || listing.data.length === 0) forget();
    return listing;
  } catch (error) {
    forget();
    throw error;
  }
}

const memoryKey = 'aps lists';

function keptIn({ memory }: Context): Map<string, Kept> {
  const kept = (memory.get(memoryKey) as Map<string, Kept> | undefined) ?? new Map<string, Kept>();
  memory.set(memoryKey, kept);
  return kept;
}

/** Loads one page, without the cache. */
export async function fetchListing(context: Context, path: string): Promise<Listing> {
  const answer = await call(context, {
    method: 'GET',
    path,
    most: 32 * 1024 * 1024,
    // For an account that this application may not see, the API responds 403 with an empty list and the reason as a
    // warning.
    understands: ({ status, body }) => status === 403 && warningsIn(body).length > 0,
  });
  const document = readDocument(answer.body);
  return { ...document, ...follow(context, path, document.next) };
}

/** Resolves the link to the next page; a link to another host or outside the base URL is not followed, since it would receive the token. */
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
