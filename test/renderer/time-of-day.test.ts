import { afterEach, expect, test } from 'vitest';
import { setLocale } from '../../renderer/locale.ts';
import { cursorIn, laterBy, partAt, stepOfPart, timeOfDayIn, timeOfDayText } from '../../renderer/time-of-day.ts';

afterEach(() => setLocale(undefined));

test.each([
  ['22:00', '22:00'],
  [' 9.05 ', '09:05'],
  ['930', '09:30'],
  ['2215', '22:15'],
  ['7', '07:00'],
  ['10 pm', '22:00'],
  ['12:30 a.m.', '00:30'],
  ['12 PM', '12:00'],
  ['22 Uhr', '22:00'],
  ['8h15', '08:15'],
  ['8:15 uur', '08:15'],
])('%s is a time of day', (text, time) => expect(timeOfDayIn(text)).toBe(time));

test.each(['', '24:00', '12:60', '14 pm', '0 am', '1:2', 'noon', '22:00:00', '-1'])('“%s” is none', (text) =>
  expect(timeOfDayIn(text)).toBeUndefined(),
);

test('every minute of the day is read as it was written, in each language', () => {
  for (const locale of ['en-US', 'en-GB', 'nl', 'de']) {
    setLocale(locale);
    for (let time = laterBy('00:00', 1); time !== '00:00'; time = laterBy(time, 1))
      expect(timeOfDayIn(timeOfDayText(time)), locale).toBe(time);
  }
  setLocale('de');
  expect(timeOfDayText('22:00')).toBe('22:00');
  setLocale('en-US');
  expect(timeOfDayText('22:00')).toMatch(/^10:00\sPM$/);
});

test('a step changes the part with the cursor, across midnight too, and the cursor stays in it', () => {
  const step = (text: string, cursor: number, direction: number) =>
    laterBy(timeOfDayIn(text) ?? '', direction * stepOfPart(partAt(text, cursor)));
  expect([step('23:59', 0, 1), step('23:59', 2, 1), step('23:59', 3, 1), step('00:00', 5, -1)]).toEqual([
    '00:59',
    '00:59',
    '00:00',
    '23:59',
  ]);
  expect([step('10:00 PM', 8, 1), step('10:00 PM', 5, 1)]).toEqual(['10:00', '22:01']);
  for (const text of ['9:05 AM', '23:59'])
    for (let cursor = 0; cursor <= text.length; cursor += 1) {
      const part = partAt(text, cursor);
      expect(partAt(text, cursorIn(text, part))).toBe(part);
    }
});
