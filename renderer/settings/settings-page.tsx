import { Loader } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { PageHead, ProblemNote } from '../parts/index.ts';
import { useSettings, useStatus } from '../queries.ts';
import { AboutSection } from './about-section.tsx';
import { AppearanceSection } from './appearance-section.tsx';
import { BackupSection } from './backup-section.tsx';
import { LeaveSection } from './leave-section.tsx';
import { LoginSection } from './login-section.tsx';
import { NetworkSection } from './network/index.ts';
import { NotificationSection } from './notifications/index.ts';
import { ReceiverSection } from './receiver-section.tsx';
import { RetentionSection } from './retention-section.tsx';
import { SinkSection } from './sinks/index.ts';
import { TransferSection } from './transfer/index.ts';
import { TunnelSection } from './tunnel-section.tsx';
import { UpdateSection } from './update-section.tsx';
import './settings.css';

export function SettingsPage() {
  const { t } = useTranslation();
  const { data: settings, error, refetch } = useSettings();
  const status = useStatus();
  return (
    <>
      <PageHead title={t('settings.title')} />
      <div className="plain-scroll">
        <ProblemNote problem={error} title={t('settings.failed')} onRetry={() => void refetch()} />
        {!settings && !error && <Loader size="sm" aria-label={t('common.loading')} />}
        {settings && status && (
          <div className="settings">
            <TunnelSection settings={settings} status={status} />
            <ReceiverSection settings={settings} status={status} />
            <NetworkSection settings={settings.network} desktop={status.desktop} />
            <NotificationSection settings={settings.notifications} />
            <SinkSection />
            <RetentionSection settings={settings.retention} />
            <BackupSection settings={settings.backups} />
            {status.desktop && <LoginSection startAtLogin={settings.startAtLogin} />}
            {status.desktop && <UpdateSection settings={settings.updates} />}
            <TransferSection desktop={status.desktop} />
            <AppearanceSection language={settings.language} />
            <AboutSection status={status} />
            {status.desktop && <LeaveSection />}
          </div>
        )}
      </div>
    </>
  );
}
