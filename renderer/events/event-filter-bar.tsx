import { CloseButton, Kbd, Select, TextInput } from '@mantine/core';
import { useHotkeys } from '@mantine/hooks';
import { IconSearch } from '@tabler/icons-react';
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useHookNames } from '../hook-name.ts';
import { useHooks } from '../queries.ts';

interface EventFilterBarProps {
  readonly search: string;
  readonly hook: string | undefined;
  onSearch(text: string): void;
  onHook(id: string | undefined): void;
}

export function EventFilterBar({ search, onSearch, hook, onHook }: EventFilterBarProps) {
  const { t } = useTranslation();
  const field = useRef<HTMLInputElement>(null);
  const names = useHookNames();
  const hooks = useHooks().data ?? [];
  useHotkeys([['/', () => field.current?.focus()]]);
  const choices = hooks
    .filter(({ ours, id }) => ours || id === hook)
    .map((each) => ({ value: each.id, label: names.long(each) }));
  return (
    <search className="bar">
      <TextInput
        ref={field}
        className="bar-search"
        aria-label={t('events.search')}
        aria-keyshortcuts="/"
        placeholder={t('events.searchHint')}
        leftSection={<IconSearch size={16} aria-hidden />}
        rightSection={
          search ? (
            <CloseButton size="sm" aria-label={t('events.clear')} onClick={() => onSearch('')} />
          ) : (
            <Kbd size="xs" aria-hidden>
              /
            </Kbd>
          )
        }
        value={search}
        maxLength={500}
        onChange={(event) => onSearch(event.currentTarget.value)}
      />
      <Select
        className="bar-select"
        aria-label={t('events.filterByHook')}
        placeholder={t('events.allHooks')}
        data={choices}
        value={hook ?? null}
        searchable
        clearable
        clearButtonProps={{ 'aria-label': t('events.clear') }}
        comboboxProps={{ width: 360, position: 'bottom-end' }}
        onChange={(id) => onHook(id ?? undefined)}
      />
    </search>
  );
}
