import type { EventView } from '../../preload/contract/index.ts';

/** The events loaded so far, newest first; `next` is the cursor of older ones. */
export interface EventList {
  readonly events: readonly EventView[];
  readonly next?: string | undefined;
  /** Whether older events may be missing, since the search index is still built. */
  readonly indexing?: true | undefined;
}

/** Updates the list with the newest page; where the two do not overlap, the page replaces it. */
export function withLatest(list: EventList | undefined, page: EventList): EventList {
  const [newest, oldest] = [page.events[0], page.events.at(-1)];
  if (!list || !newest || !oldest) return page;
  const inPage = new Set(page.events.map((event) => event.id));
  const arrivedSince = takeWhile(list.events, (event) => event.receivedAt > newest.receivedAt && !inPage.has(event.id));
  const seam = list.events.findIndex((event) => event.id === oldest.id);
  const older = seam < 0 || !page.next ? [] : list.events.slice(seam + 1);
  return {
    events: [...arrivedSince, ...page.events, ...older],
    next: older.length > 0 ? list.next : page.next,
    ...(page.indexing ? { indexing: true } : {}),
  };
}

/** Appends a page of older events. */
export function withOlder(list: EventList, page: EventList): EventList {
  const known = new Set(list.events.map((event) => event.id));
  return { ...list, events: [...list.events, ...page.events.filter(({ id }) => !known.has(id))], next: page.next };
}

/** Adds new events at the top, newest first; known ones are replaced in their place. */
export function withArrived(list: EventList, arrived: readonly EventView[]): EventList {
  const fresh = new Map(arrived.map((event) => [event.id, event]));
  const events = list.events.map((event) => {
    const replacement = fresh.get(event.id);
    fresh.delete(event.id);
    return replacement ?? event;
  });
  const added = [...fresh.values()].sort((a, b) => b.receivedAt.localeCompare(a.receivedAt));
  return { ...list, events: [...added, ...events] };
}

function takeWhile<T>(items: readonly T[], fits: (item: T) => boolean): readonly T[] {
  const end = items.findIndex((item) => !fits(item));
  return end < 0 ? items : items.slice(0, end);
}
