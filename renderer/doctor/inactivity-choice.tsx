import { NativeSelect } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { InactivityRule } from '../../preload/contract/index.ts';
import { decimalText } from '../numbers.ts';
import { ProblemNote } from '../parts/index.ts';
import { useAct, useAnswer } from '../queries.ts';

const hours = [6, 24, 72, 168, 336] as const;

/** The time without events after which a hook raises an alert. */
export function InactivityChoice({ hook }: { readonly hook: string }) {
  const { t } = useTranslation();
  const inactivity = useAnswer('silence.list', {}).data?.find((each) => each.hook === hook);
  const set = useAct('silence.set');
  if (!inactivity) return null;
  const { rule, perDay, alarm } = inactivity;
  const choices = [
    { value: 'usual', label: t('inactivity.usual') },
    ...[...new Set([...hours, ...(typeof rule === 'number' ? [rule] : [])])]
      .sort((a, b) => a - b)
      .map((count) => ({ value: String(count), label: textFor(count) })),
    { value: 'never', label: t('inactivity.never') },
  ];
  function textFor(count: number): string {
    return count % 24 === 0 ? t('inactivity.days', { count: count / 24 }) : t('inactivity.hours', { count });
  }
  return (
    <>
      <NativeSelect
        label={t('inactivity.label')}
        description={
          perDay === undefined ? t('inactivity.noRate') : t('inactivity.rate', { perDay: decimalText(perDay) })
        }
        {...(alarm ? { error: t('inactivity.exceeded') } : {})}
        data={choices}
        value={rule === null ? 'never' : String(rule)}
        onChange={({ currentTarget: { value } }) => set.mutate({ hook, rule: toRule(value) })}
      />
      <ProblemNote problem={set.error} />
    </>
  );
}

function toRule(value: string): InactivityRule {
  if (value === 'never') return null;
  return value === 'usual' ? 'usual' : Number(value);
}
