import { Button, Checkbox, Group, Stack } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Hook } from '../../../preload/contract/index.ts';
import { useHookNames } from '../../hook-name.ts';
import { useFixed } from '../use-fixed.ts';
import { type BulkAction, bulkActions, hooksFor } from './bulk-run.ts';

interface BulkChoiceProps {
  readonly hooks: readonly Hook[];
  onAction(action: BulkAction, hooks: readonly Hook[]): void;
}

export function BulkChoice({ hooks, onAction }: BulkChoiceProps) {
  const { t } = useTranslation();
  const names = useHookNames();
  const isFixed = useFixed();
  const [ids, setIds] = useState<readonly string[]>([]);
  const chosen = hooks.filter(({ id }) => ids.includes(id));
  const all = chosen.length === hooks.length && hooks.length > 0;
  return (
    <Stack gap="md">
      <Checkbox
        label={t('hookBulk.all')}
        checked={all}
        indeterminate={chosen.length > 0 && !all}
        onChange={() => setIds(all ? [] : hooks.map(({ id }) => id))}
      />
      <Checkbox.Group aria-label={t('hookBulk.list')} value={[...ids]} onChange={setIds}>
        <Stack gap="xs" className="bulk-hooks">
          {hooks.map((hook) => (
            <Checkbox key={hook.id} value={hook.id} label={names.long(hook)} />
          ))}
        </Stack>
      </Checkbox.Group>
      <Group justify="flex-end" gap="xs">
        {bulkActions.map((action) => {
          const some = hooksFor(action, chosen, isFixed);
          return (
            <Button
              key={action}
              variant="default"
              {...(action === 'remove' ? { className: 'danger' } : {})}
              disabled={some.length === 0}
              onClick={() => onAction(action, some)}
            >
              {t(`hook.${action}`)} ({some.length})
            </Button>
          );
        })}
      </Group>
    </Stack>
  );
}
