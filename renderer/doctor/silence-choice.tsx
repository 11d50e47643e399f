import { NativeSelect } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { SilenceRule } from '../../preload/contract.ts';
import { ProblemNote } from '../parts/index.ts';
import { useAct, useAnswer } from '../queries.ts';

const hours = [6, 24, 72, 168, 336] as const;

/** When the silence of a hook is worth a notification. */
export function SilenceChoice({ hook }: { readonly hook: string }) {
  const { t } = useTranslation();
  const silence = useAnswer('silence.list', {}).data?.find((each) => each.hook === hook);
  const set = useAct('silence.set');
  if (!silence) return null;
  const { rule, perDay, alarm } = silence;
  const choices = [
    { value: 'usual', label: t('silence.usual') },
    ...[...new Set([...hours, ...(typeof rule === 'number' ? [rule] : [])])]
      .sort((a, b) => a - b)
      .map((count) => ({ value: String(count), label: wordsFor(count) })),
    { value: 'never', label: t('silence.never') },
  ];
  function wordsFor(count: number): string {
    return count % 24 === 0 ? t('silence.days', { count: count / 24 }) : t('silence.hours', { count });
  }
  return (
    <>
      <NativeSelect
        label={t('silence.label')}
        description={perDay === undefined ? t('silence.noRhythm') : t('silence.rhythm', { perDay })}
        {...(alarm ? { error: t('silence.alarm') } : {})}
        data={choices}
        value={rule === null ? 'never' : String(rule)}
        onChange={({ currentTarget: { value } }) => set.mutate({ hook, rule: toRule(value) })}
      />
      <ProblemNote problem={set.error} />
    </>
  );
}

function toRule(value: string): SilenceRule {
  if (value === 'never') return null;
  return value === 'usual' ? 'usual' : Number(value);
}
