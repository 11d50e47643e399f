import { type ComboboxItem, MultiSelect, type OptionsFilter } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Choice, chosenFrom, codeOf, optionOf, titlesOf } from './choice.ts';
import { ChoiceOption } from './choice-field.tsx';

interface EventsFieldProps {
  readonly choices: readonly Choice[];
  readonly events: readonly string[];
  readonly error?: ReactNode;
  /** With the system of the selected event, where the suggestions are of several. */
  onChange(events: readonly string[], system?: string): void;
}

/** Selects events by title; other names can be typed. */
export function EventsField({ choices, events, error, onChange }: EventsFieldProps) {
  const { t } = useTranslation();
  const [search, setSearch] = useState('');
  const titles = titlesOf(choices);
  const known = new Map(choices.map((choice) => [optionOf(choice), choice]));
  const typed = codeOf(search, choices).trim();
  const others = new Set([...events, typed].filter((code) => code !== '' && !titles.has(code)));
  const options = [...known].map(([value, { title }]) => ({ value, label: title }));
  const data = [...options, ...[...others].map((code) => ({ value: code, label: code }))];
  const fits: OptionsFilter = ({ options }) =>
    (options as ComboboxItem[]).filter(({ value, label }) =>
      `${value} ${label} ${known.get(value)?.of ?? ''}`.toLowerCase().includes(search.trim().toLowerCase()),
    );
  // A typed text counts as an event where it is a complete name.
  const take = () => {
    setSearch('');
    const isName = titles.has(typed) || /[.*_]/.test(typed);
    if (isName && !events.includes(typed)) onChange([...events, typed]);
  };
  return (
    <MultiSelect
      label={t('hookForm.events')}
      description={t('hookForm.eventsHelp')}
      withAsterisk
      searchable
      hidePickedOptions
      clearable
      clearButtonProps={{ 'aria-label': t('hookForm.clearEvents') }}
      maxDropdownHeight={260}
      data={data}
      filter={fits}
      value={[...events]}
      searchValue={search}
      error={error}
      onSearchChange={setSearch}
      onChange={(options) => {
        const { codes, system } = chosenFrom(options, choices);
        onChange(codes, system);
      }}
      onBlur={take}
      onKeyDown={(event) => {
        if (event.key !== 'Enter' || search.trim() === '') return;
        // Enter selects an option here and must not submit the form.
        event.preventDefault();
        take();
      }}
      renderOption={({ option }) => (
        <ChoiceOption
          code={known.get(option.value)?.value ?? option.value}
          title={known.get(option.value)?.title ?? option.value}
          of={known.get(option.value)?.of}
        />
      )}
    />
  );
}
