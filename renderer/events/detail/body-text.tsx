import { ActionIcon, TextInput } from '@mantine/core';
import { IconChevronDown, IconChevronUp, IconSearch } from '@tabler/icons-react';
import { type KeyboardEvent, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { countText } from '../../numbers.ts';
import { useTextSearch } from './text-search.ts';

interface BodyTextProps {
  readonly text: string;
  readonly wraps: boolean;
  /** Called when a search starts. */
  onSearch(): void;
}

/** A long text with a search: Enter selects the next match, Shift and Enter the previous one. */
export function BodyText({ text, wraps, onSearch }: BodyTextProps) {
  const { t } = useTranslation();
  const element = useRef<HTMLPreElement>(null);
  const [query, setQuery] = useState('');
  const { count, current, step } = useTextSearch(element, text, query);
  const type = (typed: string) => {
    setQuery(typed);
    if (typed !== '') onSearch();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Enter') step(event.shiftKey ? -1 : 1);
    if (event.key !== 'Escape' || query === '') return;
    event.stopPropagation();
    setQuery('');
  };
  const found = query === '' ? '' : t('event.matches', { current: countText(count && current + 1), count: count });
  return (
    <>
      <div className="body-search">
        <TextInput
          className="body-query"
          leftSection={<IconSearch size={14} aria-hidden />}
          placeholder={t('event.searchBody')}
          aria-label={t('event.searchBody')}
          value={query}
          onChange={({ currentTarget }) => type(currentTarget.value)}
          onKeyDown={onKeyDown}
        />
        <span className="faint small" aria-live="polite">
          {found}
        </span>
        {(['previous', 'next'] as const).map((way) => (
          <ActionIcon
            key={way}
            variant="default"
            aria-label={t(`event.${way}Match`)}
            disabled={count < 2}
            onClick={() => step(way === 'next' ? 1 : -1)}
          >
            {way === 'next' ? <IconChevronDown size={15} aria-hidden /> : <IconChevronUp size={15} aria-hidden />}
          </ActionIcon>
        ))}
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so the keyboard must reach it */}
      <pre ref={element} className={wraps ? 'body body-raw' : 'body'} tabIndex={0}>
        {text}
      </pre>
    </>
  );
}
