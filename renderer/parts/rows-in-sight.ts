import { useVirtualizer } from '@tanstack/react-virtual';
import { type RefObject, useEffect, useLayoutEffect, useMemo } from 'react';

/** Pixels of a heading between rows. */
export const headingHeight = 28;

interface RowsInSight<T> {
  readonly scroll: RefObject<HTMLElement | null>;
  readonly items: readonly T[];
  readonly rowHeight: number;
  /** Pixels of the content above the rows, which scrolls with them. */
  readonly headHeight: number;
  idOf(item: T): string;
  headingOf?(item: T, previous: T | undefined): string | undefined;
  onEnd?(): void;
}

/** A visible row with its position, in pixels from the first. */
interface RowPlace<T> {
  readonly item: T;
  readonly id: string;
  readonly index: number;
  readonly top: number;
  readonly heading: string | undefined;
}

/** The visible rows of a list with optional headings; calls `onEnd` while the last ones are visible. */
export function useRowsInSight<T>(list: RowsInSight<T>) {
  const { scroll, items, rowHeight, headHeight, idOf, headingOf, onEnd } = list;
  const headings = useMemo(
    () => (headingOf ? items.map((item, index) => headingOf(item, items[index - 1])) : []),
    [items, headingOf],
  );
  const rows = useVirtualizer({
    count: items.length,
    getScrollElement: () => scroll.current,
    estimateSize: (index) => rowHeight + (headings[index] === undefined ? 0 : headingHeight),
    overscan: 12,
    scrollMargin: headHeight,
  });
  // Sizes are remembered by index, so that they are stale where headings or the height of rows have changed.
  // biome-ignore lint/correctness/useExhaustiveDependencies: they are what makes them stale
  useLayoutEffect(() => rows.measure(), [rows, headings, rowHeight]);
  const inSight = rows.getVirtualItems();
  const last = inSight.at(-1)?.index ?? -1;
  useEffect(() => {
    if (last >= items.length - 20) onEnd?.();
  }, [last, items.length, onEnd]);

  const places = inSight.flatMap(({ index, start }): RowPlace<T>[] => {
    const item = items[index];
    if (item === undefined) return [];
    return [{ item, id: idOf(item), index, top: start - headHeight, heading: headings[index] }];
  });
  return { places, height: rows.getTotalSize(), scrollTo: (index: number) => rows.scrollToIndex(index) };
}
