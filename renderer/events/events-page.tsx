import { Tabs, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useViewOf, useWindow } from '../window-context.ts';
import { ReceivedEvents } from './received-events.tsx';
import { RejectedDeliveries } from './rejected/index.ts';
import './events.css';

export function EventsPage() {
  const { t } = useTranslation();
  const { view } = useWindow();
  const { tab } = useViewOf('events');
  const show = (chosen: string | null) =>
    view.set({ page: 'events', ...(chosen === 'rejected' ? { tab: 'rejected' } : {}) });
  return (
    <Tabs value={tab ?? 'received'} onChange={show} className="page-tabs" keepMounted={false}>
      <div className="events-head">
        <Title order={1}>{t('events.title')}</Title>
        <Tabs.List>
          <Tabs.Tab value="received">{t('events.received')}</Tabs.Tab>
          <Tabs.Tab value="rejected">{t('events.rejected')}</Tabs.Tab>
        </Tabs.List>
      </div>
      <Tabs.Panel value="received" className="page-tab">
        <ReceivedEvents />
      </Tabs.Panel>
      <Tabs.Panel value="rejected" className="page-tab">
        <RejectedDeliveries />
      </Tabs.Panel>
    </Tabs>
  );
}
