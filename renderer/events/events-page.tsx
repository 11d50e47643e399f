import { Tabs } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { PageHead } from '../parts/index.ts';
import { ReceivedEvents } from './received-events.tsx';
import { RejectedDeliveries } from './rejected-deliveries.tsx';
import './events.css';

export function EventsPage() {
  const { t } = useTranslation();
  const [tab, setTab] = useState<string | null>('received');
  return (
    <>
      <PageHead title={t('events.title')} />
      <Tabs value={tab} onChange={setTab} className="page-tabs" keepMounted={false}>
        <Tabs.List>
          <Tabs.Tab value="received">{t('events.received')}</Tabs.Tab>
          <Tabs.Tab value="rejected">{t('events.rejected')}</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="received" className="page-tab">
          <ReceivedEvents />
        </Tabs.Panel>
        <Tabs.Panel value="rejected" className="page-tab">
          <RejectedDeliveries />
        </Tabs.Panel>
      </Tabs>
    </>
  );
}
