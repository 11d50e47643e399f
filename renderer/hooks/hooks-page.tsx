import { Button, Loader } from '@mantine/core';
import { IconFilterOff, IconHeartbeat, IconPlus, IconRefresh, IconWebhook } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ConnectorInfo, Hook } from '../../preload/contract/index.ts';
import { RecoveryHistory } from '../doctor/index.ts';
import { useHookNames } from '../hook-name.ts';
import { EmptyState, ListAndDetail, PageHead, ProblemNote, RowList } from '../parts/index.ts';
import { useAnswer, useConnections, useConnectors, useHooks } from '../queries.ts';
import { Ago } from '../time.tsx';
import { useViewOf, useWindow } from '../window-context.ts';
import { BulkButton } from './bulk/index.ts';
import { HookForm } from './form/index.ts';
import { HookDetail } from './hook-detail.tsx';
import { HookFilterBar } from './hook-filter-bar.tsx';
import { HookProblems } from './hook-problems.tsx';
import { HookRow } from './hook-row.tsx';
import { hooksMatching } from './hook-search.ts';
import { useHookRefresh } from './refresh.ts';
import { RepairDialog, RepairStatus } from './repair/index.ts';
import './hooks.css';

const idOf = (hook: Hook) => hook.id;

export function HooksPage() {
  const { t } = useTranslation();
  const { view } = useWindow();
  const present = useViewOf('hooks');
  const { form, hook: opened, begin } = present;
  const connections = useConnections().data;
  const hooks = useHooks();
  const refresh = useHookRefresh((connections?.length ?? 0) > 0);
  const canCreate = useHookConnectors().length > 0;
  const [repairing, setRepairing] = useState(false);

  const open = (hook: string | undefined) => view.set({ page: 'hooks', ...(hook ? { hook } : {}) });
  const create = () => view.set({ ...present, form: 'hook' });
  const isFirst = useIsFirst();
  const created = (ids: readonly string[]) => {
    if (isFirst(ids)) view.set({ page: 'home' });
    else open(ids.length === 1 ? ids[0] : undefined);
  };

  return (
    <>
      <PageHead title={t('hooks.title')}>
        <RefreshButton refresh={refresh} disabled={!canCreate} />
        <Button
          className="icon-on-phone"
          variant="default"
          leftSection={<IconHeartbeat size={15} aria-hidden />}
          disabled={!canCreate}
          onClick={() => setRepairing(true)}
        >
          {t('repair.check')}
        </Button>
        <Button leftSection={<IconPlus size={15} aria-hidden />} disabled={!canCreate} onClick={create}>
          {t('hooks.create')}
        </Button>
      </PageHead>
      <HookProblems refreshProblem={refresh.problem} />
      <div className="list-only">
        <RepairStatus />
        <RecoveryHistory />
      </div>
      {!hooks.data && !hooks.error && <Loader size="sm" m="lg" aria-label={t('common.loading')} />}
      <ProblemNote problem={hooks.error} onRetry={() => void hooks.refetch()} />
      {hooks.data?.length === 0 && <NoHooks canCreate={canCreate} onCreate={create} />}
      {hooks.data && hooks.data.length > 0 && <HookList hooks={hooks.data} opened={opened} onOpen={open} />}
      {repairing && <RepairDialog onClose={() => setRepairing(false)} />}
      {form === 'hook' && canCreate && <HookForm like={begin} onClose={() => open(opened)} onCreated={created} />}
    </>
  );
}

interface RefreshButtonProps {
  readonly refresh: ReturnType<typeof useHookRefresh>;
  readonly disabled: boolean;
}

/** Lists the hooks at the providers again, and says when that was done last. */
function RefreshButton({ refresh, disabled }: RefreshButtonProps) {
  const { t } = useTranslation();
  return (
    <>
      {refresh.refreshedAt > 0 && !refresh.refreshing && (
        <span className="faint small page-note">
          {t('hooks.refreshed')} <Ago time={new Date(refresh.refreshedAt).toISOString()} />
        </span>
      )}
      <Button
        className="icon-on-phone"
        variant="default"
        leftSection={<IconRefresh size={15} aria-hidden />}
        loading={refresh.refreshing}
        disabled={disabled}
        onClick={refresh.refresh}
      >
        {t('hooks.refresh')}
      </Button>
    </>
  );
}

/** Whether there are no events and no other hooks of Ringback; the next step is then shown. */
function useIsFirst(): (ids: readonly string[]) => boolean {
  const events = useAnswer('events.list', { limit: 1 }).data?.events;
  const hooks = useHooks().data ?? [];
  return (ids) => events?.length === 0 && !hooks.some(({ id, ours }) => ours && !ids.includes(id));
}

/** Connectors in use that can register hooks. */
function useHookConnectors(): readonly ConnectorInfo[] {
  const connections = useConnections().data ?? [];
  const connectors = useConnectors().data ?? [];
  return connectors.filter(({ id, catalogue }) => catalogue && connections.some(({ connector }) => connector === id));
}

interface HookListProps {
  readonly hooks: readonly Hook[];
  readonly opened: string | undefined;
  onOpen(id: string | undefined): void;
}

function HookList({ hooks, opened, onOpen }: HookListProps) {
  const { t } = useTranslation();
  const names = useHookNames();
  const [whose, setWhose] = useState('all');
  const [connection, setConnection] = useState<string>();
  const [search, setSearch] = useState('');
  const filtered = hooks.filter(
    (hook) => (whose === 'all' || hook.ours === (whose === 'ours')) && (!connection || hook.connection === connection),
  );
  const shown = hooksMatching(filtered, search, names);
  const hook = hooks.find(({ id }) => id === opened);
  const list = (
    <>
      <HookFilterBar
        whose={whose}
        onWhose={setWhose}
        connection={connection}
        onConnection={setConnection}
        search={search}
        onSearch={setSearch}
        count={shown.length}
        total={hooks.length}
      >
        <BulkButton hooks={shown} />
      </HookFilterBar>
      {shown.length === 0 ? (
        <EmptyState icon={IconFilterOff} title={t('hooks.noneFound')} />
      ) : (
        <RowList
          key={`${whose} ${connection} ${search}`}
          label={t('hooks.list')}
          items={shown}
          rowHeight={54}
          idOf={idOf}
          selected={hook?.id}
          onSelect={onOpen}
          row={(each) => <HookRow hook={each} names={names} />}
        />
      )}
    </>
  );
  return (
    <ListAndDetail
      list={list}
      detail={hook && <HookDetail key={hook.id} hook={hook} />}
      detailLabel={t('hook.region')}
      closeLabel={t('hook.close')}
      onClose={() => onOpen(undefined)}
    />
  );
}

function NoHooks({ canCreate, onCreate }: { readonly canCreate: boolean; onCreate(): void }) {
  const { t } = useTranslation();
  const { view } = useWindow();
  if (!canCreate) {
    return (
      <EmptyState icon={IconWebhook} title={t('hooks.noConnection')} text={t('hooks.noConnectionHelp')}>
        <Button onClick={() => view.set({ page: 'connections', form: 'connection' })}>{t('connections.add')}</Button>
      </EmptyState>
    );
  }
  return (
    <EmptyState icon={IconWebhook} title={t('hooks.empty')} text={t('hooks.emptyHelp')}>
      <Button onClick={onCreate}>{t('hooks.create')}</Button>
    </EmptyState>
  );
}
