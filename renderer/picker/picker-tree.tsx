import { Loader } from '@mantine/core';
import {
  IconBox,
  IconBuilding,
  IconChevronDown,
  IconChevronRight,
  IconFile,
  IconFolder,
  IconHistory,
  IconSitemap,
} from '@tabler/icons-react';
import { type KeyboardEvent, useEffect, useId, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { BrowseKind } from '../../preload/contract/index.ts';
import { problemText } from '../message-text.ts';
import { stepOf } from '../parts/index.ts';
import type { Browsing } from './browsing.ts';
import type { NodeRow, Row } from './rows.ts';

interface PickerTreeProps {
  readonly label: string;
  readonly rows: readonly Row[];
  readonly browsing: Browsing;
  /** The row from which keys move. */
  readonly active: string | undefined;
  canPick(row: Row): boolean;
  onActive(id: string): void;
  onPick(row: Row): void;
}

/** An accessible tree: arrows move, open and close; Enter selects. */
export function PickerTree(props: PickerTreeProps) {
  const { rows, active, canPick, onActive, onPick } = props;
  const base = useId();
  const tree = useRef<HTMLDivElement>(null);
  const index = rows.findIndex(({ id }) => id === active);
  useEffect(() => {
    if (index >= 0) tree.current?.children[index]?.scrollIntoView({ block: 'nearest' });
  }, [index]);
  const act = (row: Row) => openOrClose(row, props.browsing);
  const [first] = rows;
  return (
    <div
      ref={tree}
      className="picker-tree"
      role="tree"
      tabIndex={0}
      aria-label={props.label}
      aria-activedescendant={index < 0 ? undefined : `${base}-${index}`}
      onKeyDown={(event) => followKey(event, props, index)}
      onFocus={() => index < 0 && first && onActive(first.id)}
    >
      {rows.map((row, at) => (
        // biome-ignore lint/a11y/useKeyWithClickEvents: the tree takes the keys
        // biome-ignore lint/a11y/useFocusableInteractive: the tree keeps the focus, since rows come and go
        <div
          key={row.id}
          id={`${base}-${at}`}
          className={['picker-row', `picker-${row.kind}`, at === index ? 'row-active' : ''].join(' ')}
          role="treeitem"
          aria-level={row.level}
          aria-selected={at === index}
          aria-expanded={row.kind === 'node' ? row.open : undefined}
          aria-busy={row.kind === 'loading' ? true : undefined}
          style={{ paddingLeft: 6 + (row.level - 1) * 18 }}
          onClick={() => {
            onActive(row.id);
            if (!canPick(row)) act(row);
          }}
          onDoubleClick={() => canPick(row) && onPick(row)}
        >
          <RowText row={row} onToggle={() => act(row)} />
        </div>
      ))}
    </div>
  );
}

function openOrClose(row: Row, browsing: Browsing): void {
  if (row.kind === 'more' || row.kind === 'problem') browsing.more(row.branch);
  if (row.kind !== 'node' || row.open === undefined) return;
  if (row.open) browsing.close(row.id);
  else browsing.open(row.id);
}

/** Handles a key: arrows move, open and close; Enter selects. `index` is that of the active row, -1 without one. */
function followKey(
  event: KeyboardEvent,
  { rows, browsing, canPick, onActive, onPick }: PickerTreeProps,
  index: number,
) {
  const row = rows[index];
  const next = stepOf(event.key, index, rows.length, 10);
  const isSideways = event.key === 'ArrowRight' || event.key === 'ArrowLeft';
  const isAct = event.key === 'Enter' || event.key === ' ';
  if (next === undefined && !(row && (isSideways || isAct))) return;
  event.preventDefault();
  const target = next === undefined ? undefined : rows[next];
  if (next !== undefined) return void (target && onActive(target.id));
  if (!row) return;
  if (!isSideways) return event.key === 'Enter' && canPick(row) ? onPick(row) : openOrClose(row, browsing);
  const beside = neighbour(rows, index, event.key);
  if (beside === 'toggle') openOrClose(row, browsing);
  else if (beside) onActive(beside.id);
}

/** The effect of a left or right arrow: another row, or opening or closing this one. */
function neighbour(rows: readonly Row[], index: number, key: string): Row | 'toggle' | undefined {
  const row = rows[index];
  const open = row?.kind === 'node' ? row.open : undefined;
  if (key === 'ArrowRight') return open ? rows[index + 1] : open === false ? 'toggle' : undefined;
  return open ? 'toggle' : rows.find(({ id }) => id === row?.branch);
}

function RowText({ row, onToggle }: { readonly row: Row; onToggle(): void }) {
  const { t } = useTranslation();
  if (row.kind === 'loading') return <Loader size={14} aria-label={t('common.loading')} />;
  if (row.kind === 'more') return t('picker.more');
  if (row.kind === 'empty') return t(row.level === 1 ? 'picker.nothing' : 'picker.empty');
  if (row.kind === 'problem') return t('picker.retry', { problem: problemText(row.problem) });
  return <NodeText row={row} onToggle={onToggle} />;
}

function NodeText({ row: { node, open }, onToggle }: { readonly row: NodeRow; onToggle(): void }) {
  const Chevron = open ? IconChevronDown : IconChevronRight;
  const KindIcon = iconOf[node.kind];
  return (
    <>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: the arrow keys do the same */}
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: the arrow keys do the same */}
      <span
        className="picker-chevron"
        onClick={(event) => {
          if (open === undefined) return;
          event.stopPropagation();
          onToggle();
        }}
      >
        {open !== undefined && <Chevron size={15} aria-hidden />}
      </span>
      <KindIcon size={16} stroke={1.6} className="picker-icon" aria-hidden />
      <span className="picker-name">{node.name}</span>
      {node.detail && <span className="picker-detail">{node.detail}</span>}
    </>
  );
}

const iconOf: Readonly<Record<BrowseKind, typeof IconBox>> = {
  hub: IconBuilding,
  project: IconSitemap,
  folder: IconFolder,
  item: IconFile,
  version: IconHistory,
  component: IconBox,
};
