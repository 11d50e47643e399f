import { Button, Loader } from '@mantine/core';
import { IconPlugConnected, IconPlus } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { EmptyState, PageHead, ProblemNote } from '../parts/index.ts';
import { useConnections } from '../queries.ts';
import { useViewOf, useWindow } from '../window-context.ts';
import { ConnectionCard } from './connection-card.tsx';
import { ConnectionForm } from './connection-form.tsx';
import './connections.css';

export function ConnectionsPage() {
  const { t } = useTranslation();
  const { view } = useWindow();
  const adding = useViewOf('connections').form === 'connection';
  const { data: connections, error, refetch } = useConnections();
  const add = () => view.set({ page: 'connections', form: 'connection' });
  return (
    <>
      <PageHead title={t('connections.title')}>
        <Button leftSection={<IconPlus size={15} aria-hidden />} onClick={add}>
          {t('connections.add')}
        </Button>
      </PageHead>
      <div className="plain-scroll">
        <ProblemNote problem={error} onRetry={() => void refetch()} />
        {!connections && !error && <Loader size="sm" aria-label={t('common.loading')} />}
        {connections?.length === 0 && (
          <EmptyState icon={IconPlugConnected} title={t('connections.empty')} text={t('connections.emptyHelp')}>
            <Button onClick={add}>{t('connections.add')}</Button>
          </EmptyState>
        )}
        <ul className="cards">
          {connections?.map((connection) => (
            <ConnectionCard key={connection.id} connection={connection} />
          ))}
        </ul>
      </div>
      {adding && <ConnectionForm onClose={() => view.set({ page: 'connections' })} />}
    </>
  );
}
