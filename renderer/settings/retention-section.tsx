import { NumberInput, SimpleGrid } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useTranslation } from 'react-i18next';
import type { Settings } from '../../preload/contract/index.ts';
import { limits } from '../../preload/limits.ts';
import { separatorsOfNumbers } from '../numbers.ts';
import { useAct } from '../queries.ts';
import { SaveForm } from './save-form.tsx';
import { Section } from './section.tsx';
import { useStoredValues } from './stored-values.ts';

export function RetentionSection({ settings }: { readonly settings: Settings['retention'] }) {
  const { t } = useTranslation();
  const save = useAct('settings.set');
  const filled = (value: number | string) => (value === '' ? t('common.required') : null);
  const form = useForm<{ readonly days: number | string; readonly events: number | string }>({
    initialValues: { ...settings },
    validate: { days: filled, events: filled },
  });
  useStoredValues(form, settings);
  const submit = form.onSubmit(({ days, events }) =>
    save.mutate({ retention: { days: Number(days), events: Number(events) } }, { onSuccess: () => form.resetDirty() }),
  );
  return (
    <Section title={t('settings.retention')} help={t('settings.retentionHelp')}>
      <SaveForm dirty={form.isDirty()} save={save} onSubmit={submit}>
        <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="sm" maw={420}>
          <NumberInput
            label={t('settings.days')}
            min={1}
            max={limits.retentionDays}
            allowDecimal={false}
            {...form.getInputProps('days')}
          />
          <NumberInput
            label={t('settings.events')}
            min={100}
            max={limits.retentionEvents}
            step={1000}
            allowDecimal={false}
            {...separatorsOfNumbers()}
            {...form.getInputProps('events')}
          />
        </SimpleGrid>
      </SaveForm>
    </Section>
  );
}
