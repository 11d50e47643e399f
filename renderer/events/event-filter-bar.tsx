import { ActionIcon, CloseButton, Kbd, Select, TextInput, Tooltip } from '@mantine/core';
import { useHotkeys } from '@mantine/hooks';
import {
  IconBaselineDensityMedium,
  IconBaselineDensitySmall,
  IconChartHistogram,
  IconSearch,
} from '@tabler/icons-react';
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { limits } from '../../preload/limits.ts';
import { useHookNames } from '../hook-name.ts';
import { useHooks } from '../queries.ts';
import { filterIn, withFilter } from './query.ts';
import { JumpToTime, ViewsMenu } from './views/index.ts';

interface EventFilterBarProps {
  readonly query: string;
  readonly compact: boolean;
  readonly timeline: boolean;
  /** Called while the user types; applied after a pause. */
  onType(query: string): void;
  onApply(query: string): void;
  onCompact(compact: boolean): void;
  onTimeline(shown: boolean): void;
}

/** The query as text, and menus of its most frequent filters. */
export function EventFilterBar(props: EventFilterBarProps) {
  const { query, compact, timeline, onType, onApply, onCompact, onTimeline } = props;
  return (
    <search className="bar">
      <QueryField query={query} onType={onType} onClear={() => onApply('')} />
      <OutcomeChoice query={query} onApply={onApply} />
      <HookChoice query={query} onApply={onApply} />
      <TimelineSwitch timeline={timeline} onTimeline={onTimeline} />
      <JumpToTime query={query} onApply={onApply} />
      <ViewsMenu query={query.trim()} onApply={onApply} />
      <Density compact={compact} onCompact={onCompact} />
    </search>
  );
}

interface QueryFieldProps {
  readonly query: string;
  onType(query: string): void;
  onClear(): void;
}

function QueryField({ query, onType, onClear }: QueryFieldProps) {
  const { t } = useTranslation();
  const field = useRef<HTMLInputElement>(null);
  useHotkeys([['/', () => field.current?.focus()]]);
  const clear = <CloseButton size="sm" aria-label={t('events.clear')} onClick={onClear} />;
  const key = (
    <Kbd size="xs" aria-hidden>
      /
    </Kbd>
  );
  return (
    <TextInput
      ref={field}
      className="bar-search"
      aria-label={t('events.search')}
      aria-keyshortcuts="/"
      placeholder={t('events.searchHint')}
      leftSection={<IconSearch size={16} aria-hidden />}
      rightSection={query ? clear : key}
      value={query}
      maxLength={limits.search}
      spellCheck={false}
      onChange={(event) => onType(event.currentTarget.value)}
    />
  );
}

interface ChoiceProps {
  readonly query: string;
  onApply(query: string): void;
}

function OutcomeChoice({ query, onApply }: ChoiceProps) {
  const { t } = useTranslation();
  const choices = (['failed', 'success', 'info'] as const).map((value) => ({ value, label: t(`outcome.${value}`) }));
  return (
    <Select
      className="bar-select-small"
      aria-label={t('events.filterByOutcome')}
      placeholder={t('events.allOutcomes')}
      data={choices}
      value={filterIn(query, 'outcome') ?? null}
      clearable
      clearButtonProps={{ 'aria-label': t('events.clearFilter') }}
      onChange={(outcome) => onApply(withFilter(query, 'outcome', outcome ?? undefined))}
    />
  );
}

function HookChoice({ query, onApply }: ChoiceProps) {
  const { t } = useTranslation();
  const names = useHookNames();
  const hooks = useHooks().data ?? [];
  const hook = filterIn(query, 'hook');
  const choices = hooks
    .filter(({ ours, id }) => ours || id === hook)
    .map((each) => ({ value: each.id, label: names.long(each) }));
  return (
    <Select
      className="bar-select"
      aria-label={t('events.filterByHook')}
      placeholder={t('events.allHooks')}
      data={choices}
      value={hook ?? null}
      searchable
      clearable
      clearButtonProps={{ 'aria-label': t('events.clearFilter') }}
      comboboxProps={{ width: 360, position: 'bottom-end' }}
      onChange={(id) => onApply(withFilter(query, 'hook', id ?? undefined))}
    />
  );
}

function Density({ compact, onCompact }: Pick<EventFilterBarProps, 'compact' | 'onCompact'>) {
  const { t } = useTranslation();
  const label = t(compact ? 'events.toComfortable' : 'events.toCompact');
  const Present = compact ? IconBaselineDensityMedium : IconBaselineDensitySmall;
  return (
    <Tooltip label={label}>
      <ActionIcon variant="subtle" color="gray" aria-label={label} onClick={() => onCompact(!compact)}>
        <Present size={17} stroke={1.7} aria-hidden />
      </ActionIcon>
    </Tooltip>
  );
}

function TimelineSwitch({ timeline, onTimeline }: Pick<EventFilterBarProps, 'timeline' | 'onTimeline'>) {
  const { t } = useTranslation();
  return (
    <Tooltip label={t('timeline.show')}>
      <ActionIcon
        variant={timeline ? 'light' : 'subtle'}
        color="gray"
        aria-label={t('timeline.show')}
        aria-pressed={timeline}
        onClick={() => onTimeline(!timeline)}
      >
        <IconChartHistogram size={17} stroke={1.7} aria-hidden />
      </ActionIcon>
    </Tooltip>
  );
}
