import { Button, Group, Progress, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { dayTimeOf } from '../clock.ts';
import { useAnswer } from '../queries.ts';
import { useNow } from '../time.tsx';
import { HealHistory } from './heal-history.tsx';

/** What Ringback does to the hooks by itself: how far it is, or what it did last. */
export function HealingStrip() {
  const { t } = useTranslation();
  const now = useNow();
  const [open, setOpen] = useState(false);
  const healing = useAnswer('hooks.healing', {}).data;
  const [last] = useAnswer('hooks.history', { limit: 1 }).data ?? [];
  const working = healing?.running === true && healing.total > 0;
  if (!working && !last) return null;
  return (
    <div className="healing-strip">
      {working ? (
        <HealingProgress />
      ) : (
        <Text size="sm">{last && t('heal.last', { text: last.text, at: dayTimeOf(last.at, now) })}</Text>
      )}
      {last && (
        <Button size="compact-sm" variant="subtle" onClick={() => setOpen(true)}>
          {t('heal.history')}
        </Button>
      )}
      {open && <HealHistory onClose={() => setOpen(false)} />}
    </div>
  );
}

export function HealingProgress() {
  const { t } = useTranslation();
  const now = useNow();
  const healing = useAnswer('hooks.healing', {}).data;
  if (!healing || healing.total === 0) return null;
  const { done, total, waitingUntil } = healing;
  const wait = waitingUntil ? ` ${t('heal.waiting', { at: dayTimeOf(waitingUntil, now) })}` : '';
  return (
    <Group gap="sm" className="healing-progress" wrap="nowrap">
      <Progress value={(100 * done) / total} size="sm" aria-label={t('heal.progressLabel')} className="healing-bar" />
      <Text size="sm">
        {t('heal.progress', { done, total })}
        {wait}
      </Text>
    </Group>
  );
}
