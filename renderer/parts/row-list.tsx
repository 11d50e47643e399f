import { Button } from '@mantine/core';
import { useElementSize } from '@mantine/hooks';
import { IconArrowUp } from '@tabler/icons-react';
import { useVirtualizer } from '@tanstack/react-virtual';
import { type KeyboardEvent, type ReactNode, useEffect, useId, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSteadyScroll } from './steady-scroll.ts';
import { stepOf } from './step.ts';

interface RowListProps<T> {
  readonly label: string;
  readonly items: readonly T[];
  /** Pixels; every row has the same height, so that 100,000 of them stay smooth. */
  readonly rowHeight: number;
  readonly selected: string | undefined;
  /** Stands above the rows and scrolls with them. */
  readonly head?: ReactNode;
  readonly footer?: ReactNode;
  idOf(item: T): string;
  onSelect(id: string | undefined): void;
  /** Called while the last rows are in sight. */
  onEnd?(): void;
  row(item: T): ReactNode;
}

/** A list of which only the rows in sight exist. Arrow keys move, Enter opens, Escape closes; what is read stays in place when rows come on top. */
export function RowList<T>(props: RowListProps<T>) {
  const { items, rowHeight, idOf, selected, onSelect, onEnd } = props;
  const scroll = useRef<HTMLDivElement>(null);
  const [active, setActive] = useState<string>();
  const base = useId();
  const head = useElementSize<HTMLDivElement>();
  const rows = useVirtualizer({
    count: items.length,
    getScrollElement: () => scroll.current,
    estimateSize: () => rowHeight,
    overscan: 12,
    scrollMargin: head.height,
  });
  const steady = useSteadyScroll({ scroll, items, idOf, near: head.height + rowHeight, rowHeight });
  const inSight = rows.getVirtualItems();
  const lastInSight = inSight.at(-1)?.index ?? -1;
  useEffect(() => {
    if (lastInSight >= items.length - 20) onEnd?.();
  }, [lastInSight, items.length, onEnd]);

  const current = selected ?? active;
  const currentIndex = useMemo(
    () => (current === undefined ? -1 : items.findIndex((item) => idOf(item) === current)),
    [current, items, idOf],
  );

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Escape' && selected !== undefined) return onSelect(undefined);
    if (event.key === 'Enter' && current !== undefined) {
      // What opens may take the focus at once, and must not get the rest of this key press.
      event.preventDefault();
      return onSelect(current);
    }
    const page = Math.max(1, Math.floor((scroll.current?.clientHeight ?? 0) / rowHeight) - 1);
    const index = stepOf(event.key, currentIndex, items.length, page);
    const item = index === undefined ? undefined : items[index];
    if (index === undefined || item === undefined) return;
    event.preventDefault();
    setActive(idOf(item));
    if (selected !== undefined) onSelect(idOf(item));
    rows.scrollToIndex(index);
  };

  return (
    <div className="rows">
      {steady.unseen > 0 && <NewRows count={steady.unseen} onClick={() => rows.scrollToOffset(0)} />}
      <div className="rows-scroll" ref={scroll} onScroll={steady.onScroll}>
        {props.head && (
          <div ref={head.ref} className="rows-head">
            {props.head}
          </div>
        )}
        <div
          className="rows-inner"
          role="listbox"
          tabIndex={0}
          aria-label={props.label}
          aria-activedescendant={currentIndex < 0 ? undefined : `${base}-${current}`}
          style={{ height: rows.getTotalSize() }}
          onKeyDown={onKeyDown}
        >
          {inSight.map(({ index, start }) => {
            const item = items[index];
            if (item === undefined) return null;
            const id = idOf(item);
            return (
              // biome-ignore lint/a11y/useKeyWithClickEvents: the list takes the keys
              // biome-ignore lint/a11y/useFocusableInteractive: the list keeps the focus, since rows come and go
              <div
                key={id}
                id={`${base}-${id}`}
                className={id === current ? 'row row-active' : 'row'}
                role="option"
                aria-selected={id === selected}
                aria-posinset={index + 1}
                aria-setsize={items.length}
                style={{ height: rowHeight, transform: `translateY(${start - head.height}px)` }}
                onClick={() => {
                  setActive(id);
                  onSelect(id);
                }}
              >
                {props.row(item)}
              </div>
            );
          })}
        </div>
        {props.footer}
      </div>
    </div>
  );
}

function NewRows({ count, onClick }: { readonly count: number; onClick(): void }) {
  const { t } = useTranslation();
  return (
    <Button
      className="rows-new"
      size="compact-sm"
      radius="xl"
      leftSection={<IconArrowUp size={14} />}
      onClick={onClick}
    >
      {t('common.newRows', { count })}
    </Button>
  );
}
