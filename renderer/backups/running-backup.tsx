import { Button, Loader, Progress } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Backup } from '../../preload/contract/index.ts';
import { messageText } from '../message-text.ts';
import { ConfirmDialog, Note, ProblemNote } from '../parts/index.ts';
import { useAct, useSettings } from '../queries.ts';
import { Ago } from '../time.tsx';
import { hoursText, percentOf } from './amount.ts';
import { isInProgress } from './backup-list.ts';
import { progressText, runningText } from './backup-text.ts';
import { useLiveBackup } from './live-backups.ts';

/** A backup in progress, in a component of its own, so that progress renders nothing else. */
export function RunningBackup({ id }: { readonly id: string }) {
  const { t } = useTranslation();
  const backup = useLiveBackup(id);
  const [ending, setEnding] = useState(false);
  if (!backup || !isInProgress(backup)) return null;
  return (
    <section className="running" aria-label={messageText(backup.titleMessage, backup.title)}>
      <div className="running-head">
        <div className="running-text">
          <div className="running-state">
            {backup.state !== 'downloading' && <Loader size={14} aria-hidden />}
            <span aria-live="polite">{runningText(t, backup)}</span>
          </div>
          <div className="faint small tabular">
            <Details backup={backup} />
          </div>
        </div>
        <Button variant="default" leftSection={<IconX size={15} aria-hidden />} onClick={() => setEnding(true)}>
          {t('backup.cancel')}
        </Button>
      </div>
      <Bar backup={backup} />
      <CurrentProblem backup={backup} />
      {ending && <CancelDialog id={id} onClose={() => setEnding(false)} />}
    </section>
  );
}

function Details({ backup }: { readonly backup: Backup }) {
  const { t } = useTranslation();
  const hours = useSettings().data?.backups.patienceHours;
  if (backup.state === 'downloading') return progressText(t, backup);
  return (
    <>
      {backup.by === 'plan' ? t('backup.startedBySchedule') : t('backup.started')} <Ago time={backup.createdAt} />
      {backup.state === 'requested' && hours !== undefined && ` · ${t('backup.timeout', { time: hoursText(hours) })}`}
    </>
  );
}

function Bar({ backup: { state, bytes, total, proving } }: { readonly backup: Backup }) {
  const { t } = useTranslation();
  if (state !== 'downloading') return null;
  const unknown = !total && !proving;
  const value = proving || !total ? 100 : percentOf(bytes ?? 0, total);
  return (
    <Progress.Root size="md">
      <Progress.Section
        value={value}
        striped={proving || unknown}
        animated={proving || unknown}
        aria-label={t('backup.progress')}
        {...(unknown ? { 'aria-valuenow': undefined, 'aria-valuetext': t('backup.progressUnknown') } : {})}
      />
    </Progress.Root>
  );
}

/** The current problem of the backup, and what to do about it. */
function CurrentProblem({ backup }: { readonly backup: Backup }) {
  const { state, connection, request } = backup;
  const problem = messageText(backup.problemMessage, backup.problem);
  const advice = messageText(backup.adviceMessage, backup.advice);
  const { t } = useTranslation();
  const start = useAct('backups.start');
  if (!problem && !advice) return null;
  const again = state === 'requested' && (
    <Button variant="default" loading={start.isPending} onClick={() => start.mutate({ connection, request })}>
      {t('backup.again')}
    </Button>
  );
  return (
    <Note kind="warn" title={problem} action={again}>
      {advice}
      <ProblemNote problem={start.error} />
    </Note>
  );
}

function CancelDialog({ id, onClose }: { readonly id: string; onClose(): void }) {
  const { t } = useTranslation();
  const cancel = useAct('backups.cancel');
  return (
    <ConfirmDialog
      title={t('backup.cancelTitle')}
      text={t('backup.cancelText')}
      action={t('backup.cancelAction')}
      danger
      pending={cancel.isPending}
      problem={cancel.error}
      onConfirm={() => cancel.mutate({ id }, { onSuccess: onClose })}
      onClose={onClose}
    />
  );
}
