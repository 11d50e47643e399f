import { TextInput, type TextInputProps } from '@mantine/core';
import { type KeyboardEvent, useLayoutEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { cursorIn, laterBy, partAt, stepOfPart, type TimePart, timeOfDayIn, timeOfDayText } from '../time-of-day.ts';

const directions: Readonly<Record<string, number>> = { ArrowUp: 1, ArrowDown: -1 };

interface TimeFieldProps extends Omit<TextInputProps, 'value' | 'onChange' | 'type'> {
  /** "22:00", or empty. */
  readonly value: string;
  /** Gets the time, or an empty text while what is typed is no time. */
  onChange(value: string): void;
}

/** A time in the format of the window's language, unlike a browser's. Arrow keys change the part at the cursor. */
export function TimeField({ value, onChange, onBlur, error, ...input }: TimeFieldProps) {
  const { t } = useTranslation();
  const [typed, setTyped] = useState<string>();
  const [left, setLeft] = useState(false);
  const element = useRef<HTMLInputElement>(null);
  const stepped = useRef<TimePart>(undefined);
  const text = typed ?? timeOfDayText(value);
  const isWrong = typed !== undefined && timeOfDayIn(typed) === undefined;
  useLayoutEffect(() => {
    if (stepped.current === undefined) return;
    const cursor = cursorIn(text, stepped.current);
    element.current?.setSelectionRange(cursor, cursor);
    stepped.current = undefined;
  }, [text]);
  const step = (event: KeyboardEvent<HTMLInputElement>) => {
    const direction = directions[event.key];
    const present = timeOfDayIn(text);
    if (direction === undefined || present === undefined) return;
    event.preventDefault();
    const part = partAt(text, event.currentTarget.selectionStart ?? 0);
    stepped.current = part;
    setTyped(undefined);
    onChange(laterBy(present, direction * stepOfPart(part)));
  };
  return (
    <TextInput
      {...input}
      ref={element}
      value={text}
      autoComplete="off"
      maxLength={20}
      error={isWrong && (left || error) ? t('common.timeWrong', { example: timeOfDayText('22:00') }) : error}
      onKeyDown={step}
      onChange={({ currentTarget }) => {
        setTyped(currentTarget.value);
        setLeft(false);
        onChange(timeOfDayIn(currentTarget.value) ?? '');
      }}
      onBlur={(event) => {
        setLeft(true);
        if (!isWrong) setTyped(undefined);
        onBlur?.(event);
      }}
    />
  );
}
