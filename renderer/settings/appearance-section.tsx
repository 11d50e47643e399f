import { SegmentedControl, Select, useMantineColorScheme } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Settings } from '../../preload/contract/index.ts';
import { ProblemNote } from '../parts/index.ts';
import { useAct } from '../queries.ts';
import { Section } from './section.tsx';

const languages = ['system', 'en', 'nl', 'de'] as const satisfies readonly Settings['language'][];

export function AppearanceSection({ language }: { readonly language: Settings['language'] }) {
  const { t } = useTranslation();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const save = useAct('settings.set');
  const choose = (value: string | null) => {
    const chosen = languages.find((one) => one === value);
    if (chosen) save.mutate({ language: chosen });
  };
  return (
    <Section title={t('settings.appearance')}>
      <SegmentedControl
        size="xs"
        aria-label={t('settings.colours')}
        value={colorScheme}
        data={[
          { value: 'auto', label: t('settings.system') },
          { value: 'light', label: t('settings.light') },
          { value: 'dark', label: t('settings.dark') },
        ]}
        onChange={setColorScheme}
      />
      <Select
        label={t('settings.language')}
        allowDeselect={false}
        maw={240}
        value={language ?? 'system'}
        data={languages.map((value) => ({ value, label: t(`settings.languages.${value}`) }))}
        onChange={choose}
      />
      <ProblemNote problem={save.error} />
    </Section>
  );
}
