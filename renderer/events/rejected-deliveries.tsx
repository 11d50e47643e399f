import { Loader, Text } from '@mantine/core';
import { IconShieldCheck } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Rejection } from '../../preload/contract.ts';
import { type HookNames, useHookNames } from '../hook-name.ts';
import { EmptyState, ProblemNote } from '../parts/index.ts';
import { useAnswer, useHooks } from '../queries.ts';
import { Ago } from '../time.tsx';

/** Deliveries that failed verification, and why. */
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
        {rejections.map((rejection, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: they have no id, and the rows keep nothing
          <RejectionRow key={`${rejection.receivedAt} ${index}`} rejection={rejection} names={names} />
        ))}
      </ul>
    </section>
  );
}

function RejectionRow({ rejection, names }: { readonly rejection: Rejection; readonly names: HookNames }) {
  const { t } = useTranslation();
  const hook = useHooks().data?.find(({ id }) => id === rejection.hook);
  return (
    <li className="rejected-row">
      <span>{rejection.reason}</span>
      <span className="faint">{hook ? names.long(hook) : t('rejected.unknownHook')}</span>
      <span className="faint rejected-time">
        <Ago time={rejection.receivedAt} />
      </span>
    </li>
  );
}
