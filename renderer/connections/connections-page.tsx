import { Button, Loader, TextInput } from '@mantine/core';
import { IconPlugConnected, IconPlus, IconSearch } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { EmptyState, PageHead, ProblemNote } from '../parts/index.ts';
import { useConnections, useConnectors } from '../queries.ts';
import { useViewOf, useWindow } from '../window-context.ts';
import { ConnectionCard } from './connection-card.tsx';
import { ConnectionForm } from './connection-form.tsx';
import { connectionsMatching } from './connection-search.ts';
import './connections.css';

/** Number of connections from which a search is shown. */
const searchedFrom = 6;

export function ConnectionsPage() {
  const { t } = useTranslation();
  const { view } = useWindow();
  const adding = useViewOf('connections').form === 'connection';
  const { data: connections, error, refetch } = useConnections();
  const [text, setText] = useState('');
  const connectors = useConnectors().data;
  const titleOf = (id: string) => connectors?.find((connector) => connector.id === id)?.title ?? '';
  const isSearched = connections !== undefined && connections.length >= searchedFrom;
  const matching = connectionsMatching(connections ?? [], isSearched ? text : '', titleOf);
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
        {isSearched && (
          <TextInput
            className="connection-search"
            aria-label={t('connections.search')}
            placeholder={t('connections.searchHint')}
            leftSection={<IconSearch size={15} aria-hidden />}
            value={text}
            onChange={(event) => setText(event.currentTarget.value)}
          />
        )}
        {isSearched && text !== '' && matching.length === 0 && <p className="faint">{t('connections.noneFound')}</p>}
        <ul className="cards">
          {matching.map((connection) => (
            <ConnectionCard key={connection.id} connection={connection} />
          ))}
        </ul>
      </div>
      {adding && <ConnectionForm onClose={() => view.set({ page: 'connections' })} />}
    </>
  );
}
