import { Button, Loader, Title } from '@mantine/core';
import { IconDatabaseExport } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Backup, BackupAccount } from '../../preload/contract/index.ts';
import { currentLocale } from '../locale.ts';
import { EmptyState, ListAndDetail, Note, PageHead, ProblemNote, RowList } from '../parts/index.ts';
import { useAccounts, useConnectors, useStatus } from '../queries.ts';
import { useViewOf, useWindow } from '../window-context.ts';
import { AccountCard } from './account-card.tsx';
import { BackupDetail } from './backup-detail.tsx';
import { BackupFolder } from './backup-folder.tsx';
import { isInProgress } from './backup-list.ts';
import { BackupRow } from './backup-row.tsx';
import { useBackups } from './live-backups.ts';
import './backups.css';

const idOf = (backup: Backup) => backup.id;

/** The state of each account, all backups, and one backup in detail. */
export function BackupsPage() {
  const { t } = useTranslation();
  const accounts = useAccounts();
  const backups = useBackups();
  const problem = accounts.error ?? backups.error;
  const again = () => void Promise.all([accounts.refetch(), backups.refetch()]);
  return (
    <>
      <PageHead title={t('backups.title')} />
      <ProblemNote problem={problem} onRetry={again} />
      {!problem && !(accounts.data && backups.data) && <Loader size="sm" aria-label={t('common.loading')} />}
      {accounts.data && backups.data && <AccountsAndHistory accounts={accounts.data} backups={backups.data} />}
    </>
  );
}

interface AccountsAndHistoryProps {
  readonly accounts: readonly BackupAccount[];
  readonly backups: readonly Backup[];
}

function AccountsAndHistory({ accounts, backups }: AccountsAndHistoryProps) {
  const { t } = useTranslation();
  const { view } = useWindow();
  const opened = useViewOf('backups').backup;
  const open = (backup: string | undefined) => view.set({ page: 'backups', ...(backup ? { backup } : {}) });
  const head = <Accounts accounts={accounts} backups={backups} onOpen={open} />;
  const list =
    backups.length === 0 ? (
      <div className="plain-scroll backup-column">{head}</div>
    ) : (
      <RowList
        label={t('backups.history')}
        items={backups}
        rowHeight={58}
        idOf={idOf}
        selected={opened}
        onSelect={open}
        head={<div className="backup-column">{head}</div>}
        row={(backup) => <BackupRow backup={backup} />}
      />
    );
  return (
    <ListAndDetail
      list={list}
      detail={
        opened && (
          <BackupDetail
            key={opened}
            backup={backups.find(({ id }) => id === opened)}
            account={accounts.find(({ connection }) => connection === connectionOf(backups, opened))}
          />
        )
      }
      detailLabel={t('backup.region')}
      closeLabel={t('backup.close')}
      onClose={() => open(undefined)}
    />
  );
}

function connectionOf(backups: readonly Backup[], id: string): string | undefined {
  return backups.find((backup) => backup.id === id)?.connection;
}

interface AccountsProps extends AccountsAndHistoryProps {
  onOpen(id: string): void;
}

function Accounts({ accounts, backups, onOpen }: AccountsProps) {
  const { t } = useTranslation();
  if (accounts.length === 0 && backups.length === 0) return <NoAccount />;
  return (
    <>
      {accounts.length === 0 && <NoAccount />}
      {accounts.length > 0 && <NoTunnel />}
      <ul className="cards backup-cards">
        {accounts.map((account) => (
          <AccountCard
            key={account.connection}
            account={account}
            running={backups.filter((backup) => backup.connection === account.connection && isInProgress(backup))}
            onOpen={onOpen}
          />
        ))}
      </ul>
      {accounts.length > 0 && <BackupFolder />}
      <Title order={2} className="backup-history">
        {t('backups.history')}
      </Title>
      {backups.length === 0 && <p className="faint backup-none">{t('backups.noHistory')}</p>}
    </>
  );
}

/** Shown while the tunnel is off, since no provider can then report that its backup is ready. */
function NoTunnel() {
  const { t } = useTranslation();
  const { view } = useWindow();
  if (useStatus()?.tunnel.state !== 'off') return null;
  const settings = (
    <Button variant="default" onClick={() => view.set({ page: 'settings' })}>
      {t('status.openSettings')}
    </Button>
  );
  return (
    <Note kind="warn" title={t('backups.noTunnel')} action={settings}>
      {t('backups.noTunnelHelp')}
    </Note>
  );
}

function NoAccount() {
  const { t } = useTranslation();
  const { view } = useWindow();
  const able = (useConnectors().data ?? []).filter(({ backups }) => backups);
  const provider = new Intl.ListFormat(currentLocale(), { type: 'disjunction' }).format(able.map(({ title }) => title));
  const [first] = able;
  if (!first) return <EmptyState icon={IconDatabaseExport} title={t('backups.empty')} />;
  const connect = () => view.set({ page: 'connections', form: 'connection', connector: first.id });
  return (
    <EmptyState
      icon={IconDatabaseExport}
      title={t('backups.emptyTitle', { provider })}
      text={t('backups.emptyHelp', { provider })}
    >
      <Button onClick={connect}>{t('backups.connect', { provider })}</Button>
    </EmptyState>
  );
}
