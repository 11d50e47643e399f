import { Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Backup, BackupAccount } from '../../preload/contract/index.ts';
import { prettyJson } from '../events/index.ts';
import { messageText } from '../message-text.ts';
import { CopyButton, Note } from '../parts/index.ts';
import { BackupActions } from './backup-actions.tsx';
import { BackupFacts } from './backup-facts.tsx';
import { type BackupKind, kindOf } from './backup-list.ts';
import { BackupIcon } from './backup-state.tsx';
import { RunningBackup } from './running-backup.tsx';

interface BackupDetailProps {
  /** Undefined where it no longer exists. */
  readonly backup: Backup | undefined;
  /** Undefined where its connection was removed. */
  readonly account: BackupAccount | undefined;
}

const helped = ['good', 'remarked', 'removed', 'result'] as const satisfies readonly BackupKind[];

/** One backup: its result with the reason, its actions and its details. */
export function BackupDetail({ backup, account }: BackupDetailProps) {
  const { t } = useTranslation();
  if (!backup) return <Note kind="warn" title={t('backup.notFound')} />;
  const kind = kindOf(backup);
  const help = helped.find((each) => each === kind);
  return (
    <div className="detail">
      <div className="detail-head">
        <BackupIcon backup={backup} />
        <div>
          <Title order={2}>{messageText(backup.titleMessage, backup.title)}</Title>
          {kind !== 'running' && <div className="detail-summary">{t(`backupKind.${kind}`)}</div>}
        </div>
      </div>
      {help && <p className="detail-summary">{t(`backupKindHelp.${help}`)}</p>}
      <BadEnd backup={backup} />
      {kind === 'remarked' && <Remark backup={backup} />}
      {kind === 'running' && <RunningBackup id={backup.id} />}
      <BackupActions backup={backup} account={account} />
      <BackupFacts backup={backup} account={account} />
      {backup.result !== undefined && <Result text={backup.result} />}
    </div>
  );
}

function BadEnd({ backup }: { readonly backup: Backup }) {
  const { t } = useTranslation();
  const kind = kindOf(backup);
  if (kind === 'failed' || kind === 'timedOut') {
    return (
      <Note kind="bad" title={messageText(backup.problemMessage, backup.problem) ?? t(`backupKind.${kind}`)}>
        {messageText(backup.adviceMessage, backup.advice)}
      </Note>
    );
  }
  if (kind === 'altered' || kind === 'missing') {
    return (
      <Note kind="bad" title={backup.verification?.reason ?? t(`backupKind.${kind}`)}>
        {t('backup.unreliable')}
      </Note>
    );
  }
  return null;
}

/** The reason why it does not count as verified. */
function Remark({ backup: { remark = '', remarkMessage } }: { readonly backup: Backup }) {
  const { t } = useTranslation();
  return (
    <Note kind="warn" title={messageText(remarkMessage, remark)}>
      {t('backup.remarkHelp')}
    </Note>
  );
}

/** The provider's response, where the result is not a file. */
function Result({ text }: { readonly text: string }) {
  const { t } = useTranslation();
  const shown = prettyJson(text) ?? text;
  return (
    <div>
      <div className="detail-actions">
        <Title order={3}>{t('backup.result')}</Title>
        <CopyButton text={shown} label={t('backup.copyResult')} />
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so the keyboard must reach it */}
      <pre className="body" tabIndex={0}>
        {shown}
      </pre>
    </div>
  );
}
