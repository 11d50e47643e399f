import { Button, Group, Progress, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { dayTimeOf } from '../../clock.ts';
import { messageText } from '../../message-text.ts';
import { useAnswer } from '../../queries.ts';
import { useNow } from '../../time.tsx';
import { RepairHistory } from './repair-history.tsx';

/** The progress of automatic repairs, or the latest ones. */
export function RepairStatus() {
  const { t } = useTranslation();
  const now = useNow();
  const [open, setOpen] = useState(false);
  const run = useAnswer('hooks.healing', {}).data;
  const [last] = useAnswer('hooks.history', { limit: 1 }).data ?? [];
  const working = run?.running === true && run.total > 0;
  if (!working && !last) return null;
  return (
    <div className="repair-status">
      {working ? (
        <RepairProgress />
      ) : (
        <Text size="xs" c="dimmed">
          {last && t('repair.last', { text: messageText(last.textMessage, last.text), at: dayTimeOf(last.at, now) })}
        </Text>
      )}
      {last && (
        <Button size="compact-sm" variant="subtle" onClick={() => setOpen(true)}>
          {t('repair.history')}
        </Button>
      )}
      {open && <RepairHistory onClose={() => setOpen(false)} />}
    </div>
  );
}

export function RepairProgress() {
  const { t } = useTranslation();
  const now = useNow();
  const run = useAnswer('hooks.healing', {}).data;
  if (!run || run.total === 0) return null;
  const { done, total, waitingUntil } = run;
  const wait = waitingUntil ? ` ${t('repair.waiting', { at: dayTimeOf(waitingUntil, now) })}` : '';
  return (
    <Group gap="sm" className="repair-progress" wrap="nowrap">
      <Progress value={(100 * done) / total} size="sm" aria-label={t('repair.progressLabel')} className="repair-bar" />
      <Text size="sm">
        {t('repair.progress', { done, total })}
        {wait}
      </Text>
    </Group>
  );
}
