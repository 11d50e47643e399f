import { NumberInput, Switch } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useTranslation } from 'react-i18next';
import type { Settings } from '../../preload/contract/index.ts';
import { limits } from '../../preload/limits.ts';
import { Note, ProblemNote } from '../parts/index.ts';
import { useAct } from '../queries.ts';
import { SaveForm } from './save-form.tsx';
import { Section } from './section.tsx';
import { useStoredValues } from './stored-values.ts';

const switches = ['verifyWeekly', 'skipMetered', 'allowInsecure'] as const;

/** The settings of all backups; the plan of each account is on the backups page. */
export function BackupSection({ settings }: { readonly settings: Settings['backups'] }) {
  const { t } = useTranslation();
  const set = useAct('settings.set');
  return (
    <Section title={t('settings.backups')} help={t('settings.backupsHelp')}>
      <Limits settings={settings} />
      {switches.map((name) => (
        <Switch
          key={name}
          label={t(`settings.${name}`)}
          description={t(`settings.${name}Help`)}
          checked={settings[name]}
          onChange={(event) => set.mutate({ backups: { [name]: event.currentTarget.checked } })}
        />
      ))}
      {settings.allowInsecure && (
        <Note kind="warn" title={t('settings.insecureTitle')}>
          {t('settings.insecure')}
        </Note>
      )}
      <ProblemNote problem={set.error} />
    </Section>
  );
}

interface LimitsProps {
  readonly settings: Pick<Settings['backups'], 'patienceHours' | 'reserveGigabytes'>;
}

/** The reserve is empty while it has the default value. */
function Limits({ settings }: LimitsProps) {
  const { t } = useTranslation();
  const save = useAct('settings.set');
  const stored = { hours: settings.patienceHours, reserve: settings.reserveGigabytes ?? '' };
  const form = useForm<Readonly<Record<'hours' | 'reserve', number | string>>>({
    initialValues: stored,
    validate: { hours: (value) => (value === '' ? t('common.required') : null) },
  });
  useStoredValues(form, stored);
  const submit = form.onSubmit(({ hours, reserve }) => {
    const chosen = form.isDirty('reserve') ? { reserveGigabytes: reserve === '' ? null : Number(reserve) } : {};
    save.mutate({ backups: { patienceHours: Number(hours), ...chosen } }, { onSuccess: () => form.resetDirty() });
  });
  return (
    <SaveForm dirty={form.isDirty()} save={save} onSubmit={submit}>
      <NumberInput
        label={t('settings.patienceHours')}
        description={t('settings.patienceHoursHelp')}
        maw={420}
        min={0.1}
        max={limits.patienceHours}
        decimalScale={1}
        {...form.getInputProps('hours')}
      />
      <NumberInput
        label={t('settings.reserveGigabytes')}
        description={t('settings.reserveGigabytesHelp')}
        maw={420}
        min={0}
        max={limits.reserveGigabytes}
        decimalScale={1}
        {...form.getInputProps('reserve')}
      />
    </SaveForm>
  );
}
