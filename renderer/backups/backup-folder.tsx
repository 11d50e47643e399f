import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { ProblemNote } from '../parts/index.ts';
import { useAct, useAnswer } from '../queries.ts';

/** The folder of the backup files, with a button to change it where the host has a folder dialog. */
export function BackupFolder() {
  const { t } = useTranslation();
  const folder = useAnswer('backups.place', {});
  const choose = useAct('backups.choosePlace');
  return (
    <div className="backup-folder">
      {folder.data && (
        <>
          <span className="faint small">
            {t('backups.folder')} <code>{folder.data.folder}</code>
          </span>
          {folder.data.choosable && (
            <Button size="compact-xs" variant="default" loading={choose.isPending} onClick={() => choose.mutate({})}>
              {t('backups.chooseFolder')}
            </Button>
          )}
        </>
      )}
      <ProblemNote problem={folder.error ?? choose.error} />
    </div>
  );
}
