import { useTranslation } from 'react-i18next';
import { shortOf } from '../clock.ts';
import { NotificationEntries, useLeftAt, useOpenNotification } from '../inbox/index.ts';
import { useAnswer } from '../queries.ts';
import { Section } from './section.tsx';

const shown = 5;

/** The notifications since the user left the window; nothing without any. */
export function SinceLeft() {
  const { t } = useTranslation();
  const leftAt = useLeftAt();
  const open = useOpenNotification();
  const notifications = useAnswer('notifications.list', { limit: 50 }).data ?? [];
  const since = notifications.filter(({ at }) => leftAt !== undefined && at >= leftAt);
  if (leftAt === undefined || since.length === 0) return null;
  return (
    <Section title={t('inbox.sinceLeft', { time: shortOf(leftAt) })}>
      <NotificationEntries entries={since.slice(0, shown)} onOpen={open} />
      {since.length > shown && (
        <p className="faint small home-none">{t('home.more', { count: since.length - shown })}</p>
      )}
    </Section>
  );
}
