import type { Context } from '../../engine/connector/index.ts';
import { RingbackError } from '../../engine/errors.ts';
import { baseUrlOf, call } from '../aps/index.ts';
import { type Document, readDocument, warningsIn } from './document.ts';
import { browseMessages } from './messages.ts';

/** One page of a list. */
export interface Listing extends Document {
  /** Path of the next page, at the same service. */
  readonly nextPath: string | undefined;
  /** The host to which the list goes on, where it is not the service's own; empty for an address that is none. */
  readonly elsewhere: string | undefined;
}

/** Pages of one list that are followed at most (Data Management API: paging). */
export const mostPages = 50;
const keptFor = 3 * 60_000;
const keptMost = 300;

interface Kept {
  readonly since: number;
  readonly listing: Promise<Listing>;
}

/** A page of the list that begins at this path, counted from 0; the pages before it are asked for where they are not kept. */
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

/** Asked for once, however many ask, and kept for a few minutes; a list with something left out is asked for again each time. */
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

/** One page as it is now. */
export async function fetchListing(context: Context, path: string): Promise<Listing> {
  const answer = await call(context, {
    method: 'GET',
    path,
    most: 32 * 1024 * 1024,
    // An account that this application may not see is refused with an empty list and the reason in it.
    understands: ({ status, body }) => status === 403 && warningsIn(body).length > 0,
  });
  const document = readDocument(answer.body);
  return { ...document, ...follow(context, path, document.next) };
}

/** The next page as the answer names it, absolute or not. The sign-in is for this service alone. */
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
