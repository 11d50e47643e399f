import { useElementSize } from '@mantine/hooks';
import {
  type KeyboardEvent,
  type RefObject,
  useCallback,
  useId,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
} from 'react';
import { useHeldRows } from './held-rows.ts';
import { useRowsInSight } from './rows-in-sight.ts';
import { useSteadyScroll } from './steady-scroll.ts';
import { stepOf } from './step.ts';

interface ListInput<T> {
  readonly items: readonly T[];
  readonly rowHeight: number;
  readonly selected: string | undefined;
  readonly holdsNew?: boolean;
  idOf(item: T): string;
  headingOf?(item: T, previous: T | undefined): string | undefined;
  onSelect(id: string | undefined): void;
  onEnd?(): void;
}

/** The state of a list of rows: the visible ones, the current one, and how many new ones are held back. */
export function useRowList<T>(input: ListInput<T>) {
  const { rowHeight, idOf, selected, onSelect } = input;
  const scroll = useRef<HTMLDivElement>(null);
  const [active, setActive] = useState<string>();
  const base = useId();
  const head = useElementSize<HTMLDivElement>();
  const held = useHeldRows(input.items, idOf);
  const items = held.rows;
  const near = head.height + rowHeight;
  const steady = useSteadyScroll({ scroll, items, idOf, near, rowHeight });
  const sight = useRowsInSight({ ...input, items, scroll, headHeight: head.height });
  const current = selected ?? active;
  const index = useMemo(() => items.findIndex((item) => idOf(item) === current), [current, items, idOf]);
  const elementOf = (id: string) => `${base}-${id}`;

  const moveTo = (next: number) => {
    const item = items[next];
    if (item === undefined) return;
    setActive(idOf(item));
    if (selected !== undefined) onSelect(idOf(item));
    sight.scrollTo(next);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Escape' && selected !== undefined) return onSelect(undefined);
    const opens = event.key === 'Enter' && current !== undefined;
    const next = stepOf(event.key, index, items.length, pageOf(scroll, rowHeight));
    if (!opens && next === undefined) return;
    // The opened view may take the focus immediately and must not get this key press.
    event.preventDefault();
    if (opens) onSelect(current);
    else if (next !== undefined) moveTo(next);
  };
  const showNew = () => {
    held.release();
    scroll.current?.scrollTo({ top: 0 });
  };
  const select = useLatest(onSelect);
  const open = useCallback(
    (id: string) => {
      setActive(id);
      select.current(id);
    },
    [select],
  );
  return {
    ...{ scroll, head, selected, current, elementOf, open, onKeyDown, showNew },
    ...{ places: sight.places, height: sight.height, count: items.length },
    activeElement: index < 0 || current === undefined ? undefined : elementOf(current),
    waiting: steady.unseen + held.waiting,
    onScroll: () => {
      steady.onScroll();
      if (input.holdsNew && (scroll.current?.scrollTop ?? 0) >= near) held.hold();
    },
    holding: input.holdsNew ? holdingHandlers(scroll, near, held) : {},
  };
}

/** The value of the latest rendering, for handlers that stay the same. */
function useLatest<T>(value: T): RefObject<T> {
  const latest = useRef(value);
  useLayoutEffect(() => {
    latest.current = value;
  });
  return latest;
}

/** Number of rows in a page of the list. */
function pageOf(scroll: RefObject<HTMLElement | null>, rowHeight: number): number {
  return Math.max(1, Math.floor((scroll.current?.clientHeight ?? 0) / rowHeight) - 1);
}

/** Holds back new rows while the list has pointer or focus, and then until the top is visible. */
function holdingHandlers(scroll: RefObject<HTMLElement | null>, near: number, held: { hold(): void; release(): void }) {
  const releaseUnless = (isUsed: boolean) => {
    if (!isUsed && (scroll.current?.scrollTop ?? 0) < near) held.release();
  };
  return {
    onPointerEnter: held.hold,
    onFocus: held.hold,
    onPointerLeave: () => releaseUnless(scroll.current?.contains(document.activeElement) ?? false),
    onBlur: () => releaseUnless(scroll.current?.matches(':hover') ?? false),
  };
}
