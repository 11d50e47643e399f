import { Switch } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { ProblemNote } from '../parts/index.ts';
import { useAct } from '../queries.ts';
import { Section } from './section.tsx';

export function LoginSection({ startAtLogin }: { readonly startAtLogin: boolean }) {
  const { t } = useTranslation();
  const save = useAct('settings.set');
  return (
    <Section title={t('settings.login')}>
      <Switch
        label={t('settings.startAtLogin')}
        checked={startAtLogin}
        onChange={(event) => save.mutate({ startAtLogin: event.currentTarget.checked })}
      />
      <ProblemNote problem={save.error} />
    </Section>
  );
}
