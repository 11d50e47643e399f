import { Group, NumberInput, SegmentedControl, Select, SimpleGrid, Stack, Switch, Text } from '@mantine/core';
import { type UseFormReturnType, useForm } from '@mantine/form';
import { useDebouncedValue } from '@mantine/hooks';
import { type ReactNode, useId } from 'react';
import { useTranslation } from 'react-i18next';
import type { BackupAccount } from '../../preload/contract/index.ts';
import { limits } from '../../preload/limits.ts';
import { FormDialog, showUndo, TimeField, undoTime } from '../parts/index.ts';
import { useAct, useAnswer, useStatus } from '../queries.ts';
import { faultsInPlan, type PlanDraft, planChange, retentionIn, startPlan, withSchedule } from './plan-draft.ts';
import { weekdayName } from './plan-text.ts';

interface PlanDialogProps {
  readonly account: BackupAccount;
  onClose(): void;
  /** Called after saving changed retention settings, to preview what they remove. */
  onRetentionChanged(): void;
}

type PlanForm = UseFormReturnType<PlanDraft>;
interface PartProps {
  readonly form: PlanForm;
}

/** When backups are made, how many are retained, and when a missing backup raises an alert. */
export function PlanDialog({ account, onClose, onRetentionChanged }: PlanDialogProps) {
  const { t } = useTranslation();
  const save = useAct('backups.plan');
  const form = useForm<PlanDraft>({
    initialValues: startPlan(account.plan),
    validate: (draft) =>
      Object.fromEntries(
        Object.entries(faultsInPlan(draft)).map(([field, fault]) => [
          field,
          fault === 'required' ? t('common.required') : t('plan.retainsNone'),
        ]),
      ),
  });
  const { connection, name, plan } = account;
  const offerSchedule = () =>
    showUndo({
      text: t('plan.scheduleRemoved', { name }),
      action: t('common.undo'),
      time: undoTime,
      undo: () => save.mutate({ connection, schedule: plan.schedule }),
    });
  const submit = form.onSubmit((draft) => {
    const change = planChange(draft, plan);
    save.mutate(
      { connection, ...change },
      {
        onSuccess() {
          if (change.schedule === null) offerSchedule();
          if (change.keep) onRetentionChanged();
          else onClose();
        },
      },
    );
  });
  return (
    <FormDialog
      wide
      title={t('plan.title', { name: account.name })}
      action={t('common.save')}
      pending={save.isPending}
      problem={save.error}
      onSubmit={submit}
      onClose={onClose}
    >
      <ScheduleFields form={form} />
      <RetentionFields form={form} connection={account.connection} />
      <AlertFields form={form} />
    </FormDialog>
  );
}

function ScheduleFields({ form }: PartProps) {
  const { t } = useTranslation();
  const { every } = form.values;
  return (
    <Part title={t('plan.schedule')} help={every === 'never' ? undefined : t('plan.scheduleHelp')}>
      <SegmentedControl
        size="xs"
        aria-label={t('plan.schedule')}
        value={every}
        data={(['never', 'day', 'week'] as const).map((value) => ({ value, label: t(`plan.every.${value}`) }))}
        onChange={(value) => form.setValues(withSchedule(form.values, value))}
      />
      {every !== 'never' && (
        <Group gap="sm">
          {every === 'week' && (
            <Select
              label={t('plan.weekday')}
              w={160}
              allowDeselect={false}
              data={[1, 2, 3, 4, 5, 6, 0].map((day) => ({ value: String(day), label: weekdayName(day) }))}
              {...form.getInputProps('weekday')}
            />
          )}
          <TimeField label={t('plan.at')} w={140} {...form.getInputProps('at')} value={form.values.at} />
        </Group>
      )}
    </Part>
  );
}

const rules = ['last', 'daily', 'weekly', 'monthly'] as const;
/** Milliseconds without typing before the preview is requested. */
const typing = 250;

function RetentionFields({ form, connection }: PartProps & { readonly connection: string }) {
  const { t } = useTranslation();
  const desktop = useStatus()?.desktop ?? false;
  const some = form.values.retention === 'some';
  const removal = desktop ? t('plan.retentionHelpBin') : t('plan.retentionHelpDelete');
  return (
    <Part title={t('plan.retention')} help={some ? `${t('plan.retentionHelp')} ${removal}` : undefined}>
      <SegmentedControl
        size="xs"
        aria-label={t('plan.retention')}
        data={(['everything', 'some'] as const).map((value) => ({ value, label: t(`plan.retentionChoice.${value}`) }))}
        {...form.getInputProps('retention')}
      />
      {some && (
        <SimpleGrid cols={{ base: 2, xs: 4 }} spacing="sm">
          {rules.map((rule) => (
            <NumberInput
              key={rule}
              label={t(`plan.rule.${rule}`)}
              min={0}
              max={limits.keptBackups}
              allowDecimal={false}
              {...form.getInputProps(rule)}
            />
          ))}
        </SimpleGrid>
      )}
      {some && !form.errors.last && <Preview connection={connection} draft={form.values} />}
    </Part>
  );
}

/** What the unsaved settings would remove. */
function Preview({ connection, draft }: { readonly connection: string; readonly draft: PlanDraft }) {
  const { t } = useTranslation();
  const [debounced] = useDebouncedValue(draft, typing);
  const keep = retentionIn(debounced);
  const isPlan = rules.some((rule) => keep[rule] > 0);
  const { data } = useAnswer('backups.tidy', { connection, keep }, { enabled: isPlan, keepPrevious: true });
  if (!isPlan || !data) return null;
  const count = data.remove.length;
  return (
    <p className="plan-help" aria-live="polite">
      {count === 0 ? t('plan.wouldRetain') : t('plan.wouldRemove', { count })}
    </p>
  );
}

function AlertFields({ form }: PartProps) {
  const { t } = useTranslation();
  return (
    <Part title={t('plan.warning')}>
      <Switch label={t('plan.warn')} {...form.getInputProps('warn', { type: 'checkbox' })} />
      {form.values.warn && (
        <NumberInput
          label={t('plan.hours')}
          w={140}
          min={1}
          max={limits.overdueHours}
          allowDecimal={false}
          {...form.getInputProps('hours')}
        />
      )}
    </Part>
  );
}

interface PlanPartProps {
  readonly title: string;
  readonly help?: string | undefined;
  readonly children: ReactNode;
}

function Part({ title, help, children }: PlanPartProps) {
  const id = useId();
  return (
    <Stack gap={8} align="stretch" role="group" aria-labelledby={id}>
      <Text id={id} size="sm" fw={600}>
        {title}
      </Text>
      {children}
      {help && <p className="plan-help">{help}</p>}
    </Stack>
  );
}
