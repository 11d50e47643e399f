import { useTranslation } from 'react-i18next';
import { BackupsPage } from '../backups/backups-page.tsx';
import { ConnectionsPage } from '../connections/connections-page.tsx';
import { EventsPage } from '../events/events-page.tsx';
import { HooksPage } from '../hooks/hooks-page.tsx';
import { JobsPage } from '../jobs/jobs-page.tsx';
import { SettingsPage } from '../settings/settings-page.tsx';
import { useSignal } from '../signal.ts';
import type { Page } from '../view.ts';
import { useWindow } from '../window-context.ts';
import { usePageKeys } from './keys.ts';
import { Notices } from './notices.tsx';
import { Sidebar } from './sidebar.tsx';

const pageOf: Record<Page, () => React.JSX.Element> = {
  events: EventsPage,
  hooks: HooksPage,
  jobs: JobsPage,
  backups: BackupsPage,
  connections: ConnectionsPage,
  settings: SettingsPage,
};

/** The whole window: pages at the left, notices on top, the present page below. */
export function Frame() {
  const { t } = useTranslation();
  const { page } = useSignal(useWindow().view);
  const Present = pageOf[page];
  usePageKeys();
  return (
    <div className="frame">
      <button type="button" className="skip-link" onClick={() => document.getElementById('main')?.focus()}>
        {t('nav.skip')}
      </button>
      <Sidebar />
      <div className="content">
        <Notices />
        <main id="main" className="page" tabIndex={-1}>
          <Present />
        </main>
      </div>
    </div>
  );
}
