import { useTranslation } from 'react-i18next';
import type { Backup, BackupAccount } from '../../preload/contract/index.ts';
import { currentLocale } from '../locale.ts';
import { messageText } from '../message-text.ts';
import { sizeText } from '../numbers.ts';
import { CopyButton, Fact, Facts } from '../parts/index.ts';
import { Moment } from '../time.tsx';

interface BackupFactsProps {
  readonly backup: Backup;
  readonly account: BackupAccount | undefined;
}

export function BackupFacts({ backup, account }: BackupFactsProps) {
  const { t } = useTranslation();
  const { verification, doneAt, bytes, sha256, removedAt, request, damagedFile } = backup;
  const files = backup.files ?? (backup.file ? [backup.file] : []);
  const kind = account?.requests.find(({ id }) => id === request);
  return (
    <Facts>
      <Fact label={t('backup.account')}>{account?.name ?? t('event.removedConnection')}</Fact>
      <Fact label={t('backup.request')}>{messageText(kind?.titleMessage, kind?.title) ?? request}</Fact>
      <Fact label={t('backup.createdAt')}>
        <Moment time={backup.createdAt} /> <span className="faint">{t(`backup.by.${backup.by}`)}</span>
      </Fact>
      <Fact label={t('backup.doneAt')}>{doneAt && <Moment time={doneAt} />}</Fact>
      <Fact label={t('backup.size')}>{doneAt && bytes !== undefined && <Size bytes={bytes} />}</Fact>
      <Fact label={t('backup.files', { count: files.length })}>
        {files.length > 0 && files.map((file) => <code key={file}>{file}</code>)}
      </Fact>
      <Fact label={t('backup.damagedFile')}>
        {damagedFile !== undefined && (
          <>
            <code>{damagedFile}</code> <span className="faint">{t('backup.damagedFileHelp')}</span>
          </>
        )}
      </Fact>
      <Fact label={t('backup.sha256')}>
        {sha256 && (
          <div className="checksum">
            <code>{sha256}</code>
            <CopyButton text={sha256} label={t('backup.copySha256')} />
          </div>
        )}
      </Fact>
      <Fact label={t('backup.verification')}>
        {doneAt && files.length > 0 && <Verification found={verification} />}
      </Fact>
      <Fact label={t('backup.removedAt')}>{removedAt && <Moment time={removedAt} />}</Fact>
    </Facts>
  );
}

/** The size, rounded and in bytes. */
function Size({ bytes }: { readonly bytes: number }) {
  const { t } = useTranslation();
  return (
    <>
      {sizeText(bytes)}{' '}
      <span className="faint">{t('backup.bytes', { bytes: bytes.toLocaleString(currentLocale()) })}</span>
    </>
  );
}

function Verification({ found }: { readonly found: Backup['verification'] }) {
  const { t } = useTranslation();
  if (!found) return t('backup.verifiedNever');
  return (
    <>
      <span className={found.state === 'good' ? 'backup-good' : 'backup-altered'}>
        {t(`backup.found.${found.state}`)}
      </span>
      , <Moment time={found.at} />
    </>
  );
}
