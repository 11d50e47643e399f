import { Button, Group, Select, Table, Text, Title } from '@mantine/core';
import { IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { NotificationRule } from '../../../preload/contract/index.ts';
import { useHookNames } from '../../hook-name.ts';
import { ProblemNote, showUndo, undoTime } from '../../parts/index.ts';
import { useAct, useAnswer, useHooks } from '../../queries.ts';
import { removedRules, restoreRules } from './removed-rules.ts';
import { RuleForm } from './rule-form.tsx';
import { modes, type RuleNames, ruleText } from './rule-text.ts';
import { RulesPreview } from './rules-preview.tsx';

/** The user's rules as a table, edited with a preview before they are saved. */
export function NotificationRules() {
  const { t } = useTranslation();
  const { data, error } = useAnswer('notifications.rules', {});
  const [draft, setDraft] = useState<readonly NotificationRule[]>();
  const save = useAct('notifications.setRules');
  const fetchRules = useAct('notifications.rules');
  const rules = draft ?? data?.rules ?? [];
  const before = data?.rules ?? [];
  // May run after the component was unmounted, when the callbacks of `mutate` are not called any more.
  const restore = async (removed: readonly NotificationRule[]) => {
    const { rules: present } = await fetchRules.mutateAsync({});
    await save.mutateAsync({ rules: [...restoreRules(present, before, removed)] });
  };
  const offer = (removed: readonly NotificationRule[]) =>
    showUndo({
      text: t('rules.removed', { count: removed.length }),
      action: t('common.undo'),
      time: undoTime,
      undo: () => void restore(removed).catch(() => {}),
    });
  const submit = () =>
    save.mutate(
      { rules: [...rules] },
      {
        onSuccess() {
          setDraft(undefined);
          const removed = removedRules(before, rules);
          if (removed.length > 0) offer(removed);
        },
      },
    );
  return (
    <>
      <div>
        <Title order={3} size="sm">
          {t('rules.title')}
        </Title>
        <Text size="xs" c="dimmed">
          {t('rules.help')}
        </Text>
      </div>
      <RuleTable rules={rules} onChange={setDraft} />
      <RuleForm onAdd={(rule) => setDraft([rule, ...rules])} />
      <RulesPreview rules={rules} changed={draft !== undefined} />
      <Group gap="xs">
        <Button disabled={draft === undefined} loading={save.isPending} onClick={submit}>
          {t('common.save')}
        </Button>
        {draft && (
          <Button variant="default" onClick={() => setDraft(undefined)}>
            {t('common.cancel')}
          </Button>
        )}
        <Text size="xs" c="dimmed" aria-live="polite">
          {save.isSuccess && !draft ? t('common.saved') : ''}
        </Text>
      </Group>
      <ProblemNote problem={error ?? fetchRules.error ?? save.error} />
    </>
  );
}

interface RuleTableProps {
  readonly rules: readonly NotificationRule[];
  onChange(rules: readonly NotificationRule[]): void;
}

function RuleTable({ rules, onChange }: RuleTableProps) {
  const { t } = useTranslation();
  const names = useRuleNames();
  const preview = useAnswer('notifications.preview', { rules: [...rules] }, { keepPrevious: true }).data;
  if (rules.length === 0) return <Text size="sm">{t('rules.none')}</Text>;
  return (
    <Table>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>{t('rules.condition')}</Table.Th>
          <Table.Th>{t('rules.mode')}</Table.Th>
          <Table.Th>{t('rules.recent')}</Table.Th>
          <Table.Th />
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {rules.map((rule, index) => (
          <RuleRow
            key={JSON.stringify({ ...rule, mode: undefined })}
            rule={rule}
            text={ruleText(t, rule, names)}
            count={preview?.matched[index]}
            onChange={(next) => onChange(next ? rules.with(index, next) : rules.toSpliced(index, 1))}
          />
        ))}
      </Table.Tbody>
    </Table>
  );
}

interface RuleRowProps {
  readonly rule: NotificationRule;
  readonly text: string;
  /** Number of events of the last seven days to which it applies. */
  readonly count: number | undefined;
  /** Undefined removes the rule. */
  onChange(rule: NotificationRule | undefined): void;
}

function RuleRow({ rule, text, count, onChange }: RuleRowProps) {
  const { t } = useTranslation();
  return (
    <Table.Tr>
      <Table.Td>{text}</Table.Td>
      <Table.Td>
        <Select
          aria-label={t('rules.modeOf', { rule: text })}
          data={modes.map((value) => ({ value, label: t(`rules.modes.${value}`) }))}
          value={rule.mode}
          allowDeselect={false}
          onChange={(value) => onChange({ ...rule, mode: modes.find((mode) => mode === value) ?? rule.mode })}
        />
      </Table.Td>
      <Table.Td>{count}</Table.Td>
      <Table.Td>
        <Button variant="subtle" aria-label={t('rules.remove', { rule: text })} onClick={() => onChange(undefined)}>
          <IconTrash size={15} aria-hidden />
        </Button>
      </Table.Td>
    </Table.Tr>
  );
}

function useRuleNames(): RuleNames {
  const hooks = useHooks().data ?? [];
  const names = useHookNames();
  return {
    connection: names.connection,
    hook: (id) => {
      const hook = hooks.find((one) => one.id === id);
      return hook && names.long(hook);
    },
  };
}
