import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { ProblemNote } from '../parts/index.ts';
import { useAct, useAnswer } from '../queries.ts';

/** Where the files are put; another place where the host can ask for one. */
export function BackupFolder() {
  const { t } = useTranslation();
  const place = useAnswer('backups.place', {});
  const choose = useAct('backups.choosePlace');
  return (
    <div className="backup-place">
      {place.data && (
        <>
          <span className="faint small">
            {t('backups.folder')} <code>{place.data.folder}</code>
          </span>
          {place.data.choosable && (
            <Button size="compact-xs" variant="default" loading={choose.isPending} onClick={() => choose.mutate({})}>
              {t('backups.chooseFolder')}
            </Button>
          )}
        </>
      )}
      <ProblemNote problem={place.error ?? choose.error} />
    </div>
  );
}
