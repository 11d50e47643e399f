import { Autocomplete, type ComboboxItem, type OptionsFilter } from '@mantine/core';
import type { ReactNode } from 'react';

interface Choice {
  readonly value: string;
  readonly title: string;
}

interface ChoiceFieldProps {
  readonly label: string;
  /** Shown while what is typed is none of the choices; then the choice's title is. */
  readonly help?: string | undefined;
  readonly placeholder?: string | undefined;
  readonly choices: readonly Choice[];
  readonly value: string;
  readonly error?: ReactNode;
  readonly required?: boolean;
  onChange(value: string): void;
}

/** A text field that knows likely answers by name, and takes any other too. */
export function ChoiceField({ choices, help, placeholder, ...field }: ChoiceFieldProps) {
  const titles = new Map(choices.map(({ value, title }) => [value, title]));
  const options = [...titles.keys()];
  const fits: OptionsFilter = ({ options: all, search }) => {
    const wanted = search.trim().toLowerCase();
    if (titles.has(search)) return all;
    return (all as ComboboxItem[]).filter((option) =>
      `${option.value} ${titles.get(option.value)}`.toLowerCase().includes(wanted),
    );
  };
  return (
    <Autocomplete
      {...field}
      withAsterisk={field.required ?? false}
      required={false}
      data={options}
      filter={fits}
      description={titles.get(field.value) ?? help}
      {...(placeholder ? { placeholder } : {})}
      maxDropdownHeight={260}
      renderOption={({ option }) => (
        <div>
          <div>{titles.get(option.value)}</div>
          <code className="faint small">{option.value}</code>
        </div>
      )}
    />
  );
}
