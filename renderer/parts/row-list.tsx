import { Button } from '@mantine/core';
import { IconArrowUp } from '@tabler/icons-react';
import { Fragment, memo, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { headingHeight } from './rows-in-sight.ts';
import { useRowList } from './use-row-list.ts';

interface RowListProps<T> {
  readonly label: string;
  readonly items: readonly T[];
  /** Pixels; every row has the same height, so that 100,000 of them stay smooth. */
  readonly rowHeight: number;
  readonly selected: string | undefined;
  /** Shown above the rows, and scrolls with them. */
  readonly head?: ReactNode;
  readonly footer?: ReactNode;
  /** Whether new rows are held back while the list is under the pointer, has the focus or is scrolled. */
  readonly holdsNew?: boolean;
  idOf(item: T): string;
  /** The heading above a row, where a group starts. */
  headingOf?(item: T, previous: T | undefined): string | undefined;
  onSelect(id: string | undefined): void;
  /** Called while the last rows are visible. */
  onEnd?(): void;
  row(item: T): ReactNode;
}

/**
 * A list that renders only the visible rows. Arrow keys move, Enter opens, Escape closes; visible rows keep their
 * position when rows are added at the top.
 */
export function RowList<T>(props: RowListProps<T>) {
  const list = useRowList(props);
  return (
    <div className="rows" {...list.holding}>
      {list.waiting > 0 && <NewRows count={list.waiting} onClick={list.showNew} />}
      <div className="rows-scroll" ref={list.scroll} onScroll={list.onScroll}>
        {props.head && (
          <div ref={list.head.ref} className="rows-head">
            {props.head}
          </div>
        )}
        <div
          className="rows-inner"
          role="listbox"
          tabIndex={0}
          aria-label={props.label}
          aria-activedescendant={list.activeElement}
          style={{ height: list.height }}
          onKeyDown={list.onKeyDown}
        >
          {list.places.map((place) => (
            <Fragment key={place.id}>
              {place.heading !== undefined && <Heading top={place.top} text={place.heading} />}
              <MemoRow
                {...{ id: place.id, item: place.item, index: place.index, count: list.count, row: props.row }}
                top={place.heading === undefined ? place.top : place.top + headingHeight}
                height={props.rowHeight}
                elementId={list.elementOf(place.id)}
                isCurrent={place.id === list.current}
                isSelected={place.id === list.selected}
                onOpen={list.open}
              />
            </Fragment>
          ))}
        </div>
        {props.footer}
      </div>
    </div>
  );
}

interface RowProps<T> {
  readonly id: string;
  readonly item: T;
  readonly index: number;
  readonly count: number;
  /** Pixels from the first row. */
  readonly top: number;
  readonly height: number;
  readonly elementId: string;
  readonly isCurrent: boolean;
  readonly isSelected: boolean;
  onOpen(id: string): void;
  row(item: T): ReactNode;
}

function Row<T>({ id, item, index, count, top, height, isCurrent, isSelected, ...row }: RowProps<T>) {
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the list takes the keys
    // biome-ignore lint/a11y/useFocusableInteractive: the list keeps the focus, since rows come and go
    <div
      id={row.elementId}
      className={isCurrent ? 'row row-active' : 'row'}
      role="option"
      aria-selected={isSelected}
      aria-posinset={index + 1}
      aria-setsize={count}
      style={{ height, top }}
      onClick={() => row.onOpen(id)}
    >
      {row.row(item)}
    </div>
  );
}

/** Memoized: a row is not rendered again when others scroll in or another becomes the current one. */
const MemoRow = memo(Row) as typeof Row;

/** Hidden from assistive technology, for which each row contains its time. */
function Heading({ top, text }: { readonly top: number; readonly text: string }) {
  return (
    <div className="rows-heading" aria-hidden style={{ height: headingHeight, top }}>
      {text}
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
