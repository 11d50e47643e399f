import { Loader } from '@mantine/core';
import { Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { BackupsPage } from '../backups/index.ts';
import { ConnectionsPage } from '../connections/index.ts';
import { EventsPage } from '../events/index.ts';
import { HomePage } from '../home/index.ts';
import { HooksPage } from '../hooks/index.ts';
import { JobsPage } from '../jobs/index.ts';
import { useWindowLanguage } from '../language.ts';
import type { LazyPage } from '../lazy-page.ts';
import { SettingsPage } from '../settings/index.ts';
import { useSignal } from '../signal.ts';
import { TeamPage } from '../team/index.ts';
import type { Page } from '../view.ts';
import { useWindow } from '../window-context.ts';
import { Alerts } from './alerts.tsx';
import { Overlays } from './overlays.tsx';
import { PageBoundary } from './page-boundary.tsx';
import { Sidebar } from './sidebar.tsx';

const pageOf: Record<Page, LazyPage> = {
  home: HomePage,
  events: EventsPage,
  hooks: HooksPage,
  jobs: JobsPage,
  backups: BackupsPage,
  connections: ConnectionsPage,
  team: TeamPage,
  settings: SettingsPage,
};

/** Fetches the code of a page while the window still connects to its host. */
export function preloadPage(page: Page): void {
  pageOf[page].preload();
}

/** The frame of the window: pages at the left, alerts at the top, the current page below. */
export function Frame() {
  const { t } = useTranslation();
  const { page } = useSignal(useWindow().view);
  const Present = pageOf[page];
  useWindowLanguage();
  return (
    <div className="frame">
      <button type="button" className="skip-link" onClick={() => document.getElementById('main')?.focus()}>
        {t('nav.skip')}
      </button>
      <Sidebar />
      <Overlays />
      <div className="content">
        <Alerts />
        <main id="main" className="page" tabIndex={-1}>
          <PageBoundary key={page}>
            <Suspense fallback={<Loader size="sm" aria-label={t('common.loading')} />}>
              <Present />
            </Suspense>
          </PageBoundary>
        </main>
      </div>
    </div>
  );
}
