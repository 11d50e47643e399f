import { Anchor } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { EventDetail } from '../../../preload/contract/index.ts';
import { useHookNames } from '../../hook-name.ts';
import { messageText } from '../../message-text.ts';
import { Fact, Facts } from '../../parts/index.ts';
import { useHooks } from '../../queries.ts';
import { Moment } from '../../time.tsx';
import { useWindow } from '../../window-context.ts';

export function EventFacts({ event }: { readonly event: EventDetail }) {
  const { t } = useTranslation();
  const { view } = useWindow();
  const names = useHookNames();
  const hook = useHooks().data?.find(({ id }) => id === event.hook);
  // The callback URL of a backup is made for it alone, and belongs to no hook.
  const isOfBackup = event.verified === 'address';
  const hookLink = hook && (
    <Anchor
      component="button"
      type="button"
      size="sm"
      ta="left"
      onClick={() => view.set({ page: 'hooks', hook: hook.id })}
    >
      {names.long(hook)}
    </Anchor>
  );
  return (
    <Facts>
      <Fact label={t('event.receivedAt')}>
        <Moment time={event.receivedAt} />
      </Fact>
      <Fact label={t('event.occurredAt')}>{event.occurredAt && <Moment time={event.occurredAt} />}</Fact>
      <Fact label={t('event.name')}>{event.event && <code>{event.event}</code>}</Fact>
      <Fact label={t('event.system')}>{event.system && <code>{event.system}</code>}</Fact>
      <Fact label={t('event.resource')}>{event.resource && <code>{event.resource}</code>}</Fact>
      <Fact label={t('event.connection')}>{names.connection(event.connection) ?? t('event.removedConnection')}</Fact>
      <Fact label={t('event.hook')}>{hookLink ?? (isOfBackup ? undefined : t('event.removedHook'))}</Fact>
      <Fact label={t('event.verification')}>
        {t(`event.${event.verified}Help`)}
        {event.relay && ` (${event.relay.receiver})`}
      </Fact>
      <Fact label={t('event.variant')}>{messageText(event.variantMessage, event.variant)}</Fact>
      <Fact label={t('event.deliveryId')}>{event.deliveryId && <code>{event.deliveryId}</code>}</Fact>
    </Facts>
  );
}
