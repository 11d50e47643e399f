import { type RefObject, useLayoutEffect, useRef, useState } from 'react';

interface SteadyScroll<T> {
  readonly scroll: RefObject<HTMLElement | null>;
  readonly items: readonly T[];
  /** Scroll position in pixels below which the first row counts as visible. */
  readonly near: number;
  readonly rowHeight: number;
  idOf(item: T): string;
}

/** Keeps the scroll position when rows are added at the top, and counts them until the user scrolls up to it. */
export function useSteadyScroll<T>({ scroll, items, idOf, near, rowHeight }: SteadyScroll<T>) {
  const [unseen, setUnseen] = useState(0);
  const top = useRef<string | undefined>(undefined);
  const first = items[0] === undefined ? undefined : idOf(items[0]);

  useLayoutEffect(() => {
    const before = top.current;
    top.current = first;
    const element = scroll.current;
    if (!element || before === undefined || before === first || element.scrollTop < near) return;
    const added = items.findIndex((item) => idOf(item) === before);
    if (added <= 0) return;
    element.scrollTop += added * rowHeight;
    setUnseen((count) => count + added);
  }, [first, items, idOf, near, rowHeight, scroll]);

  return {
    unseen,
    onScroll: () => {
      if (unseen > 0 && scroll.current && scroll.current.scrollTop < near) setUnseen(0);
    },
  };
}
