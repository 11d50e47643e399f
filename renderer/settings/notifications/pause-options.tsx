import { Group, NumberInput, Switch } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { QuietHours, Settings } from '../../../preload/contract/index.ts';
import { limits } from '../../../preload/limits.ts';
import { ProblemNote, TimeField } from '../../parts/index.ts';
import { useAct, useStatus } from '../../queries.ts';

const startHours: QuietHours = { from: '22:00', to: '07:00' };

/** Quiet hours, their exceptions, and the time of the daily summary; changes are stored immediately. */
export function PauseOptions({ settings }: { readonly settings: Settings['notifications'] }) {
  const { t } = useTranslation();
  const save = useAct('settings.set');
  const { quietHours, failuresWhilePaused = false, digestAt = '17:00', tunnelAlertMinutes = 2 } = settings;
  const store = (notifications: Partial<Settings['notifications']>) => save.mutate({ notifications });
  return (
    <>
      <Switch
        label={t('pause.quietHours')}
        description={t('pause.quietHoursHelp')}
        checked={quietHours != null}
        onChange={(event) => store({ quietHours: event.currentTarget.checked ? startHours : null })}
      />
      {quietHours && (
        <Group gap="sm">
          {(['from', 'to'] as const).map((end) => (
            <StoredTime
              key={`${end} ${quietHours[end]}`}
              label={t(`pause.${end}`)}
              time={quietHours[end]}
              onStore={(time) => store({ quietHours: { ...quietHours, [end]: time } })}
            />
          ))}
        </Group>
      )}
      <DoNotDisturbOption followed={settings.followDoNotDisturb ?? true} store={store} />
      <Switch
        label={t('pause.failures')}
        checked={failuresWhilePaused}
        onChange={(event) => store({ failuresWhilePaused: event.currentTarget.checked })}
      />
      <Group gap="sm">
        <StoredTime
          key={digestAt}
          label={t('pause.digestAt')}
          time={digestAt}
          onStore={(time) => store({ digestAt: time })}
        />
        <NumberInput
          label={t('pause.tunnelAlert')}
          min={1}
          max={limits.tunnelAlertMinutes}
          defaultValue={tunnelAlertMinutes}
          onBlur={({ currentTarget: { value } }) => Number(value) > 0 && store({ tunnelAlertMinutes: Number(value) })}
        />
      </Group>
      <ProblemNote problem={save.error} />
    </>
  );
}

interface StoredTimeProps {
  readonly label: string;
  readonly time: string;
  onStore(time: string): void;
}

/** Stores a changed time when the field is left. */
function StoredTime({ label, time, onStore }: StoredTimeProps) {
  const [draft, setDraft] = useState(time);
  const leave = () => draft !== '' && draft !== time && onStore(draft);
  return <TimeField required w={150} label={label} value={draft} onChange={setDraft} onBlur={leave} />;
}

interface DoNotDisturbParts {
  readonly followed: boolean;
  store(change: Pick<Settings['notifications'], 'followDoNotDisturb'>): void;
}

/** Shown only where the host can query the system's do-not-disturb mode. */
function DoNotDisturbOption({ followed, store }: DoNotDisturbParts) {
  const { t } = useTranslation();
  if (useStatus()?.doNotDisturb === undefined) return null;
  return (
    <Switch
      label={t('pause.doNotDisturb')}
      description={t('pause.doNotDisturbHelp')}
      checked={followed}
      onChange={(event) => store({ followDoNotDisturb: event.currentTarget.checked })}
    />
  );
}
