import { useTranslation } from 'react-i18next';
import type { BackupAccount } from '../../preload/contract/index.ts';
import { LastVerified, progressText, runningText } from '../backups/index.ts';
import { useWindow } from '../window-context.ts';

/** The last verified backup of each account, and the one in progress. */
export function VerifiedBackups({ accounts }: { readonly accounts: readonly BackupAccount[] }) {
  const { t } = useTranslation();
  const { view } = useWindow();
  return (
    <ul className="home-attention">
      {accounts.map((account) => (
        <li key={account.connection} className="home-account">
          <span className="home-name">{account.name}</span>
          <LastVerified account={account} onOpen={(backup) => view.set({ page: 'backups', backup })} />
          {account.running && (
            <span className="faint small">
              {runningText(t, account.running)}{' '}
              {account.running.state === 'downloading' && progressText(t, account.running)}
            </span>
          )}
        </li>
      ))}
    </ul>
  );
}
