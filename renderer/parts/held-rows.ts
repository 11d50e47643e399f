import { useMemo, useState } from 'react';

/** Holds back new rows while the list is in use: under the pointer, with the focus, or scrolled. */
export function useHeldRows<T>(items: readonly T[], idOf: (item: T) => string) {
  const [top, setTop] = useState<string>();
  const first = items[0] === undefined ? undefined : idOf(items[0]);
  const waiting = useMemo(
    () =>
      top === undefined
        ? 0
        : Math.max(
            0,
            items.findIndex((item) => idOf(item) === top),
          ),
    [items, idOf, top],
  );
  return {
    rows: useMemo(() => (waiting === 0 ? items : items.slice(waiting)), [items, waiting]),
    waiting,
    hold: () => setTop((held) => held ?? first),
    release: () => setTop(undefined),
  };
}
