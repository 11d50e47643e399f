import { Button, Group, Switch, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Settings } from '../../../preload/contract/index.ts';
import { shortOf, tomorrowMorning } from '../../clock.ts';
import { ProblemNote } from '../../parts/index.ts';
import { useAct } from '../../queries.ts';
import { useNow } from '../../time.tsx';
import { Section } from '../section.tsx';
import { AllowHelp } from './allow-help.tsx';
import { NotificationRules } from './notification-rules.tsx';
import { PauseOptions } from './pause-options.tsx';

const hour = 3_600_000;

export function NotificationSection({ settings }: { readonly settings: Settings['notifications'] }) {
  const { t } = useTranslation();
  const now = useNow();
  const save = useAct('settings.set');
  const test = useAct('notifications.test');
  const { enabled, pausedUntil } = settings;
  const paused = enabled && pausedUntil !== null && Date.parse(pausedUntil) > now;
  const pauseUntil = (time: string | null) => save.mutate({ notifications: { pausedUntil: time } });
  return (
    <Section title={t('settings.notifications')}>
      <Switch
        label={t('settings.notify')}
        checked={enabled}
        onChange={(event) => save.mutate({ notifications: { enabled: event.currentTarget.checked } })}
      />
      <Group gap="xs">
        {paused ? (
          <>
            <Text size="sm">{t('settings.pausedUntil', { time: shortOf(pausedUntil) })}</Text>
            <Button variant="default" onClick={() => pauseUntil(null)}>
              {t('settings.resume')}
            </Button>
          </>
        ) : (
          <>
            <Button
              variant="default"
              disabled={!enabled}
              onClick={() => pauseUntil(new Date(Date.now() + hour).toISOString())}
            >
              {t('settings.pauseHour')}
            </Button>
            <Button variant="default" disabled={!enabled} onClick={() => pauseUntil(tomorrowMorning(Date.now()))}>
              {t('settings.pauseTomorrow')}
            </Button>
          </>
        )}
        <Button variant="default" loading={test.isPending} onClick={() => test.mutate({})}>
          {t('settings.test')}
        </Button>
      </Group>
      <div aria-live="polite" className="faint small">
        {test.isSuccess ? t('settings.tested') : ''}
      </div>
      <ProblemNote problem={save.error ?? test.error} />
      {(test.isSuccess || test.error) && <AllowHelp refused={test.error !== null} />}
      {enabled && (
        <>
          <PauseOptions settings={settings} />
          <NotificationRules />
        </>
      )}
    </Section>
  );
}
