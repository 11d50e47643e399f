import { CloseButton, SegmentedControl, Select, TextInput } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useConnections } from '../queries.ts';

interface HookFilterBarProps {
  readonly whose: string;
  readonly connection: string | undefined;
  readonly search: string;
  /** The number of shown hooks and of all. */
  readonly count: number;
  readonly total: number;
  onWhose(whose: string): void;
  onConnection(id: string | undefined): void;
  onSearch(text: string): void;
  readonly children?: ReactNode;
}

export function HookFilterBar(props: HookFilterBarProps) {
  const { whose, onWhose, connection, onConnection, search, onSearch, count, total } = props;
  const { t } = useTranslation();
  const connections = useConnections().data ?? [];
  const choices = (['all', 'ours', 'others'] as const).map((value) => ({ value, label: t(`hooks.${value}`) }));
  return (
    <search className="bar">
      <SearchField text={search} onType={onSearch} />
      <SegmentedControl size="xs" data={choices} value={whose} onChange={onWhose} aria-label={t('hooks.owner')} />
      {connections.length > 1 && (
        <Select
          className="bar-select"
          size="xs"
          aria-label={t('hooks.filterByConnection')}
          placeholder={t('hooks.allConnections')}
          data={connections.map(({ id, name }) => ({ value: id, label: name }))}
          value={connection ?? null}
          clearable
          clearButtonProps={{ 'aria-label': t('hooks.allConnections') }}
          onChange={(id) => onConnection(id ?? undefined)}
        />
      )}
      {props.children}
      <span className="faint small bar-end" role="status">
        {count === total ? t('hooks.count', { count }) : t('hooks.countOf', { shown: count, count: total })}
      </span>
    </search>
  );
}

function SearchField({ text, onType }: { readonly text: string; onType(text: string): void }) {
  const { t } = useTranslation();
  return (
    <TextInput
      className="bar-search"
      size="xs"
      aria-label={t('hooks.search')}
      placeholder={t('hooks.searchHint')}
      leftSection={<IconSearch size={14} aria-hidden />}
      rightSection={text && <CloseButton size="sm" aria-label={t('hooks.clearSearch')} onClick={() => onType('')} />}
      value={text}
      maxLength={200}
      spellCheck={false}
      onChange={({ currentTarget }) => onType(currentTarget.value)}
    />
  );
}
