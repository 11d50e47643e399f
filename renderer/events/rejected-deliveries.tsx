import { Anchor, Badge, Loader, Text } from '@mantine/core';
import { IconShieldCheck } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { shortOf } from '../clock.ts';
import { type HookNames, useHookNames } from '../hook-name.ts';
import { EmptyState, ProblemNote } from '../parts/index.ts';
import { useAnswer, useHooks } from '../queries.ts';
import { Ago } from '../time.tsx';
import { useWindow } from '../window-context.ts';
import { type RejectionGroup, rejectionGroups } from './rejection-groups.ts';

/** Deliveries that failed verification, and why, by hook and reason. */
export function RejectedDeliveries() {
  const { t } = useTranslation();
  const { data: rejections, error } = useAnswer('rejections.list', { limit: 200 });
  const names = useHookNames();
  if (error) return <ProblemNote problem={error} />;
  if (!rejections) return <Loader size="sm" m="lg" aria-label={t('common.loading')} />;
  if (rejections.length === 0) {
    return <EmptyState icon={IconShieldCheck} title={t('rejected.empty')} text={t('rejected.emptyHelp')} />;
  }
  return (
    <section className="plain-scroll" aria-label={t('rejected.list')}>
      <Text size="sm" c="dimmed" mb="sm">
        {t('rejected.intro')}
      </Text>
      <ul className="plain-list">
        {rejectionGroups(rejections).map((group) => (
          <GroupRow key={`${group.hook} ${group.reason}`} group={group} names={names} />
        ))}
      </ul>
    </section>
  );
}

function GroupRow({ group, names }: { readonly group: RejectionGroup; readonly names: HookNames }) {
  const { t } = useTranslation();
  const { view } = useWindow();
  const hook = useHooks().data?.find(({ id }) => id === group.hook);
  return (
    <li className="rejected-row">
      <span>
        {group.reason}{' '}
        {group.count > 1 && (
          <Badge className="mark" size="sm" variant="default">
            {t('rejected.times', { count: group.count })}
          </Badge>
        )}
      </span>
      <span className="faint">
        {hook ? (
          <Anchor
            component="button"
            type="button"
            size="xs"
            ta="left"
            onClick={() => view.set({ page: 'hooks', hook: hook.id })}
          >
            {names.long(hook)}
          </Anchor>
        ) : (
          t('rejected.unknownHook')
        )}
        {group.count > 1 && ` · ${t('rejected.since', { time: shortOf(group.firstAt) })}`}
      </span>
      <span className="faint rejected-time">
        <Ago time={group.lastAt} />
      </span>
    </li>
  );
}
