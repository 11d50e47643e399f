import { Button } from '@mantine/core';
import { IconArrowUp } from '@tabler/icons-react';
import { Fragment, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { headingHeight, type RowPlace } from './rows-in-sight.ts';
import { type RowListState, useRowList } from './use-row-list.ts';

interface RowListProps<T> {
  readonly label: string;
  readonly items: readonly T[];
  /** Pixels; every row has the same height, so that 100,000 of them stay smooth. */
  readonly rowHeight: number;
  readonly selected: string | undefined;
  /** Stands above the rows and scrolls with them. */
  readonly head?: ReactNode;
  readonly footer?: ReactNode;
  /** True where new rows on top wait while the list is under the pointer, has the focus or is scrolled. */
  readonly holdsNew?: boolean;
  idOf(item: T): string;
  /** The heading above a row, where one begins there. */
  headingOf?(item: T, previous: T | undefined): string | undefined;
  onSelect(id: string | undefined): void;
  /** Called while the last rows are in sight. */
  onEnd?(): void;
  row(item: T): ReactNode;
}

/** A list of which only the rows in sight exist. Arrow keys move, Enter opens, Escape closes; what is read stays in place when rows come on top. */
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
              <Row place={place} list={list} rowHeight={props.rowHeight}>
                {props.row(place.item)}
              </Row>
            </Fragment>
          ))}
        </div>
        {props.footer}
      </div>
    </div>
  );
}

interface RowProps<T> {
  readonly place: RowPlace<T>;
  readonly list: RowListState<T>;
  readonly rowHeight: number;
  readonly children: ReactNode;
}

function Row<T>({ place: { id, index, top, heading }, list, rowHeight, children }: RowProps<T>) {
  const offset = heading === undefined ? 0 : headingHeight;
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the list takes the keys
    // biome-ignore lint/a11y/useFocusableInteractive: the list keeps the focus, since rows come and go
    <div
      id={list.elementOf(id)}
      className={id === list.current ? 'row row-active' : 'row'}
      role="option"
      aria-selected={id === list.selected}
      aria-posinset={index + 1}
      aria-setsize={list.count}
      style={{ height: rowHeight, top: top + offset }}
      onClick={() => list.open(id)}
    >
      {children}
    </div>
  );
}

/** Seen only: each row says its own time to assistive technology. */
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
