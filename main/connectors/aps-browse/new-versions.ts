import type { Context } from '../../engine/connector/index.ts';
import { parseTime } from '../aps/index.ts';
import type { Resource } from './document.ts';
import { fetchListing, type Listing, mostPages } from './listing.ts';
import { listPath } from './node-address.ts';

/** A version that was created in a folder or below it. */
export interface NewVersion {
  readonly version: Resource;
  readonly item: Resource;
  readonly folder: string;
  /** The folders below the searched one down to the file's own, outermost first. */
  readonly path: readonly { readonly name: string; readonly urn: string }[];
}

interface NewVersions {
  readonly found: readonly NewVersion[];
  /** False where the limit of lists was reached before the whole folder was searched. */
  readonly complete: boolean;
}

/** Limit of requests for one folder, because the quota is counted by the minute and shared with other requests. */
const mostLists = 150;

type Path = NewVersion['path'];

/** Searches a folder and its subfolders changed since a time (milliseconds since 1970); requests each page once. */
export async function newVersions(
  context: Context,
  place: { readonly project: string; readonly folder: string },
  since: number,
): Promise<NewVersions> {
  const { project } = place;
  const found: NewVersion[] = [];
  const waiting: { folder: string; path: Path }[] = [{ folder: place.folder, path: [] }];
  let lists = 0;
  let complete = true;

  const pages = async function* (path: string | undefined): AsyncGenerator<Listing> {
    for (let page = 0; path !== undefined; page += 1) {
      if (page === mostPages || lists === mostLists) {
        complete = false;
        return;
      }
      lists += 1;
      const listing: Listing = await fetchListing(context, path);
      yield listing;
      path = listing.nextPath;
    }
  };

  const versionsOf = async (item: Resource, tip: Resource | undefined): Promise<readonly Resource[]> => {
    if (tip && (numberOf(tip) === 1 || !isNew(tip, since))) return isNew(tip, since) ? [tip] : [];
    const versions: Resource[] = [];
    for await (const { data } of pages(listPath({ kind: 'item', project, item: item.id }))) {
      versions.push(...data.filter((version) => isNew(version, since)));
      // Versions are listed newest first.
      if (data.some((version) => !isNew(version, since))) break;
    }
    return versions;
  };

  for (let next = waiting.shift(); next; next = waiting.shift()) {
    const { folder, path } = next;
    for await (const { data, included } of pages(listPath({ kind: 'folder', project, folder }))) {
      for (const entry of data.filter((one) => changedSince(one, since))) {
        if (entry.type === 'folders') {
          const below = { name: String(entry.attributes.displayName ?? entry.attributes.name ?? ''), urn: entry.id };
          waiting.push({ folder: entry.id, path: [...path, below] });
        } else if (entry.type === 'items') {
          const tip = included.find(({ id }) => id === entry.related('tip'));
          const versions = await versionsOf(entry, tip);
          found.push(...versions.map((version) => ({ version, item: entry, folder, path })));
        }
      }
    }
  }
  return { found: found.reverse(), complete };
}

/** "lastModifiedTimeRollup" is the latest change anywhere below; a folder without it is always searched. */
function changedSince({ type, attributes }: Resource, since: number): boolean {
  const rollup = parseTime(attributes.lastModifiedTimeRollup);
  if (rollup !== undefined) return rollup >= since;
  const changed = parseTime(attributes.lastModifiedTime);
  return type === 'folders' || changed === undefined || changed >= since;
}

function isNew({ attributes }: Resource, since: number): boolean {
  return (parseTime(attributes.createTime) ?? parseTime(attributes.lastModifiedTime) ?? 0) >= since;
}

function numberOf({ attributes, id }: Resource): number {
  return Number(attributes.versionNumber ?? /[?&]version=(\d+)/.exec(id)?.[1]);
}
