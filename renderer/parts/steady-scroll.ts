import { type RefObject, useLayoutEffect, useRef, useState } from 'react';

/** Keeps what is being read in place when rows are put on top, and counts them until the top is reached again. */
export function useSteadyScroll<T>(
  scroll: RefObject<HTMLElement | null>,
  items: readonly T[],
  idOf: (item: T) => string,
  rowHeight: number,
) {
  const [unseen, setUnseen] = useState(0);
  const top = useRef<string | undefined>(undefined);
  const first = items[0] === undefined ? undefined : idOf(items[0]);

  useLayoutEffect(() => {
    const before = top.current;
    top.current = first;
    const element = scroll.current;
    if (!element || before === undefined || before === first || element.scrollTop < rowHeight) return;
    const added = items.findIndex((item) => idOf(item) === before);
    if (added <= 0) return;
    element.scrollTop += added * rowHeight;
    setUnseen((count) => count + added);
  }, [first, items, idOf, rowHeight, scroll]);

  return {
    unseen,
    onScroll: () => {
      if (unseen > 0 && scroll.current && scroll.current.scrollTop < rowHeight) setUnseen(0);
    },
  };
}
