import { Button, Group, Progress, SegmentedControl, Switch, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Settings, UpdateStatus } from '../../preload/contract/index.ts';
import { shortOf } from '../clock.ts';
import { messageText } from '../message-text.ts';
import { Note, ProblemNote } from '../parts/index.ts';
import { useAct, useAnswer } from '../queries.ts';
import { Section } from './section.tsx';

/** The defaults until the user changes them. */
const defaults: NonNullable<Settings['updates']> = { enabled: true, channel: 'stable' };

/** Updates of Ringback: whether to check for them, the available version, and its installation. */
export function UpdateSection({ settings }: { readonly settings: Settings['updates'] }) {
  const { t } = useTranslation();
  const { data: status } = useAnswer('updates.status', {});
  if (status === undefined || status.offBecause === 'host') return null;
  return (
    <Section title={t('settings.updates.title')}>
      {status.offBecause === 'policy' ? (
        <Note kind="plain">{t('settings.updates.policy')}</Note>
      ) : (
        <UpdateChoice settings={settings ?? defaults} />
      )}
      {status.mode !== 'off' && <FoundVersion status={status} />}
    </Section>
  );
}

function UpdateChoice({ settings }: { readonly settings: NonNullable<Settings['updates']> }) {
  const { t } = useTranslation();
  const save = useAct('settings.set');
  const check = useAct('updates.check');
  const change = (updates: Partial<typeof settings>) => save.mutate({ updates }, { onSuccess: () => check.mutate({}) });
  return (
    <>
      <Switch
        label={t('settings.updates.enabled')}
        checked={settings.enabled}
        onChange={(event) => change({ enabled: event.currentTarget.checked })}
      />
      <SegmentedControl
        size="xs"
        aria-label={t('settings.updates.channel')}
        value={settings.channel}
        disabled={!settings.enabled}
        data={[
          { value: 'stable', label: t('settings.updates.stable') },
          { value: 'beta', label: t('settings.updates.beta') },
        ]}
        onChange={(channel) => change({ channel: channel === 'beta' ? 'beta' : 'stable' })}
      />
      <ProblemNote problem={save.error} />
    </>
  );
}

function FoundVersion({ status }: { readonly status: UpdateStatus }) {
  const { t } = useTranslation();
  const check = useAct('updates.check');
  const install = useAct('updates.install');
  const open = useAct('updates.open');
  const { mode, state, version = '', notes, progress, problem, reason } = status;
  const isAtWork = state === 'checking' || state === 'downloading';
  return (
    <>
      <Text size="sm" aria-live="polite">
        {useStateText(status)}
      </Text>
      {state === 'downloading' && <Progress value={progress ?? 0} aria-label={t('settings.updates.progress')} />}
      {problem && <Note kind="warn">{messageText(reason, problem)}</Note>}
      {notes && (
        <details className="update-notes">
          <summary>{t('settings.updates.notes', { version })}</summary>
          <Text size="sm">{notes}</Text>
        </details>
      )}
      <Group gap="xs">
        {state === 'ready' && (
          <Button loading={install.isPending} onClick={() => install.mutate({})}>
            {t('settings.updates.install')}
          </Button>
        )}
        {version && (mode === 'notify' || state === 'failed') && (
          <Button onClick={() => open.mutate({})}>{t('settings.updates.open')}</Button>
        )}
        <Button variant="default" disabled={isAtWork} loading={check.isPending} onClick={() => check.mutate({})}>
          {t('settings.updates.check')}
        </Button>
      </Group>
      <ProblemNote problem={install.error ?? open.error ?? check.error} />
    </>
  );
}

function useStateText({ mode, state, version = '', postponed, checkedAt }: UpdateStatus): string {
  const { t } = useTranslation();
  if (state === 'available' && mode === 'notify') return t('settings.updates.announced', { version });
  if (state === 'available') return t(postponed ? 'settings.updates.postponed' : 'settings.updates.found', { version });
  if (state !== 'none') return t(`settings.updates.${state}`, { version });
  if (checkedAt === undefined) return t('settings.updates.unchecked');
  return t('settings.updates.none', { time: shortOf(checkedAt) });
}
