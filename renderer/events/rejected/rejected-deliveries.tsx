import './rejected.css';
import { Badge, Loader, Text } from '@mantine/core';
import { IconShieldCheck } from '@tabler/icons-react';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { limits } from '../../../preload/limits.ts';
import { shortOf } from '../../clock.ts';
import { type HookNames, useHookNames } from '../../hook-name.ts';
import { messageText } from '../../message-text.ts';
import { EmptyState, ListAndDetail, ProblemNote, RowList } from '../../parts/index.ts';
import { useAnswer, useHooks } from '../../queries.ts';
import { Ago } from '../../time.tsx';
import { useViewOf, useWindow } from '../../window-context.ts';
import { RejectionDetail } from './rejection-detail.tsx';
import { groupKey, groupWith, type RejectionGroup, rejectionGroups } from './rejection-groups.ts';

const listed = { limit: limits.listed } as const;

/** Deliveries that failed verification, grouped by hook and reason; one of them in detail. */
export function RejectedDeliveries() {
  const { t } = useTranslation();
  const { view } = useWindow();
  const { rejection: opened } = useViewOf('events');
  const { data: rejections, error, refetch } = useAnswer('rejections.list', listed);
  const groups = useMemo(() => rejectionGroups(rejections ?? []), [rejections]);
  const names = useHookNames();
  const open = (rejection: string | undefined) =>
    view.set({ page: 'events', tab: 'rejected', ...(rejection ? { rejection } : {}) });
  if (error) return <ProblemNote problem={error} onRetry={() => void refetch()} />;
  if (!rejections) return <Loader size="sm" m="lg" aria-label={t('common.loading')} />;
  if (groups.length === 0 && !opened) {
    return <EmptyState icon={IconShieldCheck} title={t('rejected.empty')} text={t('rejected.emptyHelp')} />;
  }
  const group = opened === undefined ? undefined : groupWith(groups, opened);
  return (
    <ListAndDetail
      list={
        <RowList
          label={t('rejected.list')}
          items={groups}
          rowHeight={60}
          idOf={groupKey}
          selected={group && groupKey(group)}
          head={
            <Text size="sm" c="dimmed" p="sm">
              {t('rejected.intro')}
            </Text>
          }
          onSelect={(key) => open(groups.find((one) => groupKey(one) === key)?.deliveries[0]?.id)}
          row={(one) => <GroupRow group={one} names={names} />}
        />
      }
      detail={opened && <RejectionDetail key={opened} id={opened} others={group?.deliveries ?? []} onOpen={open} />}
      detailLabel={t('rejected.region')}
      closeLabel={t('event.close')}
      onClose={() => open(undefined)}
    />
  );
}

function GroupRow({ group, names }: { readonly group: RejectionGroup; readonly names: HookNames }) {
  const { t } = useTranslation();
  const hook = useHooks().data?.find(({ id }) => id === group.hook);
  return (
    <div className="rejected-row">
      <span className="row-title">{messageText(group.reasonMessage, group.reason)}</span>
      <span className="row-line rejected-time">
        <Ago time={group.lastAt} />
      </span>
      <span className="row-line">
        {hook ? names.long(hook) : t('rejected.unknownHook')}
        {group.count > 1 && ` · ${t('rejected.since', { time: shortOf(group.firstAt) })}`}
      </span>
      {group.count > 1 && (
        <Badge className="mark rejected-count" size="sm" variant="default">
          {t('rejected.times', { count: group.count })}
        </Badge>
      )}
    </div>
  );
}
