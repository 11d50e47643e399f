import { Autocomplete, type ComboboxItem, type OptionsFilter } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import type { Choice } from './choice.ts';
import { codeOf, titlesOf } from './choice.ts';

interface ChoiceFieldProps {
  readonly label: string;
  readonly help?: string | undefined;
  readonly choices: readonly Choice[];
  readonly value: string;
  readonly error?: ReactNode;
  readonly required?: boolean;
  onChange(value: string): void;
}

/** A text field that suggests values by title with their codes, and accepts any other code. */
export function ChoiceField({ label, choices, help, value, onChange, ...field }: ChoiceFieldProps) {
  /** The text while the user types. */
  const [text, setText] = useState<string>();
  const titles = titlesOf(choices);
  const title = titles.get(value);
  const fits: OptionsFilter = ({ options: all, search }) => {
    const wanted = text === undefined ? '' : search.trim().toLowerCase();
    return (all as ComboboxItem[]).filter((option) =>
      `${option.value} ${titles.get(option.value)}`.toLowerCase().includes(wanted),
    );
  };
  const type = (typed: string) => {
    setText(typed);
    onChange(codeOf(typed, choices));
  };
  return (
    <Autocomplete
      {...field}
      label={
        <>
          {label}{' '}
          {text === undefined && title !== undefined && title !== value && <code className="choice-code">{value}</code>}
        </>
      }
      withAsterisk={field.required ?? false}
      required={false}
      data={[...titles.keys()]}
      filter={fits}
      description={help}
      value={text ?? title ?? value}
      maxDropdownHeight={260}
      openOnFocus={false}
      renderOption={({ option }) => (
        <ChoiceOption code={option.value} title={titles.get(option.value) ?? option.value} />
      )}
      onChange={type}
      onOptionSubmit={() => setText(undefined)}
      onBlur={() => setText(undefined)}
    />
  );
}

/** The title, followed by its code in grey. */
export function ChoiceOption({
  code,
  title,
  of,
}: {
  readonly code: string;
  readonly title: string;
  readonly of?: string | undefined;
}) {
  return (
    <div>
      <div>
        {title} {of && <span className="faint">· {of}</span>}
      </div>
      {code !== title && <code className="faint choice-option-code">{code}</code>}
    </div>
  );
}
