import type { BrowsePage, BrowseSupport, Context } from '../../engine/connector/index.ts';
import { RingbackError } from '../../engine/errors.ts';
import { type Listing, mostPages, readPage } from './listing.ts';
import { browseMessages } from './messages.ts';
import { listPath, type NodeAddress, toPlace } from './node-address.ts';
import { nodesUnder } from './nodes.ts';
import { notesOn } from './notes.ts';

/** Hubs, projects, folders, files and versions from the Data Management API of Autodesk Platform Services. */
export const browse: BrowseSupport = { children };

async function children(context: Context, node?: string, page?: string): Promise<BrowsePage> {
  const place = node === undefined ? undefined : toPlace(node);
  const number = page === undefined ? 0 : toNumber(page);
  const listing = await read(context, place, number);
  const isLast = number + 1 >= mostPages && listing.nextPath !== undefined;
  return {
    nodes: nodesUnder(place, listing),
    notes: notesOn(context, listing, place === undefined, isLast),
    ...(listing.nextPath === undefined || isLast ? {} : { next: String(number + 1) }),
  };
}

/** Parses a page number, counted from 0; the window gets numbers, the URLs of pages stay in this process. */
function toNumber(page: string): number {
  const number = /^[1-9]\d?$/.test(page) ? Number(page) : Number.NaN;
  if (!(number < mostPages)) throw new RingbackError('invalid-input', browseMessages.noSuchPage());
  return number;
}

async function read(context: Context, place: NodeAddress | undefined, page: number): Promise<Listing> {
  const path = listPath(place);
  if (path === undefined) throw new RingbackError('invalid-input', browseMessages.nothingUnderVersion());
  try {
    return await readPage(context, path, page);
  } catch (error) {
    if (!(error instanceof RingbackError) || error.code !== 'not-found' || !place) throw error;
    const kind = place.kind === 'item' ? 'file' : place.kind;
    throw new RingbackError('not-found', browseMessages.gone({ kind }), { cause: error });
  }
}
