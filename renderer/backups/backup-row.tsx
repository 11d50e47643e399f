import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import type { Backup } from '../../preload/contract/index.ts';
import { dayTimeOf, exactOf } from '../clock.ts';
import { messageText } from '../message-text.ts';
import { percentText, sizeText } from '../numbers.ts';
import { useNow } from '../time.tsx';
import { percentOf } from './amount.ts';
import { type BackupKind, kindOf } from './backup-list.ts';
import { BackupIcon } from './backup-state.tsx';
import { runningText } from './backup-text.ts';
import { useLiveBackup } from './live-backups.ts';

export function BackupRow({ backup }: { readonly backup: Backup }) {
  const { t } = useTranslation();
  const now = useNow();
  const time = backup.doneAt ?? backup.createdAt;
  const kind = kindOf(backup);
  return (
    <div className="backup-row">
      <BackupIcon backup={backup} />
      <div className="row-text">
        <div className="row-title">{messageText(backup.titleMessage, backup.title)}</div>
        <div className="row-line">{kind === 'running' ? <RunningLine id={backup.id} /> : endText(t, backup)}</div>
      </div>
      <div className="backup-row-side row-line">
        <div className="backup-row-size tabular">
          {backup.doneAt && backup.bytes !== undefined ? sizeText(backup.bytes) : ''}
        </div>
        <time dateTime={time} title={exactOf(time)}>
          {dayTimeOf(time, now)}
        </time>
      </div>
    </div>
  );
}

/** The result, with the reason where the backup failed. */
function endText(t: TFunction, backup: Backup): string {
  const kind = kindOf(backup);
  const text = kind === 'running' ? '' : t(`backupKind.${kind}`);
  if (kind === 'timedOut') return messageText(backup.problemMessage, backup.problem) ?? text;
  const reason = reasonOf(kind, backup);
  return reason === undefined ? text : `${text}: ${reason}`;
}

function reasonOf(
  kind: BackupKind,
  { problem, problemMessage, remark, remarkMessage, verification }: Backup,
): string | undefined {
  if (kind === 'failed') return messageText(problemMessage, problem);
  if (kind === 'remarked' && remark !== undefined) return messageText(remarkMessage, remark);
  return messageText(verification?.reasonMessage, verification?.reason);
}

function RunningLine({ id }: { readonly id: string }) {
  const { t } = useTranslation();
  const backup = useLiveBackup(id);
  if (!backup) return null;
  const { bytes, total, proving } = backup;
  const percent = total && bytes !== undefined && !proving && percentText(percentOf(bytes, total));
  return [runningText(t, backup), percent].filter(Boolean).join(' ');
}
