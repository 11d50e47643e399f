import { Button, Group, Select, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { IconPlus } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { NotificationMode, NotificationRule, Outcome } from '../../../preload/contract/index.ts';
import { useHookNames } from '../../hook-name.ts';
import { useConnections, useHooks } from '../../queries.ts';
import { modes, outcomes } from './rule-text.ts';

interface RuleDraft {
  readonly connection: string | null;
  readonly hook: string | null;
  readonly event: string;
  readonly outcome: Outcome | null;
  readonly mode: NotificationMode;
}

const empty: RuleDraft = { connection: null, hook: null, event: '', outcome: null, mode: 'silent' };

/** A new rule; an empty condition matches everything. */
export function RuleForm({ onAdd }: { onAdd(rule: NotificationRule): void }) {
  const { t } = useTranslation();
  const names = useHookNames();
  const connections = useConnections().data ?? [];
  const hooks = (useHooks().data ?? []).filter(({ ours }) => ours);
  const form = useForm<RuleDraft>({ initialValues: empty });
  const add = () => {
    onAdd(toRule(form.values));
    form.reset();
  };
  return (
    <Group gap="xs" align="end">
      <TextInput label={t('rules.event')} description={t('rules.eventHelp')} {...form.getInputProps('event')} />
      <Select
        label={t('rules.connection')}
        placeholder={t('rules.anyConnection')}
        clearable
        data={connections.map(({ id, name }) => ({ value: id, label: name }))}
        {...form.getInputProps('connection')}
      />
      <Select
        label={t('rules.hook')}
        placeholder={t('rules.anyHook')}
        clearable
        data={hooks.map((hook) => ({ value: hook.id, label: names.long(hook) }))}
        {...form.getInputProps('hook')}
      />
      <Select
        label={t('rules.outcome')}
        placeholder={t('rules.anyOutcome')}
        clearable
        data={outcomes.map((value) => ({ value, label: t(`rules.outcomes.${value}`) }))}
        {...form.getInputProps('outcome')}
      />
      <Select
        label={t('rules.mode')}
        allowDeselect={false}
        data={modes.map((value) => ({ value, label: t(`rules.modes.${value}`) }))}
        {...form.getInputProps('mode')}
      />
      <Button variant="default" leftSection={<IconPlus size={15} aria-hidden />} onClick={add}>
        {t('rules.add')}
      </Button>
    </Group>
  );
}

function toRule({ connection, hook, event, outcome, mode }: RuleDraft): NotificationRule {
  return {
    ...(connection ? { connection } : {}),
    ...(hook ? { hook } : {}),
    ...(event.trim() ? { event: event.trim() } : {}),
    ...(outcome ? { outcome } : {}),
    mode,
  };
}
