import './query-chips.css';
import { CloseButton } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useHookNames } from '../hook-name.ts';
import { useHooks } from '../queries.ts';
import { type FilterKey, type Term, termsOf, withFilter } from './query.ts';

interface QueryChipsProps {
  readonly query: string;
  /** The filters that are invalid. */
  readonly unclear: readonly Term[];
  onApply(query: string): void;
}

/** The filters of the query, each with a button that removes it. */
export function QueryChips({ query, unclear, onApply }: QueryChipsProps) {
  const { t } = useTranslation();
  const nameOf = useValueName();
  const filters = termsOf(query).filter((term) => term.key !== undefined);
  if (filters.length === 0) return null;
  const unclearTexts = new Set(unclear.map(({ text }) => text));
  return (
    <ul className="chips" aria-label={t('events.filters')}>
      {filters.map(({ key, value, text }) => {
        const label = `${t(`events.filter.${key}`)}: ${nameOf(key, value)}`;
        const isUnclear = unclearTexts.has(text);
        return (
          <li key={text} className={isUnclear ? 'chip chip-unclear' : 'chip'}>
            {isUnclear ? t('events.unclear', { filter: text }) : label}
            <CloseButton
              size="xs"
              aria-label={t('events.removeFilter', { filter: label })}
              onClick={() => onApply(withFilter(query, key, undefined))}
            />
          </li>
        );
      })}
    </ul>
  );
}

/** The name for an id in a filter. */
function useValueName(): (key: FilterKey, value: string) => string {
  const { t } = useTranslation();
  const names = useHookNames();
  const hooks = useHooks().data ?? [];
  return (key, value) => {
    const hook = key === 'hook' && hooks.find(({ id }) => id === value);
    if (hook) return names.long(hook);
    if (key === 'conn') return names.connection(value) ?? value;
    const outcome = (['success', 'failed', 'info'] as const).find((each) => key === 'outcome' && each === value);
    return outcome ? t(`outcome.${outcome}`) : value;
  };
}
