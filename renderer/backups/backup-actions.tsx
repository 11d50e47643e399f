import { Button, Group } from '@mantine/core';
import { IconFolderOpen, IconPlayerPlay, IconRefresh, IconShieldCheck, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Backup, BackupAccount } from '../../preload/contract/index.ts';
import { ConfirmDialog, Note, ProblemNote } from '../parts/index.ts';
import { useAct } from '../queries.ts';
import { useWindow } from '../window-context.ts';
import { kindOf } from './backup-list.ts';

interface BackupActionsProps {
  readonly backup: Backup;
  readonly account: BackupAccount | undefined;
}

const size = 15;

/** The actions on a backup that has ended. */
export function BackupActions({ backup, account }: BackupActionsProps) {
  const kind = kindOf(backup);
  if (kind === 'good' || kind === 'remarked' || kind === 'altered' || kind === 'missing') {
    return <FileActions backup={backup} />;
  }
  if (account && (kind === 'failed' || kind === 'cancelled' || kind === 'timedOut'))
    return <AgainActions backup={backup} />;
  return null;
}

function FileActions({ backup: { id, file } }: { readonly backup: Backup }) {
  const { t } = useTranslation();
  const reveal = useAct('backups.reveal');
  const verify = useAct('backups.verify');
  return (
    <>
      <Group gap="xs">
        <Button
          variant="default"
          leftSection={<IconFolderOpen size={size} aria-hidden />}
          loading={reveal.isPending}
          onClick={() => reveal.mutate({ id })}
        >
          {t('backup.reveal')}
        </Button>
        <Button
          variant="default"
          leftSection={<IconShieldCheck size={size} aria-hidden />}
          loading={verify.isPending}
          onClick={() => verify.mutate({ id })}
        >
          {t('backup.verify')}
        </Button>
      </Group>
      <div aria-live="polite" className="verify-result">
        {verify.isPending && t('backup.verifying')}
        {verify.data?.verification?.state === 'good' && (
          <>
            <IconShieldCheck size={16} className="headline-good" aria-hidden /> {t('backup.verifiedGood')}
          </>
        )}
      </div>
      {reveal.data?.opened === false && (
        <Note kind="plain" title={t('backup.notRevealed')}>
          <code>{file}</code>
        </Note>
      )}
      <ProblemNote problem={verify.error ?? reveal.error} />
    </>
  );
}

function AgainActions({ backup: { id, connection, request, resumable } }: { readonly backup: Backup }) {
  const { t } = useTranslation();
  const { view } = useWindow();
  const resume = useAct('backups.resume');
  const start = useAct('backups.start');
  const [ending, setEnding] = useState(false);
  const show = { onSuccess: (backup: Backup) => view.set({ page: 'backups', backup: backup.id }) };
  return (
    <>
      <Group gap="xs">
        {resumable && (
          <Button
            leftSection={<IconPlayerPlay size={size} aria-hidden />}
            loading={resume.isPending}
            onClick={() => resume.mutate({ id }, show)}
          >
            {t('backup.resume')}
          </Button>
        )}
        <Button
          {...(resumable ? { variant: 'default' } : {})}
          leftSection={<IconRefresh size={size} aria-hidden />}
          loading={start.isPending}
          onClick={() => start.mutate({ connection, request }, show)}
        >
          {t('backup.again')}
        </Button>
        {resumable && (
          <Button variant="default" leftSection={<IconTrash size={size} aria-hidden />} onClick={() => setEnding(true)}>
            {t('backup.discard')}
          </Button>
        )}
      </Group>
      {ending && resumable && <DiscardDialog id={id} onClose={() => setEnding(false)} />}
      {resumable && <p className="form-help">{t('backup.resumeHelp')}</p>}
      <ProblemNote problem={resume.error ?? start.error} />
    </>
  );
}

function DiscardDialog({ id, onClose }: { readonly id: string; onClose(): void }) {
  const { t } = useTranslation();
  const cancel = useAct('backups.cancel');
  return (
    <ConfirmDialog
      title={t('backup.discardTitle')}
      text={t('backup.discardText')}
      action={t('backup.discard')}
      danger
      pending={cancel.isPending}
      problem={cancel.error}
      onConfirm={() => cancel.mutate({ id }, { onSuccess: onClose })}
      onClose={onClose}
    />
  );
}
